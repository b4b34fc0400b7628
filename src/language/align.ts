/** Columns for values: neighbouring lines of one block, keyword and value each. */
import { everyKeyword } from "../schema/index.ts";
import type { PhysicalLine } from "../syntax/tree.ts";

let keywords: ReadonlySet<string> | undefined;

/** The width of the first word of each line that is aligned, by the line's index. */
export function alignedWidths(
  lines: readonly PhysicalLine[],
  depths: readonly number[],
): ReadonlyMap<number, number> {
  keywords ??= new Set(everyKeyword().map(({ keyword }) => keyword.name));
  const widths = new Map<number, number>();
  let run: { readonly index: number; readonly length: number }[] = [];
  const close = () => {
    const width = Math.max(...run.map(({ length }) => length));
    if (run.length > 1) for (const { index } of run) widths.set(index, width);
    run = [];
  };
  for (const [index, line] of lines.entries()) {
    const word = plainKeyword(line, keywords);
    const before = run.at(-1);
    if (word === undefined || (before && depths[before.index] !== depths[index])) close();
    if (word !== undefined) run.push({ index, length: word.length });
  }
  close();
  return widths;
}

/** The keyword of a line that has a value and opens no block. */
function plainKeyword({ text, parts }: PhysicalLine, known: ReadonlySet<string>): string | undefined {
  const code = parts.filter(({ kind }) => kind !== "blank" && kind !== "comment" && kind !== "lineEnd");
  const [first] = code;
  if (!first || code.length < 2 || code.some(({ kind }) => kind !== "word" && kind !== "quoted"))
    return undefined;
  const word = text.slice(first.start, first.end);
  return known.has(word) ? word : undefined;
}
