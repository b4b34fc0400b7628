/**
 * From physical lines to logical lines, in the order in which keepalived treats a line (lib/parser.c, read_line): cut the
 * comment, join a continued definition, test `@id`, take a definition, take ~SEQ or ~LST, replace variables, look for
 * include, split at braces and into words.
 */
import type { Place } from "../diagnostic.ts";
import { decomment } from "./decomment.ts";
import { Definitions, substitute } from "./definitions.ts";
import { type IncludeReader, openInclude } from "./include.ts";
import { literalLines, logicalLines } from "./logical.ts";
import { parseCode } from "./parse.ts";
import { roundsOf } from "./sequence.ts";
import { append, indentOf, isBrace, isPlain, startsAnew, trimStart } from "./shape.ts";
import { textFindings } from "./text-findings.ts";
import { Traced } from "./traced.ts";
import type { LogicalLine, Part, PhysicalLine, SourceFile, SyntaxFinding } from "./tree.ts";

export type { IncludeAnswer, IncludeReader } from "./include.ts";

export interface ExpandOptions {
  /** What `@id` lines are judged as; without it `@id` lines are off and `@^id` lines are on, as in keepalived. */
  readonly configId?: string | undefined;
  /** Finds included files; without it every include is unknown text. */
  readonly include?: IncludeReader | undefined;
}

export interface Expansion {
  /** The main file, then the included files in the order of reading. */
  readonly sources: readonly SourceFile[];
  /** The lines as they are meant: `${NAME}` without value is one unknown word. */
  readonly lines: readonly LogicalLine[];
  /** The lines as keepalived takes them; the same array unless a `${NAME}` has no value. */
  readonly literal: readonly LogicalLine[];
  readonly findings: readonly SyntaxFinding[];
  /** Every config-id that a condition names, in order of first use. */
  readonly configIds: readonly string[];
  /** Every use of a config-id, with the start of its physical line. */
  readonly conditions: readonly { readonly id: string; readonly line: number }[];
  /** Something that belongs to the configuration could not be read. */
  readonly uncertain: boolean;
  /** ~SEQ asked for more lines than anybody can mean; what follows was not read. */
  readonly truncated: boolean;
  /** Nothing in it reaches over its own line: no definition, no sequence, no include. */
  readonly selfContained: boolean;
}

/** More lines than this come only from ~SEQ in ~SEQ; the rest is left unread. */
const mostGenerated = 50_000;

/** keepalived holds 1022 bytes of a line; variables in a line far beyond that are not looked at. */
const longestReplaced = 10_000;

/** Expands a file. Never fails; what is wrong is in `findings`. */
export function expand(source: SourceFile, options: ExpandOptions = {}): Expansion {
  return new Expander(options).run(source);
}

/** A source of further lines; the last one added is read first. */
type Feed = Iterator<() => void>;

class Expander {
  readonly #options: ExpandOptions;
  readonly #sources: SourceFile[] = [];
  readonly #lines: LogicalLine[] = [];
  #literal: LogicalLine[] | undefined;
  readonly #findings: SyntaxFinding[] = [];
  readonly #conditions: { id: string; line: number }[] = [];
  readonly #definitions: Definitions;
  readonly #feeds: Feed[] = [];
  readonly #open: string[] = [];
  #pending: { name: string; lines: Traced[] } | undefined;
  #reported: Place = { file: "", span: { start: 0, end: 0 } };
  #indent = 0;
  #generated = 0;
  #uncertain = false;
  #truncated = false;
  #selfContained = true;

  constructor(options: ExpandOptions) {
    this.#options = options;
    this.#definitions = new Definitions(options.configId);
  }

  run(source: SourceFile): Expansion {
    this.#read(source);
    while (this.#feeds.length > 0 && !this.#truncated) {
      const next = (this.#feeds[this.#feeds.length - 1] as Feed).next();
      if (next.done) this.#feeds.pop();
      else next.value();
    }
    return {
      sources: this.#sources,
      lines: this.#lines,
      literal: this.#literal ?? this.#lines,
      findings: this.#findings,
      configIds: [...new Set(this.#conditions.map(({ id }) => id))],
      conditions: this.#conditions,
      uncertain: this.#uncertain || this.#truncated,
      truncated: this.#truncated,
      selfContained: this.#selfContained,
    };
  }

  #read(source: SourceFile): void {
    const found = textFindings(source);
    append(this.#findings, found);
    const unreadable = found.some((finding) => finding.kind === "utf16");
    if (unreadable) this.#uncertain = true;
    this.#feeds.push(this.#physicalLines(source, unreadable ? [] : source.lines));
  }

  /** A file counts as read when its turn comes, so that `sources` has the order of reading. */
  *#physicalLines(source: SourceFile, lines: readonly PhysicalLine[]): Generator<() => void> {
    if (!this.#sources.some((known) => known.path === source.path)) this.#sources.push(source);
    this.#open.push(source.path);
    for (const line of lines) yield () => this.#physicalLine(source, line);
    this.#open.pop();
  }

  #physicalLine(source: SourceFile, { start, text: lineText, parts }: PhysicalLine): void {
    const text = lineText.replace(/[\r\n]+$/, "");
    // An empty line, unlike a comment, ends a continued definition.
    if (text === "") {
      this.#endDefinition();
      return;
    }
    this.#reported = { file: source.path, span: { start, end: start + text.length } };
    this.#indent = indentOf(text);
    if (!this.#pending && isPlain(text, parts)) {
      this.#emit(Traced.written(source.path, start, text), parts, undefined);
      return;
    }
    const bom = start === 0 && text.startsWith("\uFEFF") ? 1 : 0;
    const line = Traced.written(source.path, start + bom, text.slice(bom));
    const { code, backslash, openQuote } = decomment(line);
    const before = this.#findings.length;
    if (this.#pending) this.#continueDefinition(code, backslash !== undefined);
    else if (code.text !== "" || backslash) this.#code(code, backslash);
    const reported = this.#findings.slice(before).some((finding) => finding.kind === "unmatched-quote");
    if (openQuote !== undefined && !reported) {
      this.#findings.push({ kind: "unmatched-quote", at: line.origin(openQuote, line.text.length).at });
    }
  }

  #continueDefinition(code: Traced, continued: boolean): void {
    if (code.text !== "") this.#pending?.lines.push(code);
    if (!continued && code.text !== "") this.#endDefinition();
  }

  #endDefinition(): void {
    if (!this.#pending) return;
    const { name, lines } = this.#pending;
    this.#definitions.set(name, { lines, multiline: lines.length > 1 });
    this.#pending = undefined;
  }

  /** One line of code, from a file or generated. */
  #code(line: Traced, backslash: Place | undefined): void {
    let code = line;
    let condition: string | undefined;
    let findings: readonly SyntaxFinding[] = [];
    for (let round = 0; ; round++) {
      const [first, ...others] = parseCode(code.text);
      let rest = others;
      let head = first;
      if (head?.kind === "condition") {
        const verdict = this.#condition(code, head.end);
        if (verdict === undefined) return;
        condition = condition ?? verdict;
        code = code.slice(head.end);
        [head, ...rest] = parseCode(code.text);
      }
      if (head?.kind === "definitionName") {
        this.#define(code, head.end, rest, backslash !== undefined);
        return;
      }
      if (head?.kind === "sequence") {
        this.#repeat(code);
        return;
      }
      if (code.text.startsWith("~") || !code.text.includes("$") || round > 100) break;
      if (code.text.length > longestReplaced) break;
      const result = substitute(code, this.#definitions);
      findings = result.findings;
      code = result.code;
      if (!result.changed || result.endless) break;
      if (result.rest.length > 0) this.#feed(result.rest.map((text) => () => this.#code(text, undefined)));
      code = decomment(code).code;
      if (!code.text.startsWith("@") && !code.text.includes("$")) break;
    }
    append(this.#findings, findings);
    this.#statement(code, condition, backslash);
  }

  /** The condition's text when the line counts, undefined when it does not. */
  #condition(code: Traced, end: number): string | undefined {
    const text = code.text.slice(0, end).trimEnd();
    const negated = text.startsWith("@^");
    const id = text.slice(negated ? 2 : 1);
    if (id === "" || end === code.text.length) {
      this.#findings.push({
        kind: "condition-syntax",
        at: code.origin(0, Math.max(text.length, 1)).at,
        subject: text,
      });
      return undefined;
    }
    this.#conditions.push({ id, line: this.#reported.span.start });
    const [definition] = parseCode(code.text.slice(end));
    if (this.#options.configId === undefined && definition?.kind === "definitionName") {
      this.#selfContained = false;
      this.#definitions.setUnknown(code.text.slice(end + 1, end + definition.end - 1));
    }
    return (this.#options.configId === id) !== negated ? text : undefined;
  }

  #define(
    code: Traced,
    nameEnd: number,
    rest: readonly { kind: string; start: number; end: number }[],
    continued: boolean,
  ): void {
    this.#selfContained = false;
    const value = rest.find((part) => part.kind === "definitionValue");
    const name = code.text.slice(1, nameEnd - 1);
    const traced = value ? code.slice(value.start, value.end) : code.slice(code.text.length);
    const goesOn = continued || rest.some((part) => part.kind === "continuation");
    this.#endDefinition();
    if (goesOn) this.#pending = { name, lines: traced.text === "" ? [] : [traced] };
    else this.#definitions.set(name, { lines: [traced], multiline: false });
  }

  #repeat(code: Traced): void {
    this.#selfContained = false;
    const rounds = roundsOf(code, this.#definitions);
    if (!rounds) {
      this.#findings.push({ kind: "sequence-syntax", at: code.origin(0, code.text.length).at });
      this.#uncertain = true;
      return;
    }
    this.#feed(
      rounds.map(({ variables, text }) => () => {
        for (const { name, value } of variables)
          this.#definitions.set(name, { lines: [value], multiline: false });
        if (text.text !== "") this.#code(text, undefined);
      }),
    );
  }

  #feed(steps: readonly (() => void)[]): void {
    this.#generated += steps.length;
    if (this.#generated > mostGenerated) this.#truncated = true;
    else this.#feeds.push(steps[Symbol.iterator]());
  }

  #statement(code: Traced, condition: string | undefined, backslash: Place | undefined): void {
    if (backslash) this.#findings.push({ kind: "backslash-outside-definition", at: backslash });
    const parts = parseCode(code.text);
    const brace = parts.find((part) => isBrace(part) && startsAnew(code.text.slice(part.end)));
    if (!brace) {
      this.#emit(code, parts, condition);
      return;
    }
    this.#emit(code.slice(0, brace.end), parseCode(code.text.slice(0, brace.end)), condition);
    this.#code(trimStart(code.slice(brace.end)), undefined);
  }

  /** Hands on a line in which nothing is left to replace. */
  #emit(code: Traced, parts: readonly Part[], condition: string | undefined): void {
    const path = parts.find((part) => part.kind === "includePath");
    if (path) {
      this.#include(code.slice(path.start, path.end), condition);
      return;
    }
    const around = { reported: this.#reported, indent: this.#indent, condition };
    const { lines, findings } = logicalLines(code, parts, around);
    append(this.#findings, findings);
    const literal = code.text.includes("${") ? literalLines(code, around) : lines;
    if (this.#literal || literal.length !== lines.length) {
      this.#literal ??= this.#lines.slice();
      append(this.#literal, literal);
    }
    append(this.#lines, lines);
  }

  #include(pattern: Traced, condition: string | undefined): void {
    this.#selfContained = false;
    const { file } = this.#reported;
    const opened = openInclude(pattern, condition, {
      reader: this.#options.include,
      from: file,
      open: this.#open,
    });
    append(this.#findings, opened.findings);
    if (opened.uncertain) this.#uncertain = true;
    for (const source of [...opened.sources].reverse()) this.#read(source);
  }
}
