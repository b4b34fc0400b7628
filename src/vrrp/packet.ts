/**
 * The VRRP message: what follows the IP header (RFC 3768, 5.1; RFC 9568, 5.1) and, with auth_type AH, the
 * authentication header.
 */
import { addressBytes, addressSize, addressText, type Family } from "./address.ts";
import { joined } from "./digest.ts";
import { internetChecksum, pseudoHeader } from "./packet-checksum.ts";
import { centisecond, type Micros, second } from "./time.ts";

/** What an advert says. */
export interface Advert {
  readonly family: Family;
  readonly version: 2 | 3;
  readonly vrid: number;
  /** 0 when the sender stops being master, 255 when it owns the addresses. */
  readonly priority: number;
  /** Whole seconds in version 2, whole centiseconds in version 3. */
  readonly interval: Micros;
  /** In the sender's order, in canonical text. */
  readonly addresses: readonly string[];
}

/** The numbers of version 2's authentication types. */
export const authenticationTypes = { none: 0, PASS: 1, AH: 2 } as const;

/** Where version 2 has its type of authentication, and the 8 bytes it puts after the addresses. */
export interface Password {
  readonly type: keyof typeof authenticationTypes;
  readonly data: Uint8Array;
}

/** Bytes of authentication data after the addresses: version 2 over IPv4 always has them. */
export const passwordSize = 8;

const headerSize = 8;
const advertisement = 1;
const checksumAt = 6;

/** The length of a message by what its own header says: version, number of addresses. */
export function messageLength(family: Family, version: number, count: number): number {
  const password = family === 4 && version === 2 ? passwordSize : 0;
  return headerSize + count * addressSize(family) + password;
}

/** The message with checksum field 0. */
export function writeMessage(advert: Advert, password: Password): Uint8Array {
  const { family, version, addresses } = advert;
  const bytes = new Uint8Array(messageLength(family, version, addresses.length));
  bytes.set([(version << 4) | advertisement, advert.vrid, advert.priority, addresses.length]);
  const view = new DataView(bytes.buffer);
  if (version === 2) bytes.set([authenticationTypes[password.type], advert.interval / second], 4);
  else view.setUint16(4, (advert.interval / centisecond) & 0xfff);
  bytes.set(joined(addresses.map(addressBytes)), headerSize);
  if (family === 4 && version === 2) bytes.set(password.data, bytes.length - passwordSize);
  return bytes;
}

/** Puts a checksum over the message into it; the pseudo header is empty where none belongs. */
export function setChecksum(message: Uint8Array, pseudo: Uint8Array): void {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  view.setUint16(checksumAt, 0);
  view.setUint16(checksumAt, internetChecksum(joined([pseudo, message])));
}

/** Whether the checksum in the message is right. */
export function hasRightChecksum(message: Uint8Array, pseudo: Uint8Array): boolean {
  return internetChecksum(joined([pseudo, message])) === 0;
}

/** The pseudo header that belongs to a version: none for version 2 over IPv4 (RFC 3768, 5.3.8). */
export function pseudoHeaderFor(
  family: Family,
  version: number,
  path: { readonly source: string; readonly destination: string },
  length: number,
): Uint8Array {
  const without = family === 4 && version === 2;
  return without ? new Uint8Array() : pseudoHeader(path.source, path.destination, length);
}

/** The fields of a message, whether they make sense or not. */
export interface Fields {
  readonly version: number;
  readonly type: number;
  readonly vrid: number;
  readonly priority: number;
  /** The number of addresses that the header gives. */
  readonly count: number;
  /** Those addresses that are there in full. */
  readonly addresses: readonly string[];
  /** Version 2's type of authentication; 0 in other versions. */
  readonly authType: number;
  readonly interval: Micros;
}

/** Reads a message of any content; undefined when even its header is not there in full. */
export function readMessage(family: Family, bytes: Uint8Array): Fields | undefined {
  if (bytes.length < headerSize) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(0) >> 4;
  const count = view.getUint8(3);
  const size = addressSize(family);
  const there = Math.min(count, Math.floor((bytes.length - headerSize) / size));
  return {
    version,
    type: view.getUint8(0) & 0xf,
    vrid: view.getUint8(1),
    priority: view.getUint8(2),
    count,
    addresses: Array.from({ length: there }, (_, index) => {
      const at = headerSize + index * size;
      return addressText(bytes.subarray(at, at + size));
    }),
    authType: version === 2 ? view.getUint8(4) : 0,
    interval: version === 2 ? view.getUint8(5) * second : (view.getUint16(4) & 0xfff) * centisecond,
  };
}
