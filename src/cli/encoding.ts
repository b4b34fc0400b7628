/** Bytes to text and back. Every byte that is not meant to change comes back as it was. */

/**
 * `latin1` keeps each byte of a file that is no valid UTF-8, such as comments in an older encoding. `utf16` is read
 * for its message only and never written.
 */
export type Encoding = "utf8" | "latin1" | "utf16";

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/** Decodes a configuration file; undefined when the bytes are no text. */
export function decode(bytes: Uint8Array): Decoded | undefined {
  if (startsLikeUtf16(bytes)) return { text: new TextDecoder("utf-8").decode(bytes), encoding: "utf16" };
  const text = validUtf8(bytes);
  if (looksBinary(bytes, text !== undefined)) return undefined;
  if (text !== undefined) return { text, encoding: "utf8" };
  return { text: Buffer.from(bytes).toString("latin1"), encoding: "latin1" };
}

function validUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The bytes of a text in the encoding it was read in. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  return Buffer.from(text, encoding === "latin1" ? "latin1" : "utf8");
}

function startsLikeUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/**
 * Bytes a text has none of, or next to none: a stray NUL is a finding for the linter, a hundred are a program. Of random
 * or compressed bytes one in eleven is such a byte, and together they are no valid UTF-8.
 */
function looksBinary(bytes: Uint8Array, isUtf8: boolean): boolean {
  const start = bytes.subarray(0, 8192);
  let odd = 0;
  for (const byte of start) if (byte < 0x07 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) odd++;
  const tolerated = start.length * (isUtf8 ? 0.1 : 0.03);
  return odd > Math.max(tolerated, 1) && !looksLikeUtf16WithoutMark(start);
}

function looksLikeUtf16WithoutMark(start: Uint8Array): boolean {
  let nuls = 0;
  let other = 0;
  for (const [index, byte] of start.entries()) {
    if (byte === 0) nuls++;
    else if (index % 2 === 1) other++;
  }
  return nuls * 2 >= start.length - 1 && other * 20 < start.length;
}
