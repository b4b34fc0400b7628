/** Where statements stand, and what stands in them. */
import type { Place } from "../diagnostic.ts";
import type { Statement } from "../schema/statement.ts";

/** From the start of the first physical line to the closing brace, or to the end of the line. */
export function extentOf(statement: Statement): Place | undefined {
  const { file, span } = statement.line.reported;
  const { open, close } = statement.body ?? {};
  const last = close ?? open;
  if (!last) return { file, span };
  const start = Math.min(span.start, statement.words[0]?.at.span.start ?? span.start);
  return last.file === file ? { file, span: { start, end: Math.max(last.span.end, span.end) } } : undefined;
}

/** Whether one place lies in another. */
export function contains(outer: Place, inner: Place): boolean {
  if (outer.file !== inner.file) return false;
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}
