/**
 * The hash by which GitHub's code scanning knows a line again after other lines have moved it (`primaryLocationLineHash`).
 * Its upload action computes the same from the file, and complains where it gets another one.
 */

/** Characters that count for a line, from its first one; they may be those of lines below. */
const reach = 100;
const base = 37;
const word = 2 ** 32;
/** Stands behind the last character of a file; zeros follow it. */
const ending = "\uFFFF";

/** A number of 64 bits as two halves, without a sign: whoever computes with them stays within 2 ** 53. */
type Halves = readonly [high: number, low: number];

/** `hash:n` for each line of a text, n counting equal hashes; lines end at LF, CR LF or CR. */
export function lineHashes(text: string): readonly string[] {
  const characters = `${text.replaceAll(/\r\n?/g, "\n").replaceAll(/[ \t]/g, "")}${ending}`;
  const seen = new Map<string, number>();
  return hashesOfLines(characters).map(([high, low]) => {
    const hash = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, "0");
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}

/** The hash of the `reach` characters from the start of each line on: a polynomial in `base`, modulo 2 ** 64. */
function hashesOfLines(characters: string): readonly Halves[] {
  const codeAt = (index: number) => (index < characters.length ? characters.charCodeAt(index) : 0);
  const leaving = power(reach);
  const hashes: Halves[] = [];
  let hash: Halves = [0, 0];
  for (let last = 0; last < characters.length + reach - 1; last++) {
    hash = plus(times(hash, base), codeAt(last));
    if (last >= reach) hash = minus(hash, times(leaving, codeAt(last - reach)));
    const first = last - reach + 1;
    if (first === 0 || characters[first - 1] === "\n") hashes.push(hash);
  }
  return hashes;
}

function power(exponent: number): Halves {
  let result: Halves = [0, 1];
  for (let count = 0; count < exponent; count++) result = times(result, base);
  return result;
}

/** The factor has 16 bits at most. */
function times([high, low]: Halves, factor: number): Halves {
  const product = low * factor;
  return [(high * factor + Math.floor(product / word)) % word, product % word];
}

function plus([high, low]: Halves, summand: number): Halves {
  const sum = low + summand;
  return [(high + Math.floor(sum / word)) % word, sum % word];
}

function minus([high, low]: Halves, [otherHigh, otherLow]: Halves): Halves {
  const difference = low - otherLow;
  const borrow = difference < 0 ? 1 : 0;
  return [(high - otherHigh - borrow + 2 * word) % word, (difference + word) % word];
}
