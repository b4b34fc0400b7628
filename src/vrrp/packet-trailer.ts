/**
 * The trailer of keepalived's auth_hmac (from release 2.4.0): 28 bytes after the message, which sign it with
 * HMAC-SHA-256 cut to 128 bits and count upwards, so that neither invented nor recorded adverts are believed.
 */
import { addressBytes, type Family } from "./address.ts";
import { hmacSha256, joined } from "./digest.ts";

export const trailerSize = 28;

/** Place of the 16 bytes of the signature. */
const digestAt = 12;
const hmacSha256Type = 1;

/**
 * When the trailer was made: Unix time in seconds, and below it 16 bits of a second's fraction and a counter of
 * 16 bits. Both are unsigned numbers of 32 bits.
 */
export interface Stamp {
  readonly seconds: number;
  readonly fraction: number;
}

/** What the trailer is bound to besides the message. */
export interface Signer {
  readonly family: Family;
  readonly version: number;
  readonly vrid: number;
  readonly source: string;
}

/** The trailer of a message. The checksum in the message may be set later: it counts as 0. */
export function makeTrailer(
  message: Uint8Array,
  signer: Signer,
  key: { readonly id: number; readonly bytes: Uint8Array },
  stamp: Stamp,
): Uint8Array {
  const trailer = new Uint8Array(trailerSize);
  trailer.set([hmacSha256Type, key.id]);
  const view = new DataView(trailer.buffer);
  view.setUint32(4, stamp.seconds);
  view.setUint32(8, stamp.fraction);
  trailer.set(signatureOf(message, trailer, signer, key.bytes), digestAt);
  return trailer;
}

/** What a trailer says. */
export interface TrailerFields {
  /** The kind of signature is the known one and the reserved bytes are empty. */
  readonly wellFormed: boolean;
  readonly keyId: number;
  readonly stamp: Stamp;
  readonly signature: Uint8Array;
}

/** Reads 28 bytes of any content. */
export function readTrailer(trailer: Uint8Array): TrailerFields {
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailerSize);
  return {
    wellFormed: view.getUint8(0) === hmacSha256Type && view.getUint16(2) === 0,
    keyId: view.getUint8(1),
    stamp: { seconds: view.getUint32(4), fraction: view.getUint32(8) },
    signature: trailer.subarray(digestAt, trailerSize),
  };
}

/** The 16 bytes that sign a message and the beginning of its trailer. */
export function signatureOf(
  message: Uint8Array,
  trailer: Uint8Array,
  signer: Signer,
  key: Uint8Array,
): Uint8Array {
  const pseudo = new Uint8Array(20);
  pseudo.set([signer.family, signer.version, signer.vrid]);
  pseudo.set(addressBytes(signer.source), 4);
  const body = Uint8Array.from(message);
  body.fill(0, 6, 8);
  const zeros = new Uint8Array(16);
  return hmacSha256(key, joined([pseudo, body, trailer.subarray(0, digestAt), zeros])).subarray(0, 16);
}

/** Whether the first stamp is the later one, by serial number arithmetic over all 64 bits (RFC 1982). */
export function isLater(one: Stamp, other: Stamp): boolean {
  return BigInt.asIntN(64, asNumber(one) - asNumber(other)) > 0n;
}

function asNumber({ seconds, fraction }: Stamp): bigint {
  return (BigInt(seconds) << 32n) | BigInt(fraction);
}

/**
 * The stamp that follows another one: the clock, or one more where the clock has not moved on. A window in seconds is
 * what receivers allow: when the clock was set back by more, stamps start again from it. Without one they only grow.
 */
export function nextStamp(last: Stamp | undefined, clock: Stamp, window?: number): Stamp {
  if (!last || isLater(clock, last)) return clock;
  if (window !== undefined && secondsBetween(last, clock) > window) return clock;
  const next = BigInt.asUintN(64, asNumber(last) + 1n);
  return { seconds: Number(next >> 32n), fraction: Number(next & 0xffffffffn) };
}

/** By how many seconds the first stamp is later, also across the end of 32 bits. */
export function secondsBetween(one: Stamp, other: Stamp): number {
  return (one.seconds - other.seconds) | 0;
}
