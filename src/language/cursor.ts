/** Where in a file the cursor is: in which block, on which statement, at which word. */
import type { Span } from "../diagnostic.ts";
import { wholeLines } from "../lines.ts";
import type { Host } from "../model/host.ts";
import { inside, type Statement, walk } from "../schema/statement.ts";
import { parseSource } from "../syntax/parse.ts";
import type { Part } from "../syntax/tree.ts";
import type { FileView } from "./file-view.ts";

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
  const { host, statement } = readAt(view, offset, first);
  const { words, inside } = lineAt(view, offset);
  const index = words.findIndex(({ span }) => span.start <= offset && offset <= span.end);
  return {
    host,
    block: around(blockAt(host, view.file, offset), lineOf(view, offset).span.start),
    statement,
    words,
    index: index === -1 ? undefined : index,
    before: words.filter(({ span }) => span.end < offset).length,
    inside,
  };
}

/** A block whose brace is not there yet begins below the line of its header. */
function around(block: Statement | undefined, lineStart: number): Statement | undefined {
  const isHeader = block?.body && !block.body.open && block.line.reported.span.start >= lineStart;
  return isHeader ? block.parent : block;
}

/** The first host for which a statement stands there: what is under a condition is there for one host only. */
function readAt(view: FileView, offset: number, first: Host): Pick<Cursor, "host" | "statement"> {
  const { start } = lineOf(view, offset).span;
  const written = start + view.text.slice(start, offset).trimEnd().length;
  for (const host of view.hosts) {
    const here = statementAt(host, view.file, offset);
    // Behind the words on the line, where the next one will stand.
    const statement = here ?? (written > start ? statementAt(host, view.file, written) : undefined);
    if (statement) return { host, statement };
  }
  return { host: first, statement: undefined };
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
  const quick = lastHolding(near(host.statements, file, offset), file, offset);
  if (quick || !isDefinition(host, file, offset)) return quick;
  // What a definition holds is written elsewhere than the block around its use.
  return lastHolding(walk(host.statements), file, offset);
}

function lastHolding(statements: Iterable<Statement>, file: string, offset: number): Statement | undefined {
  let found: Statement | undefined;
  for (const statement of statements) {
    const { at } = statement.line;
    if (at.file === file && at.span.start <= offset && offset <= at.span.end) found = statement;
  }
  return found;
}

/**
 * The innermost block around an offset of a file. A block without its closing brace goes on up to what follows it
 * outside; in an included file the block around the include counts.
 */
export function blockAt(host: Host, file: string, offset: number): Statement | undefined {
  let last: Statement | undefined;
  let first: Statement | undefined;
  for (const statement of near(host.statements, file, offset)) {
    if (statement.line.reported.file !== file) continue;
    first ??= statement;
    if (startOf(statement) <= offset) last = statement;
  }
  if (!last) return first?.parent;
  if (isInside(last, file, offset)) return last;
  let block = last.parent;
  while (block && closesBefore(block, file, offset)) block = block.parent;
  return block;
}

/** All statements in their order, but for those in blocks of the file that end before the offset or begin behind it. */
function* near(statements: readonly Statement[], file: string, offset: number): Generator<Statement> {
  const waiting = statements.toReversed();
  for (let statement = waiting.pop(); statement; statement = waiting.pop()) {
    yield statement;
    const isElsewhere = statement.line.reported.file === file && isAway(statement, file, offset);
    if (!isElsewhere) for (const inner of inside(statement).toReversed()) waiting.push(inner);
  }
}

function isAway(statement: Statement, file: string, offset: number): boolean {
  const close = closeOf(statement, file);
  return close !== undefined && (offset < startOf(statement) || offset > close.end);
}

/** Where a statement begins on the line on which it takes effect, also when a variable brought it there. */
function startOf({ line: { at, reported } }: Statement): number {
  const isThere = at.file === reported.file && at.span.start >= reported.span.start;
  return isThere && at.span.start <= reported.span.end ? at.span.start : reported.span.start;
}

/** The closing brace, where it stands in the file below the block's header. */
function closeOf(statement: Statement, file: string): Span | undefined {
  const close = statement.body?.close;
  return close?.file === file && close.span.start >= startOf(statement) ? close.span : undefined;
}

function isInside(statement: Statement, file: string, offset: number): boolean {
  const { body, line } = statement;
  if (!body) return false;
  const start = body.open?.file === file ? body.open.span.end : line.reported.span.end;
  return start <= offset && !closesBefore(statement, file, offset);
}

function closesBefore(statement: Statement, file: string, offset: number): boolean {
  const close = statement.line.reported.file === file ? closeOf(statement, file) : undefined;
  return close !== undefined && close.start < offset;
}

/** The line is a `$NAME=` definition or continues one. */
function isDefinition({ sources }: Host, file: string, offset: number): boolean {
  const text = sources.find(({ path }) => path === file)?.text ?? "";
  const { start } = wholeLines(text, { start: offset, end: offset });
  const above = text.slice(Math.max(0, start - 3), start).trimEnd();
  return above.endsWith("\\") || /^\s*(@\S+\s+)?\$/.test(text.slice(start, start + 1100));
}
