/**
 * Whether a text has a line with which only a block of keepalived.conf begins. `firstLine` is the language's own pattern
 * in the manifest; it takes a comment that names keepalived as well, which says nothing further down in a file.
 */
export function looksLike(text: string, firstLine: RegExp): boolean {
  return text.split("\n").some((line) => !/^\s*[#!]/.test(line) && firstLine.test(line));
}
