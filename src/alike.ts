/** Whether plain data is the same, and which of it can be kept from an earlier time. */

/** Whether two values are the same in JSON. */
export function isAlike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (Array.isArray(one) && Array.isArray(other)) return areAlike(one, other);
  for (const key in one) if (!isAlike(one[key], other[key])) return false;
  for (const key in other) if (other[key] !== undefined && !(key in one)) return false;
  return true;
}

function areAlike(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (!isAlike(one[index], other[index])) return false;
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Whether two lists have the very same elements. */
export function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

/** How far behind its place an earlier element is looked for: a few of a list come and go at once. */
const reach = 32;

/**
 * The elements of a list, each as the earlier object where that is alike. What is the same after a keystroke then stays one object:
 * it need not be looked at again, and the new one lives no longer than the making of it.
 */
export function keptAlike<T>(fresh: readonly T[], earlier: readonly T[]): readonly T[] {
  let next = 0;
  return fresh.map((each) => {
    for (let at = next; at < Math.min(next + reach, earlier.length); at++) {
      const before = earlier[at] as T;
      if (!isAlike(each, before)) continue;
      next = at + 1;
      return before;
    }
    return each;
  });
}
