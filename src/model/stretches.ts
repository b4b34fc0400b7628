/**
 * Which sections an edit leaves as they are. Between two looks at a text it may have changed in several places far from
 * each other: a word was renamed, or two keystrokes came at once. What lies between those places is found again.
 */
import { differing, type Text } from "../text.ts";
import { endOf, type Section, startOf } from "./sections.ts";

/** Sections next to each other that have to be read again, and where the text lies that takes their place. */
export interface Stretch {
  /** The first of the old sections, and the one behind the last. */
  readonly first: number;
  readonly behind: number;
  /** Offsets in the new text. */
  readonly from: number;
  readonly to: number;
}

/** After so many sections that are not found again, the rest of what differs is one stretch. */
const mostLost = 8;
/** So many characters may have been put between two sections without the second being lost. */
const window = 4096;

/**
 * The stretches in which a new text differs from the old one, in their order; none where nothing belongs to a section.
 * All other sections stand in the new text, in the same order and as whole lines. A stretch reaches over every section
 * that its change touches, were it only at its edge: a line may begin there that belongs to the block above.
 */
export function stretchesOf(sections: readonly Section[], old: Text, text: Text): readonly Stretch[] {
  const edit = editBetween(old, text);
  const first = sections.findIndex((section) => endOf(section) >= edit.start);
  const last = sections.findLastIndex((section) => startOf(section) <= edit.end);
  if (first === -1 || last < first) return [];
  const from = startOf(sections[first] as Section);
  const to = endOf(sections[last] as Section) + text.length - old.length;
  const whole = { first, behind: last + 1, from, to };
  return last - first < 3 ? [whole] : withTouched(apart(sections, old, text, whole), sections, { old, text });
}

/** The parts of a stretch that differ, without the sections between them that are found again. */
function apart(sections: readonly Section[], old: Text, text: Text, whole: Stretch): readonly Stretch[] {
  const found: Stretch[] = [];
  let [first, from] = [whole.first, whole.from];
  for (let index = first; index < whole.behind && index - first <= mostLost; index++) {
    const [start, end] = [startOf(sections[index] as Section), endOf(sections[index] as Section)];
    const reach = first === index ? 0 : start - startOf(sections[first] as Section) + window;
    const at = placeOf(old.slice(start, end), text, from, Math.min(from + reach + end - start, whole.to));
    if (at === undefined) continue;
    if (first < index || from < at) found.push({ first, behind: index, from, to: at });
    [first, from] = [index + 1, at + end - start];
  }
  if (first < whole.behind || from < whole.to)
    found.push({ first, behind: whole.behind, from, to: whole.to });
  return found;
}

/** Where some whole lines stand in a stretch of a text. */
function placeOf(lines: string, text: Text, from: number, to: number): number | undefined {
  for (let at = from; at + lines.length <= to; ) {
    const found = text.slice(at, to).indexOf(lines);
    if (found === -1) return undefined;
    const [start, end] = [at + found, at + found + lines.length];
    if (isLineStart(text, start) && isLineStart(text, end)) return start;
    at = start + 1;
  }
  return undefined;
}

function isLineStart(text: Text, at: number): boolean {
  return at === 0 || at === text.length || text.slice(at - 1, at) === "\n";
}

/** The same stretches with the sections that their changes touch at the edge; stretches that meet become one. */
function withTouched(
  stretches: readonly Stretch[],
  sections: readonly Section[],
  texts: Texts,
): readonly Stretch[] {
  const length = (index: number) => endOf(sections[index] as Section) - startOf(sections[index] as Section);
  const found: Stretch[] = [];
  for (const stretch of stretches) {
    const lines = linesOf(sections.slice(stretch.first, stretch.behind), texts.old);
    const edit = difference(lines, texts.text.slice(stretch.from, stretch.to));
    let { first, behind, from, to } = stretch;
    if (edit.start === 0 && first > 0) from -= length(--first);
    if (edit.end === lines.length && behind < sections.length) to += length(behind++);
    const before = found.at(-1);
    if (before && before.behind >= first)
      found[found.length - 1] = { first: before.first, behind, from: before.from, to };
    else found.push({ first, behind, from, to });
  }
  return found;
}

function linesOf(sections: readonly Section[], text: Text): string {
  const [first, last] = [sections[0], sections.at(-1)];
  return first && last ? text.slice(startOf(first), endOf(last)) : "";
}

interface Texts {
  readonly old: Text;
  readonly text: Text;
}

interface Edit {
  readonly start: number;
  /** Behind the replaced stretch of the old text. */
  readonly end: number;
}

/** Characters that are compared at once. */
const stride = 4096;

/** The shortest stretch of a text that differs in another one; only what is not the same chunk is looked at. */
function editBetween(old: Text, text: Text): Edit {
  const { start, ends } = differing(old, text);
  const edit = difference(old.slice(start, ends[0]), text.slice(start, ends[1]));
  return { start: start + edit.start, end: start + edit.end };
}

/** The shortest stretch of the old text that differs in the new one. */
function difference(old: string, text: string): Edit {
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start + stride <= most && text.startsWith(old.slice(start, start + stride), start)) start += stride;
  while (start < most && old[start] === text[start]) start++;
  let same = 0;
  while (
    same + stride <= most - start &&
    text.endsWith(old.slice(old.length - same - stride, old.length - same), text.length - same)
  )
    same += stride;
  while (same < most - start && old[old.length - 1 - same] === text[text.length - 1 - same]) same++;
  return { start, end: old.length - same };
}
