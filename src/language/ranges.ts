/** What can be folded, and what an ever wider selection takes in. */
import type { Span } from "../diagnostic.ts";
import { inside, type Statement, walk } from "../schema/statement.ts";
import { parseSource } from "../syntax/parse.ts";
import { cursorAt, lineOf } from "./cursor.ts";
import type { FileView } from "./file-view.ts";

export interface Fold {
  /** Lines from 1, both of them folded away but for the first. */
  readonly from: number;
  readonly to: number;
  readonly comment: boolean;
}

/** Blocks, runs of comment lines and continued definitions of more than one line. */
export function foldsOf(view: FileView): readonly Fold[] {
  const blocks = view.hosts.flatMap((host) =>
    [...walk(host.statements)].flatMap((statement) => blockFold(statement, view) ?? []),
  );
  const all = [...blocks, ...runs(view, "comment"), ...runs(view, "definition")];
  const unique = new Map(
    all.filter(({ from, to }) => to > from).map((fold) => [`${fold.from} ${fold.to}`, fold]),
  );
  return [...unique.values()].sort((one, other) => one.from - other.from || other.to - one.to);
}

function blockFold({ line, body }: Statement, { file, lines }: FileView): Fold | undefined {
  const open = body?.open ?? line.at;
  if (!body?.close || line.at.file !== file || body.close.file !== file) return undefined;
  const from = lines.positionAt(Math.min(line.at.span.start, open.span.start)).line;
  // The closing brace stays in sight.
  return { from, to: lines.positionAt(body.close.span.start).line - 1, comment: false };
}

/** Lines one below the other that hold nothing but a comment, or that continue a definition. */
function runs(view: FileView, what: "comment" | "definition"): Fold[] {
  const folds: Fold[] = [];
  let from = 0;
  let continues = false;
  const source = parseSource(view.file, view.text);
  for (const [index, { parts }] of [...source.lines, { parts: [] }].entries()) {
    const solid = parts.filter(({ kind }) => kind !== "blank" && kind !== "lineEnd" && kind !== "bom");
    const isComment = solid.length > 0 && solid.every(({ kind }) => kind === "comment");
    const isIn =
      what === "comment" ? isComment : continues || solid.some(({ kind }) => kind === "continuation");
    if (isIn && from === 0) from = index + 1;
    if (!isIn && from > 0) {
      folds.push({ from, to: index, comment: what === "comment" });
      from = 0;
    }
    continues = solid.some(({ kind }) => kind === "continuation");
  }
  return folds;
}

/** The spans around an offset from the inside out: word, line, the inside of each block, each block, the text. */
export function selectionsAt(view: FileView, offset: number): readonly Span[] {
  const cursor = cursorAt(view, offset);
  const { span } = lineOf(view, offset);
  const text = view.text.slice(span.start, span.end);
  const line = {
    start: span.start + (text.length - text.trimStart().length),
    end: span.start + text.trimEnd().length,
  };
  const word = cursor?.index === undefined ? undefined : cursor.words[cursor.index]?.span;
  const spans = [...(word ? [inQuotes(view, word), word] : []), line, ...blocksAround(view, offset)];
  const whole = { start: 0, end: view.text.length };
  let last: Span = { start: offset, end: offset };
  return [...spans, whole].filter((each) => {
    const grows =
      each.start <= last.start && each.end >= last.end && each.end - each.start > last.end - last.start;
    if (grows) last = each;
    return grows;
  });
}

function inQuotes({ text }: FileView, { start, end }: Span): Span {
  const isQuoted = /^".*"$/.test(text.slice(start, end));
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

function blocksAround(view: FileView, offset: number): readonly Span[] {
  const spans: Span[] = [];
  let statements = view.hosts[0]?.statements ?? [];
  for (;;) {
    const around = statements.find((statement) => {
      const span = spanOf(statement, view.file);
      return span && span.start <= offset && offset <= span.end;
    });
    const span = around && spanOf(around, view.file);
    if (!around || !span) return spans.reverse();
    spans.push(span);
    const { open, close } = around.body ?? {};
    if (
      open?.file === view.file &&
      close?.file === view.file &&
      open.span.end <= offset &&
      offset <= close.span.start
    )
      spans.push({ start: open.span.end, end: close.span.start });
    statements = inside(around);
  }
}

function spanOf({ line, body }: Statement, file: string): Span | undefined {
  if (line.at.file !== file || !body) return undefined;
  const end = body.close?.file === file ? body.close.span.end : line.at.span.end;
  return { start: line.at.span.start, end };
}
