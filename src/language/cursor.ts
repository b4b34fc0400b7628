/** Where in a file the cursor is: in which block, on which statement, at which word. */
import type { Span } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { type Statement, walk } from "../schema/statement.ts";
import { parseSource } from "../syntax/parse.ts";
import type { Part } from "../syntax/tree.ts";
import type { FileView } from "./workspace.ts";

export interface Cursor {
  readonly host: Host;
  /** The innermost block around the offset; undefined at the top level. */
  readonly block: Statement | undefined;
  /** The statement whose line holds the offset, a block's header among them. */
  readonly statement: Statement | undefined;
  /** The words on the physical line up to the end, by their spans in the file; quotes belong to them. */
  readonly words: readonly CursorWord[];
  /** Index in `words` of the word at or before the offset that touches it; undefined between words. */
  readonly index: number | undefined;
  /** How many words end before the offset. */
  readonly before: number;
  /** What the offset stands in. */
  readonly inside: Part["kind"] | undefined;
}

/** A word as written; `text` has its quotes, `$` references are as written too. */
export interface CursorWord {
  readonly text: string;
  readonly span: Span;
}

const wordKinds: ReadonlySet<Part["kind"]> = new Set(["word", "quoted", "reference", "bad"]);

/** Looks at an offset; undefined when no host reads the file. */
export function cursorAt(view: FileView, offset: number): Cursor | undefined {
  const [first] = view.hosts;
  if (!first) return undefined;
  // What stands under a condition is there for one host only.
  const host = view.hosts.find((each) => statementAt(each, view.file, offset)) ?? first;
  const { words, inside } = lineAt(view, offset);
  const index = words.findIndex(({ span }) => span.start <= offset && offset <= span.end);
  return {
    host,
    block: blockAt(host, view.file, offset),
    statement: statementAt(host, view.file, offset),
    words,
    index: index === -1 ? undefined : index,
    before: words.filter(({ span }) => span.end < offset).length,
    inside,
  };
}

/** The words of the physical line at an offset, and the kind of part that holds it. */
function lineAt(view: FileView, offset: number): Pick<Cursor, "words" | "inside"> {
  const { span } = lineOf(view, offset);
  const text = view.text.slice(span.start, span.end);
  const [line] = parseSource(view.file, text).lines;
  const parts = line?.parts ?? [];
  const at = offset - span.start;
  const words = joined(parts).map(({ start, end }) => ({
    text: text.slice(start, end),
    span: { start: span.start + start, end: span.start + end },
  }));
  return { words, inside: parts.find(({ start, end }) => start < at && at <= end)?.kind };
}

/** Parts that touch are one word: `${NET}.5`. */
function joined(parts: readonly Part[]): readonly Span[] {
  const words: { start: number; end: number }[] = [];
  for (const { kind, start, end } of parts) {
    if (!wordKinds.has(kind)) continue;
    const last = words.at(-1);
    if (last?.end === start) last.end = end;
    else words.push({ start, end });
  }
  return words;
}

/** The line of an offset, from 1, and its span. */
export function lineOf(view: FileView, offset: number): { readonly line: number; readonly span: Span } {
  const { line } = view.lines.positionAt(offset);
  return { line, span: view.lines.lineSpan(line) };
}

/** The innermost statement whose line holds an offset of a file. */
export function statementAt(host: Host, file: string, offset: number): Statement | undefined {
  let found: Statement | undefined;
  for (const statement of walk(host.statements)) {
    const { at } = statement.line;
    if (at.file === file && at.span.start <= offset && offset <= at.span.end) found = statement;
  }
  return found;
}

/** The innermost block whose braces enclose an offset of a file; a block without its closing brace goes on. */
export function blockAt(host: Host, file: string, offset: number): Statement | undefined {
  let found: Statement | undefined;
  for (const statement of walk(host.statements)) {
    const { body } = statement;
    const start = body?.open ?? (body ? statement.line.at : undefined);
    if (!body || start?.file !== file || start.span.end > offset) continue;
    const end = body.close?.file === file ? body.close.span.start : endOfOpen(statement, file);
    if (offset <= end) found = statement;
  }
  return found;
}

/** Where a block without brace must have ended: before what follows it outside. */
function endOfOpen(statement: Statement, file: string): number {
  const { parent } = statement;
  const close = parent?.body?.close;
  return close?.file === file ? close.span.start : Number.POSITIVE_INFINITY;
}
