/** Where reading stopped short of meaning: what is absent there proves nothing. */
import type { Place } from "../diagnostic.ts";
import { type Statement, walk } from "../schema/statement.ts";
import type { SyntaxFinding, SyntaxFindingKind } from "../syntax/tree.ts";

/** Findings after which lines may be missing that keepalived would read. */
const hidingLines: ReadonlySet<SyntaxFindingKind> = new Set([
  "include-not-found",
  "include-quoted",
  "include-directory",
  "include-cycle",
  "include-with-variable",
  "include-not-read",
]);

/** The places where lines that are not here would have been read. */
export function hidingPlaces(findings: readonly SyntaxFinding[]): readonly Place[] {
  return findings.filter((finding) => hidingLines.has(finding.kind)).map((finding) => finding.at);
}

/** A block with a damaged statement, or with a word whose text is not known. */
export function isUncertain(block: Statement): boolean {
  for (const statement of walk([block]))
    if (statement.damaged || statement.words.some((word) => word.unknown)) return true;
  return false;
}

/** A place lies inside a block, as far as the block's own file tells. */
export function liesInside(block: Statement, place: Place): boolean {
  const start = block.line.at;
  const end = block.body?.close;
  if (place.file !== start.file || place.span.start < start.span.start) return false;
  return end === undefined || end.file !== start.file || place.span.start < end.span.end;
}
