/** The code frame: a line of a file with its number, and a caret under what is meant. */
import type { Span } from "../diagnostic.ts";
import { type Cell, cell } from "./columns.ts";
import type { Shown } from "./shown.ts";

/** How much of a long line is looked at around the span; the rest would not fit a terminal anyway. */
const nearby = 400;

export interface FrameLines {
  /** The number of the line and the line itself. */
  readonly code: string;
  readonly carets: string;
}

/** The frame of a span, at most `width` columns wide; a span over several lines is shown by its first. */
export function frame(shown: Shown, span: Span, width: number): FrameLines {
  const { line } = shown.lines.positionAt(span.start);
  const whole = shown.lines.lineSpan(line);
  const start = Math.max(whole.start, span.start - nearby);
  const end = Math.min(whole.end, span.start + nearby);
  const number = `${line}`.padStart(5);
  const row = layOut(shown.text.slice(start, end), span.start - start, Math.min(span.end, end) - start);
  const view = crop(row, width - number.length - 3, start > whole.start, end < whole.end);
  return {
    code: `${number} | ${view.text}`.trimEnd(),
    carets: `${" ".repeat(number.length)} | ${" ".repeat(view.from)}${"^".repeat(view.to - view.from)}`,
  };
}

interface Row {
  readonly cells: readonly Cell[];
  /** Indices of the first marked cell and of the one after the last. */
  readonly from: number;
  readonly to: number;
}

function layOut(text: string, start: number, end: number): Row {
  const cells: Cell[] = [];
  let column = 0;
  let at = 0;
  let from = 0;
  let to = 0;
  for (const character of text) {
    if (at < start) from = cells.length + 1;
    if (at < end) to = cells.length + 1;
    const shape = cell(character, column);
    cells.push(shape);
    column += shape.columns;
    at += character.length;
  }
  return { cells, from, to: Math.max(to, from) };
}

/** How much is left before the marked cells when a long line loses its start. */
const lead = 20;

/** How much of the marked cells has to be seen, if they are that long. */
const enough = 30;

/** The part of the row that fits, with the first marked cell in it; "…" stands where something was left out. */
function crop({ cells, from, to }: Row, width: number, before: boolean, after: boolean) {
  const columns = (first: number, last: number) =>
    cells.slice(first, last).reduce((sum, each) => sum + each.columns, 0);
  let first = 0;
  const wanted = columns(0, from) + Math.min(columns(from, to), enough);
  if (before || wanted > width - 2) while (first < from && columns(first, from) > lead) first++;
  const opening = before || first > 0 ? "…" : "";
  let last = first;
  let used = opening.length;
  while (last < cells.length && used + (cells[last]?.columns ?? 0) <= width - 1) {
    used += cells[last]?.columns ?? 0;
    last++;
  }
  const closing = after || last < cells.length ? "…" : "";
  const inside = cells.slice(first, last).map((each) => each.text);
  const indent = opening.length + columns(first, from);
  return {
    text: opening + inside.join("") + closing,
    from: indent,
    to: indent + Math.max(1, columns(from, Math.min(to, last))),
  };
}
