/** Words of a line as `ip -batch` splits them (iproute2, lib/utils.c, makeargs). */

const plain = /^[\w.:/@%+,=^-]+$/;

/** A word that stays one word. It stands in quotes where it would not; a file's word never spans lines. */
export function ipWord(text: string): string {
  if (plain.test(text)) return text;
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

/** A line of words; undefined ones are left out. */
export function ipLine(...words: readonly (string | undefined)[]): string {
  return words.flatMap((word) => (word === undefined ? [] : [ipWord(word)])).join(" ");
}
