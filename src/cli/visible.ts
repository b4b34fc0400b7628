/** What some formats cannot hold, and a terminal or a log would obey. */

/** Control characters other than tabs and line ends, halves of characters, and what Unicode says is none. */
const unfit = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu;

/** The text with a sign in the place of everything that XML 1.0 (section 2.2) has no way to write, or that steers. */
export function visible(text: string): string {
  return text.replaceAll(unfit, sign);
}

function sign(character: string): string {
  return character < " " ? String.fromCharCode(0x2400 + character.charCodeAt(0)) : "\uFFFD";
}
