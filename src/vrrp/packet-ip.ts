/** IP packets around VRRP messages. */
import { addressBytes, addressText, type Family } from "./address.ts";
import { internetChecksum } from "./packet-checksum.ts";

/** From whom to whom a packet travels, with the time to live or hop limit it starts with. */
export interface Path {
  readonly source: string;
  readonly destination: string;
  readonly hopLimit: number;
}

/** The standard's groups (RFC 9568, 5.1.1.2 and 5.1.2.2). */
export const multicastGroups = { 4: "224.0.0.18", 6: "ff02::12" } as const;

/** Traffic class of network control, as keepalived marks adverts. */
const networkControl = 0xc0;

/** The bytes of an IPv4 packet; the identification tells fragments apart and may be anything. */
export function ipv4Packet(
  path: Path,
  protocol: number,
  identification: number,
  payload: Uint8Array,
): Uint8Array {
  const bytes = new Uint8Array(20 + payload.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x45, networkControl]);
  view.setUint16(2, bytes.length);
  view.setUint16(4, identification & 0xffff);
  bytes.set([path.hopLimit, protocol], 8);
  bytes.set(addressBytes(path.source), 12);
  bytes.set(addressBytes(path.destination), 16);
  view.setUint16(10, internetChecksum(bytes.subarray(0, 20)));
  bytes.set(payload, 20);
  return bytes;
}

/** The bytes of an IPv6 packet; the flow label may be anything. */
export function ipv6Packet(path: Path, protocol: number, flowLabel: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(40 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (6 << 28) | (networkControl << 20) | (flowLabel & 0xfffff));
  view.setUint16(4, payload.length);
  bytes.set([protocol, path.hopLimit], 6);
  bytes.set(addressBytes(path.source), 8);
  bytes.set(addressBytes(path.destination), 24);
  bytes.set(payload, 40);
  return bytes;
}

/** A packet as it was received. */
export interface Packet {
  readonly family: Family;
  readonly source: string;
  readonly destination: string;
  /** Undefined when the system did not tell. */
  readonly hopLimit: number | undefined;
  readonly protocol: number;
  /** The IPv4 header with its options; empty for IPv6, whose raw sockets do not hand it out. */
  readonly header: Uint8Array;
  /** The length that the IP header gives to header and payload together. */
  readonly totalLength: number;
  /** All that was received after the IP header, padding of the network included. */
  readonly payload: Uint8Array;
}

/** Reads an IP packet of any content; undefined when its header is not whole. */
export function readPacket(bytes: Uint8Array): Packet | undefined {
  const version = (bytes[0] ?? 0) >> 4;
  if (version === 4) return readIpv4(bytes);
  return version === 6 ? readIpv6(bytes) : undefined;
}

function readIpv4(bytes: Uint8Array): Packet | undefined {
  const size = ((bytes[0] ?? 0) & 0xf) * 4;
  if (size < 20 || bytes.length < size) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    family: 4,
    source: addressText(bytes.subarray(12, 16)),
    destination: addressText(bytes.subarray(16, 20)),
    hopLimit: view.getUint8(8),
    protocol: view.getUint8(9),
    header: bytes.subarray(0, size),
    totalLength: view.getUint16(2),
    payload: bytes.subarray(size),
  };
}

function readIpv6(bytes: Uint8Array): Packet | undefined {
  if (bytes.length < 40) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(4);
  return {
    family: 6,
    source: addressText(bytes.subarray(8, 24)),
    destination: addressText(bytes.subarray(24, 40)),
    hopLimit: view.getUint8(7),
    protocol: view.getUint8(6),
    header: new Uint8Array(),
    totalLength: length,
    // Only IPv4 hands padding on: Linux cuts IPv6 packets to their length.
    payload: bytes.subarray(40, 40 + length),
  };
}
