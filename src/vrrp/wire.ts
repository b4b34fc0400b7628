/** How an instance's adverts look on the wire, and the bytes of one. */
import type { Family } from "./address.ts";
import { joined } from "./digest.ts";
import { type Advert, passwordSize, pseudoHeaderFor, setChecksum, writeMessage } from "./packet.ts";
import { signedPacket } from "./packet-ah.ts";
import { vrrpProtocol } from "./packet-checksum.ts";
import { ipv4Packet, ipv6Packet, multicastGroups, type Path } from "./packet-ip.ts";
import { makeTrailer, type Stamp } from "./packet-trailer.ts";

/** Version 2's authentication; the key has 8 bytes. */
export type Authentication =
  | { readonly type: "none" }
  | { readonly type: "PASS" | "AH"; readonly key: Uint8Array };

/**
 * What version 3's checksum over IPv4 covers besides the message. standard: source and destination; message-only:
 * nothing (keepalived's v3_checksum_as_v2); group: source and the multicast group although the packet is unicast, as
 * keepalived up to 1.3.6 did (old_unicast_checksum).
 */
export type ChecksumKind = "standard" | "message-only" | "group";

/** keepalived's auth_hmac. */
export interface Signing {
  /** Keys by their number. */
  readonly keys: Readonly<Record<number, Uint8Array>>;
  /** The number of the key that signs. */
  readonly active: number;
  /** receive-only sends no signatures; only enforce refuses adverts without one. */
  readonly mode: "receive-only" | "permissive" | "enforce";
  /** By how many seconds the hosts' clocks may differ; without it signatures need only count upwards. */
  readonly window?: number;
}

export interface Wire {
  readonly authentication: Authentication;
  readonly checksum: ChecksumKind;
  readonly multicastGroup: string;
  readonly unicast: boolean;
  readonly signing?: Signing;
}

/** Numbers that differ from packet to packet. */
export interface Counters {
  /** IPv4 identification or IPv6 flow label. */
  readonly identification: number;
  /** Sequence number of auth_type AH. */
  readonly sequence: number;
  /** When a trailer is made. */
  readonly stamp: Stamp;
}

/** A wire without authentication to the standard's multicast group. */
export function plainWire(family: Family): Wire {
  return {
    authentication: { type: "none" },
    checksum: "standard",
    multicastGroup: multicastGroups[family],
    unicast: false,
  };
}

/** The key of a password: its first 8 bytes in UTF-8, filled up with zeros. */
export function passwordKey(password: string): Uint8Array {
  const key = new Uint8Array(passwordSize);
  key.set(new TextEncoder().encode(password).subarray(0, passwordSize));
  return key;
}

/** To whom an instance sends: every peer, or the group. */
export function destinationsOf(
  wire: Wire,
  peers: readonly { readonly address: string }[],
): readonly string[] {
  return wire.unicast ? peers.map(({ address }) => address) : [wire.multicastGroup];
}

/** The message of an advert with its checksum, and its trailer where the wire has one. */
export function encodeMessage(advert: Advert, wire: Wire, path: Path, stamp: Stamp): Uint8Array {
  const { type } = wire.authentication;
  const data = wire.authentication.type === "PASS" ? wire.authentication.key : new Uint8Array(passwordSize);
  const message = writeMessage(advert, { type, data });
  const whole = joined([message, trailerOf(message, advert, wire, path, stamp)]);
  // The system computes IPv6 checksums over all it is given; keepalived's own stop before the trailer.
  const covered = advert.family === 6 ? whole : whole.subarray(0, message.length);
  setChecksum(covered, coveredBefore(advert, wire, path, covered.length));
  return whole;
}

function trailerOf(
  message: Uint8Array,
  advert: Advert,
  { signing }: Wire,
  path: Path,
  stamp: Stamp,
): Uint8Array {
  const bytes = signing?.keys[signing.active];
  if (!signing || !bytes || signing.mode === "receive-only") return new Uint8Array();
  return makeTrailer(message, { ...advert, source: path.source }, { id: signing.active, bytes }, stamp);
}

function coveredBefore(advert: Advert, wire: Wire, path: Path, length: number): Uint8Array {
  if (advert.family === 4 && wire.checksum === "message-only") return new Uint8Array();
  const destination =
    advert.family === 4 && wire.checksum === "group" ? wire.multicastGroup : path.destination;
  return pseudoHeaderFor(advert.family, advert.version, { ...path, destination }, length);
}

/** The whole IP packet of an advert. */
export function encodePacket(advert: Advert, wire: Wire, path: Path, counters: Counters): Uint8Array {
  const message = encodeMessage(advert, wire, path, counters.stamp);
  const { identification, sequence } = counters;
  if (advert.family === 6) return ipv6Packet(path, vrrpProtocol, identification, message);
  if (wire.authentication.type !== "AH") return ipv4Packet(path, vrrpProtocol, identification, message);
  const { key } = wire.authentication;
  return signedPacket(path, { key, sequence, unicast: wire.unicast, identification }, message);
}
