/** Where offsets of a changed text lie in the text before. */
import type { Edit } from "../../diagnostic.ts";

/**
 * The offset in the old text for one in the new text after these edits. What an edit put there lies at the start of
 * what it replaced.
 */
export function before(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  const unique = new Map(
    edits.map((edit) => [`${edit.at.span.start} ${edit.at.span.end} ${edit.text}`, edit]),
  );
  for (const { at, text } of [...unique.values()].sort(
    (one, other) => one.at.span.start - other.at.span.start,
  )) {
    const start = at.span.start + shift;
    if (offset < start) break;
    if (offset < start + text.length) return at.span.start;
    shift += text.length - (at.span.end - at.span.start);
  }
  return offset - shift;
}
