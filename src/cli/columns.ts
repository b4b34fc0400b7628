/** Text on a terminal: how wide it is, what can be shown, where it may break. */

/** Characters that would move the cursor, hide, or turn the text around: shown as a sign instead. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u;
const combining = /[\p{Mn}\p{Me}]/u;

/** The first and last code points of ranges that take two columns (Unicode, East Asian Width). */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/** What is written for a character, and the columns it takes. */
export interface Cell {
  readonly text: string;
  readonly columns: number;
}

/** The cell of a character at a column. A tab goes to the next multiple of `tabStop`. */
export function cell(character: string, column: number): Cell {
  if (character >= " " && character <= "~") return { text: character, columns: 1 };
  if (character === "\t") {
    const columns = tabStop - (column % tabStop);
    return { text: " ".repeat(columns), columns };
  }
  if (character < " ")
    return { text: String.fromCodePoint(0x2400 + (character.codePointAt(0) ?? 0)), columns: 1 };
  if (invisible.test(character)) return { text: "\uFFFD", columns: 1 };
  if (combining.test(character)) return { text: character, columns: 0 };
  return { text: character, columns: isWide(character.codePointAt(0) ?? 0) ? 2 : 1 };
}

const tabStop = 4;

function isWide(point: number): boolean {
  return point >= 0x1100 && wide.some(([first, last]) => point >= first && point <= last);
}

/** The text with everything replaced that a terminal would obey. */
export function harmless(text: string): string {
  let result = "";
  for (const character of text) result += cell(character, 0).text;
  return result;
}

/** Columns that a text without tabs takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += cell(character, columns).columns;
  return columns;
}

/**
 * The text in lines of at most `width` columns, broken at blanks; the first line starts after `taken` columns, the
 * others after `indent` blanks. A word that is longer than a line stands alone.
 */
export function wrap(text: string, width: number, indent = 0, taken = indent): string {
  let result = "";
  let column = taken;
  for (const word of text.split(" ").filter((each) => each !== "")) {
    const columns = columnsOf(word);
    const first = result === "";
    if (column + (first ? 0 : 1) + columns > width && column > indent) {
      result += `\n${" ".repeat(indent)}${word}`;
      column = indent + columns;
    } else {
      result += first ? word : ` ${word}`;
      column += columns + (first ? 0 : 1);
    }
  }
  return result;
}
