/**
 * The only file that turns offsets into lines and back. keepalived reads with fgets(3), so a line ends at
 * LF alone; a CR before it belongs to the line end.
 */
import type { Span } from "./diagnostic.ts";

/** Line and column, both from 1; the column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What ends the lines of a text, as it ends the first of them. */
export function lineEndOf(text: string): "\r\n" | "\n" {
  return text[text.indexOf("\n") - 1] === "\r" ? "\r\n" : "\n";
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

/** Room in which offsets are collected, as how many there are is known only afterwards. */
let room = new Uint32Array(1024);

/** Offsets at which the lines of a text start. */
export function lineStarts(text: string): Uint32Array {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    if (count === room.length) {
      const more = new Uint32Array(2 * room.length);
      more.set(room);
      room = more;
    }
    room[count++] = at + 1;
  }
  return room.slice(0, count);
}

/** Builds the line map of a text. */
export function lineMap(text: string): LineMap {
  const starts = lineStarts(text);
  const startOf = (line: number) => starts[line - 1] ?? text.length;
  const lineSpan = (line: number): Span => {
    const start = startOf(line);
    let end = line < starts.length ? startOf(line + 1) - 1 : text.length;
    if (end > start && text[end - 1] === "\r") end--;
    return { start, end: Math.max(start, end) };
  };
  return {
    count: starts.length,
    positionAt(offset) {
      const at = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= at) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: at - (starts[low] as number) + 1 };
    },
    offsetAt({ line, column }) {
      if (line < 1) return 0;
      if (line > starts.length) return text.length;
      const end = line < starts.length ? startOf(line + 1) - 1 : text.length;
      return Math.min(startOf(line) + Math.max(column - 1, 0), end);
    },
    lineSpan,
  };
}
