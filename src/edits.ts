/** Applying fixes to texts. Pure: who reads and writes the files is somebody else's business. */
import type { Edit, Fix } from "./diagnostic.ts";

/**
 * Those of the fixes that can be applied together, in the given order: a fix is taken when none of its edits touches
 * an edit of a fix taken before. A fix whose edits are all taken already (two hosts that share a file) is left out.
 */
export function compatibleFixes<F extends Fix>(fixes: readonly F[]): F[] {
  const taken = new Map<string, Edit[]>();
  return fixes.filter((fix) => {
    const fresh: Edit[] = [];
    for (const edit of fix.edits) {
      const neighbours = around(taken.get(edit.at.file) ?? [], edit);
      if (neighbours.some((other) => sameEdit(edit, other))) continue;
      if (neighbours.some((other) => touches(edit, other))) return false;
      fresh.push(edit);
    }
    for (const edit of fresh) insert(taken, edit);
    return fresh.length > 0;
  });
}

/**
 * The texts after the fixes, by path; only texts that change are in the result. Fixes that collide with an earlier
 * one are skipped, as are fixes for texts that are not given.
 */
export function applyFixes(texts: ReadonlyMap<string, string>, fixes: readonly Fix[]): Map<string, string> {
  const known = fixes.filter((fix) => fix.edits.every((edit) => texts.has(edit.at.file)));
  const edits = compatibleFixes(known).flatMap((fix) => fix.edits);
  const result = new Map<string, string>();
  for (const [path, text] of texts) {
    const here = edits.filter((edit) => edit.at.file === path);
    const changed = applyEdits(text, here);
    if (changed !== text) result.set(path, changed);
  }
  return result;
}

/** The text after edits that do not overlap; equal edits count once. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort(byPlace);
  let result = "";
  let at = 0;
  for (const [index, edit] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before && sameEdit(edit, before)) continue;
    result += text.slice(at, edit.at.span.start) + edit.text;
    at = edit.at.span.end;
  }
  return result + text.slice(at);
}

function byPlace(a: Edit, b: Edit): number {
  return a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end;
}

/** Where an edit belongs among edits that are sorted by place. */
function indexFor(sorted: readonly Edit[], edit: Edit): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byPlace(sorted[middle] as Edit, edit) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sorted edits do not touch one another, so only the nearest on each side can touch or equal this one. */
function around(sorted: readonly Edit[], edit: Edit): readonly Edit[] {
  const index = indexFor(sorted, edit);
  return sorted.slice(Math.max(index - 1, 0), index + 1);
}

function insert(taken: Map<string, Edit[]>, edit: Edit): void {
  const sorted = taken.get(edit.at.file) ?? [];
  sorted.splice(indexFor(sorted, edit), 0, edit);
  taken.set(edit.at.file, sorted);
}

function sameEdit(a: Edit, b: Edit): boolean {
  return (
    a.text === b.text &&
    a.at.file === b.at.file &&
    a.at.span.start === b.at.span.start &&
    a.at.span.end === b.at.span.end
  );
}

/** Two edits share a character, or one inserts at the border of the other, where the order would be a guess. */
function touches(a: Edit, b: Edit): boolean {
  const empty = a.at.span.start === a.at.span.end || b.at.span.start === b.at.span.end;
  const reach = empty ? 1 : 0;
  return a.at.span.start < b.at.span.end + reach && b.at.span.start < a.at.span.end + reach;
}
