/** Small questions about the shape of a line. */
import type { Traced } from "./traced.ts";
import type { Part } from "./tree.ts";

/** Nothing in it but words, braces, quotes, include and a comment, so its cached parts say it all. */
export function isPlain(text: string, parts: readonly Part[]): boolean {
  if (text.includes("\\") || text.includes("$")) return false;
  return !parts.some(
    (part) =>
      part.kind === "condition" ||
      part.kind === "sequence" ||
      (isBrace(part) && startsAnew(text.slice(part.end))),
  );
}

/** An opening or closing brace. */
export function isBrace(part: Part): boolean {
  return part.kind === "open" || part.kind === "close";
}

/** keepalived takes what stands behind a brace as a line of its own, with conditions and all. */
export function startsAnew(text: string): boolean {
  return /^[ \t]*(?:@|~|\$[A-Za-z_]\w*=|include[rmwba]?\s)/.test(text);
}

/** Without leading blank. */
export function trimStart(code: Traced): Traced {
  return code.slice(code.text.length - code.text.trimStart().length);
}

/** push(...items) would overflow the stack with a line of a megabyte. */
export function append<T>(to: T[], items: readonly T[]): void {
  for (const item of items) to.push(item);
}

/** Columns of blank in front of a line, tabs every eight. */
export function indentOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character === "\t") columns += 8 - (columns % 8);
    else if (character === " ") columns++;
    else break;
  }
  return columns;
}
