/** What completion inserts for a keyword: its example from the schema, with a placeholder for every value. */
import { bind } from "../schema/bind.ts";
import { pathOf, type Statement, walk } from "../schema/statement.ts";
import { buildTree } from "../schema/tree.ts";
import type { Keyword, Value } from "../schema/types.ts";
import { expand } from "../syntax/expand.ts";
import { parseSource } from "../syntax/parse.ts";
import type { Word } from "../syntax/tree.ts";
import { written } from "./written.ts";

/** Text and placeholders in turn. */
export type Piece = string | Placeholder;

export interface Placeholder {
  readonly text: string;
  /** Everything that may stand there, when it is one of a few words. */
  readonly choices: readonly string[];
  /** The keyword whose value it is, as a path from the inserted one. */
  readonly path: string;
}

const known = new WeakMap<Keyword, readonly Piece[]>();

/** A keyword with its values, and for a block a whole block; lines are indented by tabs. */
export function piecesOf(keyword: Keyword): readonly Piece[] {
  const before = known.get(keyword);
  if (before) return before;
  const made = [...readPieces(keyword)];
  known.set(keyword, made);
  return made;
}

/** The same with other first values for some keywords, by their paths. */
export function piecesWith(keyword: Keyword, values: ReadonlyMap<string, string>): readonly Piece[] {
  const done = new Set<string>();
  return piecesOf(keyword).map((piece, index, all) => {
    if (typeof piece === "string" || done.has(piece.path)) return piece;
    done.add(piece.path);
    const before = all[index - 1];
    const inQuotes = typeof before === "string" && before.endsWith('"');
    const text = written(values.get(piece.path) ?? piece.text, inQuotes);
    if (text === undefined || text === piece.text) return piece;
    const others = piece.choices.filter((choice) => choice !== text);
    return { ...piece, text, choices: others.length < piece.choices.length ? [text, ...others] : [] };
  });
}

/** A block of data with these lines; each may be any of the choices, where there are some. */
export function piecesWithLines(
  { name }: Keyword,
  lines: readonly string[],
  choices: readonly string[] = [],
): readonly Piece[] {
  const several = choices.length > 1 ? choices : [];
  return [
    `${name} {`,
    ...lines.flatMap((text): Piece[] => ["\n\t", { text, choices: several, path: name }]),
    "\n}",
  ];
}

function* readPieces(keyword: Keyword): Generator<Piece> {
  const { name } = keyword;
  const example = keyword.example.replaceAll(/^( {4})+/gm, (blanks) => "\t".repeat(blanks.length / 4));
  // Some examples show first what the keyword needs beside it.
  const start = example.search(new RegExp(`^${name.replaceAll(/[^\w-]/g, "\\$&")}(?![\\w-])`, "m"));
  const text = start === -1 ? name : example.slice(start);
  const { statements } = buildTree(expand(parseSource("", text)), [keyword]);
  const own = statements.slice(0, 1);
  const values = [...walk(own)].flatMap(valuesOf);
  let at = 0;
  for (const { word, value, path } of values) {
    const quotes = word.quoted ? 1 : 0;
    const [from, to] = [word.at.span.start + quotes, word.at.span.end - quotes];
    if (from < at) continue;
    yield text.slice(at, from);
    const inner = text.slice(from, to);
    yield { text: inner, choices: choicesOf(value, inner), path };
    at = to;
  }
  yield text.slice(at, endOf(own, text)).trimEnd();
}

/** Where the keyword's own statement ends. */
function endOf([statement]: readonly Statement[], text: string): number {
  const close = statement?.body?.close;
  if (close) return close.span.end;
  const end = text.indexOf("\n");
  return end === -1 ? text.length : end;
}

interface Bound {
  readonly word: Word;
  readonly value: Value;
  readonly path: string;
}

function valuesOf(statement: Statement): readonly Bound[] {
  const bound = bind(statement)?.bound ?? [];
  const path = pathOf(statement.data ? (statement.parent ?? statement) : statement);
  return bound.map(({ word, arg }) => ({ word, value: arg.value, path }));
}

function choicesOf(value: Value, first: string): readonly string[] {
  const all =
    value.is === "word" ? value.of.map(({ word }) => word) : value.is === "bool" ? ["on", "off"] : [];
  return all.length > 1 && all.includes(first) ? [first, ...all.filter((word) => word !== first)] : [];
}

/** In the syntax of snippets, the cursor at its end. */
export function snippetText(pieces: readonly Piece[]): string {
  let count = 0;
  const shown = pieces.map((piece) => {
    if (typeof piece === "string") return piece.replaceAll(/[\\$]/g, "\\$&");
    count++;
    if (piece.choices.length === 0) return `\${${count}:${escaped(piece.text)}}`;
    const choices = piece.choices.map((choice) => choice.replaceAll(/[\\,|$}]/g, "\\$&"));
    return `\${${count}|${choices.join(",")}|}`;
  });
  return `${shown.join("")}$0`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, "\\$&");
}

/** What a snippet leaves in the text when nothing is changed in it. */
export function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
}
