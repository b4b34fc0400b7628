/** An advert as a receiver sees it: what it says, and what the receiver's own keys make of it. */
import { type Family, isMulticast } from "./address.ts";
import { sameBytes } from "./digest.ts";
import {
  type Advert,
  authenticationTypes,
  type Fields,
  hasRightChecksum,
  messageLength,
  passwordSize,
  pseudoHeaderFor,
  readMessage,
} from "./packet.ts";
import { ahProtocol, ahSize, readAh } from "./packet-ah.ts";
import { vrrpProtocol } from "./packet-checksum.ts";
import type { Packet } from "./packet-ip.ts";
import { readTrailer, type Stamp, signatureOf, trailerSize } from "./packet-trailer.ts";
import type { Counters, Signing, Wire } from "./wire.ts";

/** fits: as its header says; padded: longer by what a short Ethernet frame is filled up with. */
export type Length = "fits" | "padded" | "wrong";

export interface Arrival extends Fields {
  readonly family: Family;
  readonly source: string;
  readonly multicast: boolean;
  /** Undefined when the system did not tell. */
  readonly hopLimit: number | undefined;
  readonly length: Length;
  /** The length that the IPv4 header gives. */
  readonly totalLength: Length;
  /** group: right when computed with the multicast group, though the packet is unicast. */
  readonly checksum: "right" | "wrong" | "group";
  /** Whether version 2's authentication data are the receiver's password. */
  readonly password: boolean;
  /** What the authentication header says; undefined without one. */
  readonly ah:
    | {
        readonly vrrp: boolean;
        readonly signed: boolean;
        readonly fromSource: boolean;
        readonly sequence: number;
      }
    | undefined;
  /** What signs the advert; undefined where nothing does, or the receiver has no keys. */
  readonly trailer:
    | {
        readonly wellFormed: boolean;
        readonly key: "unknown" | "wrong" | "right";
        readonly stamp: Stamp;
      }
    | undefined;
}

/** What the receiver knows that is needed to read an advert. */
export type Reading = Pick<Wire, "authentication" | "multicastGroup" | "unicast" | "signing">;

/** Reads a packet of any content; undefined when it ends before the VRRP header does. */
export function arrivalOf(packet: Packet, reading: Reading): Arrival | undefined {
  const { family, payload } = packet;
  const signed = family === 4 && packet.protocol === ahProtocol;
  if (!signed && packet.protocol !== vrrpProtocol) return undefined;
  const message = payload.subarray(signed ? ahSize : 0);
  const fields = readMessage(family, message);
  if (!fields) return undefined;
  const expected = messageLength(family, fields.version, fields.count);
  const hasTrailer = reading.signing !== undefined && message.length === expected + trailerSize;
  const before = packet.header.length + payload.length - message.length;
  const received = before + message.length;
  const whole = before + expected + (hasTrailer ? trailerSize : 0);
  // Field by field: what begins with a spread gets a shape of its own from V8, and one with every advert is a burden.
  return {
    version: fields.version,
    type: fields.type,
    vrid: fields.vrid,
    priority: fields.priority,
    count: fields.count,
    addresses: fields.addresses,
    authType: fields.authType,
    interval: fields.interval,
    family,
    source: packet.source,
    hopLimit: packet.hopLimit,
    multicast: isMulticast(packet.destination),
    length: lengthOf(received, whole),
    totalLength: family === 6 ? "fits" : lengthOf(received, packet.totalLength),
    checksum: checksumOf(packet, message, fields, reading),
    password: passwordFits(message, expected, reading),
    ah: signed ? ahOf(packet, reading) : undefined,
    trailer: hasTrailer ? trailerOf(packet, message, expected, fields, reading) : undefined,
  };
}

/**
 * Short Ethernet frames are filled up to 60 bytes, 14 of them the Ethernet header; every VLAN tag that is taken off
 * makes that 4 less.
 */
function lengthOf(received: number, expected: number): Length {
  if (received === expected) return "fits";
  const shortest = 60 - 14;
  const padding = received - expected;
  return expected < shortest && padding > 0 && padding % 4 === (4 - (shortest % 4)) % 4 ? "padded" : "wrong";
}

function checksumOf(
  packet: Packet,
  message: Uint8Array,
  fields: Fields,
  reading: Reading,
): Arrival["checksum"] {
  const { family } = packet;
  const length = messageLength(family, fields.version, fields.count);
  const covered = family === 6 ? message : message.subarray(0, length);
  const right = (destination: string) => {
    const path = { source: packet.source, destination };
    return hasRightChecksum(covered, pseudoHeaderFor(family, fields.version, path, covered.length));
  };
  if (right(packet.destination)) return "right";
  return family === 4 && reading.unicast && right(reading.multicastGroup) ? "group" : "wrong";
}

function passwordFits(message: Uint8Array, length: number, { authentication }: Reading): boolean {
  if (authentication.type !== "PASS") return true;
  return sameBytes(message.subarray(length - passwordSize, length), authentication.key);
}

function ahOf(packet: Packet, { authentication, unicast }: Reading): Arrival["ah"] {
  const key = authentication.type === "none" ? new Uint8Array(passwordSize) : authentication.key;
  const fields = readAh(packet, key, unicast);
  if (!fields) return undefined;
  const { nextHeader, signed, fromSource, sequence } = fields;
  return { vrrp: nextHeader === vrrpProtocol, signed, fromSource, sequence };
}

function trailerOf(
  packet: Packet,
  message: Uint8Array,
  length: number,
  { version, vrid }: Fields,
  { signing }: Reading,
): Arrival["trailer"] {
  const bytes = message.subarray(length);
  const { keyId, signature, wellFormed, stamp } = readTrailer(bytes);
  const key = signing?.keys[keyId];
  const signer = { family: packet.family, version, vrid, source: packet.source };
  const signed = key && sameBytes(signatureOf(message.subarray(0, length), bytes, signer, key), signature);
  return { wellFormed, stamp, key: !key ? "unknown" : signed ? "right" : "wrong" };
}

/** How an advert arrives that nothing has damaged, for networks that carry no bytes. */
export function soundArrival(
  advert: Advert,
  sender: { readonly source: string; readonly hopLimit: number; readonly wire: Wire },
  counters: Pick<Counters, "sequence" | "stamp">,
  reading: Reading,
): Arrival {
  const { authentication, unicast, signing } = sender.wire;
  const same = sameKey(authentication, reading.authentication);
  const signs = signing !== undefined && signing.mode !== "receive-only";
  const ahSigned = authentication.type === "AH";
  return {
    family: advert.family,
    version: advert.version,
    vrid: advert.vrid,
    priority: advert.priority,
    interval: advert.interval,
    addresses: advert.addresses,
    type: 1,
    count: advert.addresses.length,
    authType: advert.version === 2 ? authenticationTypes[authentication.type] : 0,
    source: sender.source,
    multicast: !unicast,
    hopLimit: sender.hopLimit,
    length: signs && !reading.signing ? "wrong" : "fits",
    totalLength: "fits",
    checksum: soundChecksum(advert, sender.wire, reading),
    password: reading.authentication.type !== "PASS" || (same && authentication.type === "PASS"),
    ah: ahSigned ? { vrrp: true, signed: same, fromSource: true, sequence: counters.sequence } : undefined,
    trailer: signs && reading.signing ? soundTrailer(signing, reading.signing, counters.stamp) : undefined,
  };
}

function sameKey(one: Wire["authentication"], other: Wire["authentication"]): boolean {
  return one.type !== "none" && other.type !== "none" && sameBytes(one.key, other.key);
}

function soundChecksum(advert: Advert, { checksum, unicast }: Wire, reading: Reading): Arrival["checksum"] {
  if (checksum === "standard" || advert.family === 6 || advert.version === 2) return "right";
  if (checksum === "message-only") return "wrong";
  if (!unicast) return "right";
  return reading.unicast ? "group" : "wrong";
}

function soundTrailer(by: Signing, known: Signing, stamp: Stamp): Arrival["trailer"] {
  const [made, expected] = [by.keys[by.active], known.keys[by.active]];
  const right = made && expected && sameBytes(made, expected);
  return { wellFormed: true, stamp, key: !expected ? "unknown" : right ? "right" : "wrong" };
}
