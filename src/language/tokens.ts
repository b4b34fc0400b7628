/** Colours that need meaning: what each word of a file is, by the schema. */
import type { Span } from "../diagnostic.ts";
import { bind, choiceOf } from "../schema/bind.ts";
import { type Statement, walk } from "../schema/statement.ts";
import type { Value } from "../schema/types.ts";
import { parseSource } from "../syntax/parse.ts";
import type { Part, PhysicalLine, Word } from "../syntax/tree.ts";
import type { FileView } from "./file-view.ts";
import { headLength } from "./sequences.ts";

/** Names of the protocol; the order is that of the server's legend. */
export const tokenKinds = [
  "comment",
  "string",
  "number",
  "keyword",
  "type",
  "class",
  "function",
  "variable",
  "property",
  "enumMember",
  "macro",
] as const;

export type TokenKind = (typeof tokenKinds)[number];

export interface Token {
  readonly span: Span;
  readonly kind: TokenKind;
  /** The name is given here. */
  readonly defines: boolean;
  /** keepalived no longer wants it. */
  readonly deprecated: boolean;
}

/** The tokens of a file in their order; none overlaps another, none reaches over a line's end. */
export function tokensOf(view: FileView): readonly Token[] {
  const meant = view.hosts.flatMap((host) =>
    [...walk(host.statements)].flatMap((statement) =>
      statement.line.at.file === view.file ? statementTokens(statement) : [],
    ),
  );
  const written = parseSource(view.file, view.text).lines.flatMap((line) =>
    line.parts
      .flatMap((part) => [...(part.inner ?? []), part])
      .flatMap((part) => partToken(part, line) ?? []),
  );
  const here = meant.filter(({ file }) => file === view.file).map(({ token }) => token);
  return withoutOverlaps([...written.filter(({ kind }) => kind !== "string"), ...here, ...written]);
}

/** Earlier ones in the list win over later ones. */
function withoutOverlaps(tokens: readonly Token[]): readonly Token[] {
  const byStart = tokens
    .map((token, rank) => ({ token, rank }))
    .filter(({ token }) => token.span.end > token.span.start)
    .sort((one, other) => one.token.span.start - other.token.span.start || one.rank - other.rank);
  const kept: Token[] = [];
  for (const { token } of byStart) {
    const before = kept.at(-1);
    if (!before || before.span.end <= token.span.start) kept.push(token);
  }
  return kept;
}

function partToken({ kind, start, end }: Part, line: PhysicalLine): Token | undefined {
  const kinds: Readonly<Partial<Record<Part["kind"], TokenKind>>> = {
    comment: "comment",
    quoted: "string",
    reference: "variable",
    definitionName: "variable",
    definitionValue: "string",
    condition: "macro",
    sequence: "macro",
    includeKeyword: "macro",
    includePath: "string",
  };
  const found = kinds[kind];
  const defines = kind === "definitionName";
  // What a sequence repeats has its own meaning, by the schema.
  const length = kind === "sequence" ? headLength(line.text.slice(start, end)) : end - start;
  const from = line.start + start;
  return found && { span: { start: from, end: from + length }, kind: found, defines, deprecated: false };
}

interface Meant {
  readonly file: string;
  readonly token: Token;
}

function statementTokens(statement: Statement): Meant[] {
  const { entry, words, data } = statement;
  const tokens: Meant[] = [];
  const add = (word: Word | undefined, kind: TokenKind, defines = false, deprecated = false) => {
    if (!word?.exact || word.via) return;
    tokens.push({ file: word.at.file, token: { span: word.at.span, kind, defines, deprecated } });
  };
  if (!data && entry) {
    const isBlock = entry.keywords !== undefined || entry.lines !== undefined;
    add(words[0], isBlock ? "type" : "keyword", false, entry.deprecated !== undefined);
  }
  const binding = bind(statement);
  for (const { word, option } of binding?.options ?? [])
    add(word, "property", false, option.deprecated !== undefined);
  for (const { word, arg } of binding?.bound ?? []) {
    const kind = kindOf(arg.value, word.text);
    if (kind) add(word, kind, arg.value.is === "name" && arg.value.defines !== undefined);
  }
  return tokens;
}

function kindOf(value: Value, text: string): TokenKind | undefined {
  switch (value.is) {
    case "int":
    case "seconds":
    case "address":
    case "addresses":
    case "range":
    case "mark":
    case "route-time":
    case "hex":
      return "number";
    case "bool":
      return "enumMember";
    case "word":
      return choiceOf(value, text) ? "enumMember" : undefined;
    case "name":
      return value.defines === "script" || value.refersTo === "script" ? "function" : "class";
    case "command":
    case "path":
    case "text":
    case "email":
      return "string";
    case "either":
      if (choiceOf(value, text)) return "enumMember";
      return /^\d/.test(text) ? "number" : undefined;
    default:
      return undefined;
  }
}
