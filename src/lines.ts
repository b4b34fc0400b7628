/**
 * The only file that turns offsets into lines and back. keepalived reads with fgets(3), so a line ends at
 * LF alone; a CR before it belongs to the line end.
 */
import type { Span } from "./diagnostic.ts";
import { type Chunk, EditedText, type Text } from "./text.ts";

/** Line and column, both from 1; the column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What ends the lines of a text, as it ends the first of them. */
export function lineEndOf(text: Text): "\r\n" | "\n" {
  const { lines } = around(text, 0);
  return lines[lines.indexOf("\n") - 1] === "\r" ? "\r\n" : "\n";
}

/** The whole lines over which a stretch of a text reaches, the line end of the last one included. */
export function wholeLines(text: Text, { start, end }: Span): Span {
  const [first, last] = [around(text, start), around(text, end)];
  const above = start === first.begin ? -1 : first.lines.lastIndexOf("\n", start - first.begin - 1);
  const feed = last.lines.indexOf("\n", end - last.begin);
  return { start: first.begin + above + 1, end: feed === -1 ? text.length : last.begin + feed + 1 };
}

/** Some whole lines around an offset, and where they begin. */
function around(text: Text, offset: number): { readonly lines: string; readonly begin: number } {
  if (!(text instanceof EditedText)) return { lines: text.toString(), begin: 0 };
  const index = text.chunkAt(offset);
  return { lines: text.chunks[index]?.text ?? "", begin: text.offsets[index] as number };
}

export interface LineMap {
  /** Number of lines; a text that ends in LF has an empty last line. */
  readonly count: number;
  /** The position of an offset; offsets outside the text are clamped to it. */
  positionAt(offset: number): Position;
  /** The offset of a position; lines and columns outside the text are clamped to it. */
  offsetAt(position: Position): number;
  /** The span of a line (from 1) without its line end. */
  lineSpan(line: number): Span;
}

const known = new WeakMap<Chunk, Uint32Array>();

/** The offsets behind the line ends of some lines; found once, as an edit leaves most lines as they are. */
function feedsOf(chunk: Chunk): Uint32Array {
  let feeds = known.get(chunk);
  if (!feeds) {
    const found: number[] = [];
    const { text } = chunk;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) found.push(at + 1);
    feeds = Uint32Array.from(found);
    known.set(chunk, feeds);
  }
  return feeds;
}

/** Builds the line map of a text. */
export function lineMap(text: Text): LineMap {
  return new ChunkedLines(text instanceof EditedText ? text : EditedText.of(text.toString()));
}

class ChunkedLines implements LineMap {
  readonly #text: EditedText;
  readonly #feeds: readonly Uint32Array[];
  /** How many lines end before each chunk, and in all of them. */
  readonly #before: readonly number[];
  readonly count: number;

  constructor(text: EditedText) {
    this.#text = text;
    this.#feeds = text.chunks.map(feedsOf);
    const before = [0];
    for (const [index, { length }] of this.#feeds.entries()) before.push((before[index] as number) + length);
    this.#before = before;
    this.count = (before.at(-1) as number) + 1;
  }

  positionAt(offset: number): Position {
    const text = this.#text;
    const at = Math.min(Math.max(offset, 0), text.length);
    const index = text.chunkAt(at);
    const feeds = this.#feeds[index];
    if (!feeds) return { line: 1, column: 1 };
    const begin = text.offsets[index] as number;
    const ended = lastUpTo(feeds, at - begin) + 1;
    const start = begin + (ended === 0 ? 0 : (feeds[ended - 1] as number));
    return { line: (this.#before[index] as number) + ended + 1, column: at - start + 1 };
  }

  offsetAt({ line, column }: Position): number {
    if (line < 1) return 0;
    if (line > this.count) return this.#text.length;
    const end = line < this.count ? this.#startOf(line + 1) - 1 : this.#text.length;
    return Math.min(this.#startOf(line) + Math.max(column - 1, 0), end);
  }

  lineSpan(line: number): Span {
    const start = this.#startOf(line);
    let end = line < this.count ? this.#startOf(line + 1) - 1 : this.#text.length;
    if (end > start && this.#text.slice(end - 1, end) === "\r") end--;
    return { start, end: Math.max(start, end) };
  }

  #startOf(line: number): number {
    if (line <= 1) return line === 1 ? 0 : this.#text.length;
    if (line > this.count) return this.#text.length;
    const index = lastUpTo(this.#before, line - 2);
    const feed = this.#feeds[index]?.[line - 2 - (this.#before[index] as number)] as number;
    return (this.#text.offsets[index] as number) + feed;
  }
}

/** The index of the last number that is not above a limit; -1 where all are. The numbers grow. */
function lastUpTo(numbers: ArrayLike<number>, limit: number): number {
  let low = -1;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] as number) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
