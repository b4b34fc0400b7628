/** Which elements of a list have a mark in common. */

/**
 * Every wanted pair of two elements with a common mark, once: by the second one's place, and then by the marks. Only
 * marks that count are looked at; without `counts` all do.
 */
export function sharing<T extends object, Mark>(
  all: readonly T[],
  marksOf: (one: T) => Iterable<Mark>,
  isWanted: (first: T, second: T) => boolean,
  counts?: (mark: Mark) => boolean,
): readonly (readonly [T, T])[] {
  // Most marks are one element's alone, and lists for them would be most of the work.
  const byMark = new Map<Mark, T | T[]>();
  const found: (readonly [T, T])[] = [];
  for (const second of all) {
    const start = found.length;
    for (const mark of marksOf(second)) {
      if (counts && !counts(mark)) continue;
      const before = byMark.get(mark);
      const others = Array.isArray(before) ? before : before ? [before] : [];
      if (others.at(-1) === second) continue;
      for (const first of others)
        if (isWanted(first, second) && !isFound(found, start, first)) found.push([first, second]);
      if (Array.isArray(before)) before.push(second);
      else byMark.set(mark, before ? [before, second] : second);
    }
  }
  return found;
}

/** Whether a pair with this first element stands among those from a place on, which all have the same second one. */
function isFound<T>(pairs: readonly (readonly [T, T])[], from: number, first: T): boolean {
  for (let index = from; index < pairs.length; index++) if (pairs[index]?.[0] === first) return true;
  return false;
}
