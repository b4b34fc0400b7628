/** Words as parts of regular expressions. */

/** A pattern for any one of several texts, taken letter by letter; matches nothing where there is none. */
export function anyOf(texts: readonly string[]): string {
  const escaped = texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return escaped.length === 0 ? "(?!)" : `(?:${escaped.join("|")})`;
}
