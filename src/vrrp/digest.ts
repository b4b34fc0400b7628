/** Digests with a key (RFC 2104) for the two ways in which keepalived signs adverts. */
import { md5 } from "./digest-md5.ts";
import { sha256 } from "./digest-sha256.ts";

const blockSize = 64;

/** HMAC-MD5 of these pieces, one after the other: 16 bytes. */
export function hmacMd5(key: Uint8Array, ...pieces: readonly Uint8Array[]): Uint8Array {
  return hmac(md5, key, pieces);
}

/** HMAC-SHA-256 of these pieces, one after the other: 32 bytes. */
export function hmacSha256(key: Uint8Array, ...pieces: readonly Uint8Array[]): Uint8Array {
  return hmac(sha256, key, pieces);
}

type Digest = (message: Uint8Array) => Uint8Array;

function hmac(digest: Digest, key: Uint8Array, pieces: readonly Uint8Array[]): Uint8Array {
  const short = key.length > blockSize ? digest(key) : key;
  const inner = digest(joined([masked(short, 0x36), ...pieces]));
  return digest(joined([masked(short, 0x5c), inner]));
}

function masked(key: Uint8Array, mask: number): Uint8Array {
  return Uint8Array.from({ length: blockSize }, (_, index) => (key[index] ?? 0) ^ mask);
}

/** All bytes of these pieces in one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Whether two byte sequences are equal, in a time that does not tell where they differ. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  return one.reduce((difference, byte, index) => difference | (byte ^ (other[index] ?? 0)), 0) === 0;
}
