/**
 * The authentication header of auth_type AH (RFC 2402) as keepalived sends it: HMAC-MD5 cut to 96 bits, the sender's
 * address as SPI. RFC 3768 no longer has it.
 */
import { hmacMd5, joined, sameBytes } from "./digest.ts";
import { vrrpProtocol } from "./packet-checksum.ts";
import { ipv4Packet, type Packet, type Path } from "./packet-ip.ts";

export const ahProtocol = 51;
export const ahSize = 24;

const digestAt = 12;
const digestSize = 12;
/** In units of 4 bytes, minus 2. */
const payloadLength = 4;

/** An IPv4 packet with a signed message; `unicast` leaves the time to live out of the signature. */
export function signedPacket(
  path: Path,
  signature: {
    readonly key: Uint8Array;
    readonly sequence: number;
    readonly unicast: boolean;
    readonly identification: number;
  },
  message: Uint8Array,
): Uint8Array {
  const header = new Uint8Array(ahSize);
  const bytes = ipv4Packet(path, ahProtocol, signature.identification, joined([header, message]));
  const signed = bytes.subarray(20, 20 + ahSize);
  signed.set([vrrpProtocol, payloadLength]);
  signed.set(bytes.subarray(12, 16), 4);
  new DataView(signed.buffer, signed.byteOffset).setUint32(8, signature.sequence);
  signed.set(digestOf(bytes, 20, signature.key, signature.unicast), digestAt);
  return bytes;
}

/** What an authentication header says, and whether its signature was made with the key. */
export interface AhFields {
  readonly nextHeader: number;
  readonly sequence: number;
  /** The SPI is the sender's address. */
  readonly fromSource: boolean;
  readonly signed: boolean;
}

/** Reads the header at the beginning of a packet's payload; undefined when it is not whole. */
export function readAh(packet: Packet, key: Uint8Array, unicast: boolean): AhFields | undefined {
  const { header, payload } = packet;
  if (payload.length < ahSize) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const digest = digestOf(joined([header, payload]), header.length, key, unicast);
  return {
    nextHeader: view.getUint8(0),
    sequence: view.getUint32(8),
    fromSource: sameBytes(payload.subarray(4, 8), header.subarray(12, 16)),
    signed: sameBytes(payload.subarray(digestAt, digestAt + digestSize), digest),
  };
}

/** Fields that change on the way count as 0: type of service, fragmentation, header checksum, the digest itself. */
function digestOf(bytes: Uint8Array, headerLength: number, key: Uint8Array, unicast: boolean): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[1] = 0;
  copy.fill(0, 6, 8);
  if (unicast) copy[8] = 0;
  copy.fill(0, 10, 12);
  copy.fill(0, headerLength + digestAt, headerLength + ahSize);
  return hmacMd5(key, copy).subarray(0, digestSize);
}
