/**
 * The text of a file. A string is one; what an editor holds is one in chunks of whole lines, so that after a keystroke
 * almost all of it is the very same as before, and a file of megabytes is not copied for a character.
 */

/** What readers of a text need; offsets count UTF-16 units. */
export interface Text {
  readonly length: number;
  slice(start?: number, end?: number): string;
  /** Whether something stands in it, which reaches over no line end. */
  includes(what: string): boolean;
  /** The whole text, put together for this call where it is in chunks. */
  toString(): string;
}

/** How many answers a chunk remembers. */
const mostRemembered = 32;

/** Some whole lines; the last chunk of a text need not end with a line end. */
export class Chunk {
  readonly text: string;
  readonly #holds = new Map<string, boolean>();

  constructor(text: string) {
    this.text = text;
  }

  /** Whether something stands in it; rules ask for the same few marks after every keystroke. */
  includes(what: string): boolean {
    let holds = this.#holds.get(what);
    if (holds === undefined) {
      holds = this.text.includes(what);
      if (this.#holds.size === mostRemembered) this.#holds.clear();
      this.#holds.set(what, holds);
    }
    return holds;
  }
}

/** Characters that make a chunk. Longer ones copy more at an edit, shorter ones make more chunks to look through. */
const usual = 4096;

/** A text that is edited. It never changes itself; an edit gives another one, which shares most chunks with it. */
export class EditedText implements Text {
  readonly chunks: readonly Chunk[];
  /** The offset at which each chunk starts, and the length of the text. */
  readonly offsets: readonly number[];

  static of(text: string): EditedText {
    return new EditedText(chunksOf(text));
  }

  private constructor(chunks: readonly Chunk[]) {
    this.chunks = chunks;
    const offsets = [0];
    let offset = 0;
    for (const { text } of chunks) {
      offset += text.length;
      offsets.push(offset);
    }
    this.offsets = offsets;
  }

  get length(): number {
    return this.offsets.at(-1) ?? 0;
  }

  slice(start = 0, end: number = this.length): string {
    const from = start < 0 ? Math.max(this.length + start, 0) : start;
    const to = end < 0 ? this.length + end : Math.min(end, this.length);
    if (from >= to) return "";
    const first = this.chunkAt(from);
    const at = this.offsets[first] as number;
    let cut = (this.chunks[first] as Chunk).text.slice(from - at, to - at);
    for (let index = first + 1; index < this.chunks.length; index++) {
      const begin = this.offsets[index] as number;
      if (begin >= to) break;
      cut += (this.chunks[index] as Chunk).text.slice(0, to - begin);
    }
    return cut;
  }

  includes(what: string): boolean {
    return this.chunks.some((chunk) => chunk.includes(what));
  }

  toString(): string {
    return this.chunks.map(({ text }) => text).join("");
  }

  /** The index of the chunk in which an offset lies: the last one for the end of the text, 0 where there is none. */
  chunkAt(offset: number): number {
    let low = 0;
    let high = Math.max(this.chunks.length - 1, 0);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.offsets[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The text with another one in the place of a stretch. */
  replaced(start: number, end: number, text: string): EditedText {
    const first = this.chunkAt(start);
    let behind = Math.min(this.chunkAt(end) + 1, this.chunks.length);
    let fresh = this.slice(this.offsets[first], start) + text + this.slice(end, this.offsets[behind]);
    // A line that lost its end goes on in the next chunk.
    if (!fresh.endsWith("\n") && behind < this.chunks.length) fresh += (this.chunks[behind++] as Chunk).text;
    return new EditedText([...this.chunks.slice(0, first), ...chunksOf(fresh), ...this.chunks.slice(behind)]);
  }
}

/** Whether two texts are the same, character by character. */
export function isSameText(one: Text | undefined, other: Text | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  const { start, ends } = differing(one, other);
  // Most texts that are not the same differ soon.
  for (let at = start; at < ends[0]; at += usual)
    if (one.slice(at, at + usual) !== other.slice(at, at + usual)) return false;
  return true;
}

/** A stretch beyond which two texts are known to be the same, found without a look at the characters of either. */
export function differing(
  one: Text,
  other: Text,
): { readonly start: number; readonly ends: readonly [number, number] } {
  const ends = [one.length, other.length] as const;
  if (!(one instanceof EditedText && other instanceof EditedText)) return { start: 0, ends };
  const most = Math.min(one.chunks.length, other.chunks.length);
  let first = 0;
  while (first < most && one.chunks[first] === other.chunks[first]) first++;
  let last = 0;
  while (last < most - first && one.chunks.at(-1 - last) === other.chunks.at(-1 - last)) last++;
  const endOf = ({ chunks, offsets }: EditedText) => offsets[chunks.length - last] as number;
  return { start: one.offsets[first] as number, ends: [endOf(one), endOf(other)] };
}

function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < text.length; ) {
    const feed = text.length - start < 2 * usual ? -1 : text.indexOf("\n", start + usual);
    const end = feed === -1 ? text.length : feed + 1;
    chunks.push(new Chunk(text.slice(start, end)));
    start = end;
  }
  return chunks;
}
