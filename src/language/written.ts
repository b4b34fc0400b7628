/** Words as they are written in a file. */

/** A word, in quotes where it needs them; undefined where no quotes help. */
export function written(text: string, inQuotes: boolean): string | undefined {
  const special = text === "" || /[\s#!{}"'\\]/.test(text);
  if (!special) return text;
  if (/["\\]/.test(text)) return undefined;
  return inQuotes ? text : `"${text}"`;
}
