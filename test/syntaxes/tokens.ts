/** The TextMate grammar at work, as VS Code runs it: vscode-textmate with Oniguruma. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar, type StateStack } from "vscode-textmate";
import { textOf } from "../support/project.ts";

const file = "syntaxes/keepalived.tmLanguage.json";

/** A stretch of a line and its scopes without the language's name, outer ones first. */
export interface Token {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

/** Loads the committed grammar. */
export async function loadGrammar(): Promise<IGrammar> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner([...sources]),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(textOf(file), file),
  });
  const grammar = await registry.loadGrammar("source.keepalived");
  if (!grammar) throw new Error(`${file} has no source.keepalived`);
  return grammar;
}

/** The tokens of lines that follow each other. */
export function tokensOf(grammar: IGrammar, lines: readonly string[]): readonly Token[] {
  let state: StateStack = textmate.INITIAL;
  return lines.flatMap((text, line) => {
    const result = grammar.tokenizeLine(text, state);
    state = result.ruleStack;
    return result.tokens.map(({ startIndex, endIndex, scopes }) => {
      const end = Math.min(endIndex, text.length);
      return {
        line,
        start: startIndex,
        end,
        text: text.slice(startIndex, end),
        scopes: scopes.slice(1).map((one) => one.replace(/\.keepalived$/, "")),
      };
    });
  });
}

/** `text → innermost scope` for every token of the last line that is no blank and has a scope beyond its block's. */
export function shown(grammar: IGrammar, lines: readonly string[]): readonly string[] {
  const last = lines.length - 1;
  return tokensOf(grammar, lines).flatMap(({ line, text, scopes }) => {
    const own = scopes.filter((one) => !one.startsWith("meta."));
    return line === last && text.trim() !== "" && own.length > 0 ? [`${text} → ${own.join(" ")}`] : [];
  });
}

/** For every line which characters are comment, as spans. */
export function commentsOf(grammar: IGrammar, lines: readonly string[]): readonly string[] {
  const marks = lines.map((text) => [..." ".repeat(text.length)]);
  for (const { line, start, end, scopes } of tokensOf(grammar, lines)) {
    if (scopes.some((one) => one.startsWith("comment."))) marks[line]?.fill("#", start, end);
  }
  return marks.map((line) => line.join(""));
}
