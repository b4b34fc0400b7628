/** The Internet checksum (RFC 1071) and what goes into it for VRRP. */
import { addressBytes } from "./address.ts";
import { joined } from "./digest.ts";

/** The protocol number of VRRP. */
export const vrrpProtocol = 112;

/** The checksum of these bytes: 0 when they hold a right one. */
export function internetChecksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) sum += view.getUint16(at);
  if (bytes.length % 2 === 1) sum += (bytes[bytes.length - 1] ?? 0) << 8;
  while (sum > 0xffff) sum = (sum >>> 16) + (sum & 0xffff);
  return ~sum & 0xffff;
}

/** What version 3 puts before the message to compute its checksum (RFC 9568, 5.2.8; RFC 8200, 8.1). */
export function pseudoHeader(source: string, destination: string, length: number): Uint8Array {
  const [from, to] = [addressBytes(source), addressBytes(destination)];
  const tail =
    from.length === 4
      ? [0, vrrpProtocol, length >> 8, length & 0xff]
      : [0, 0, length >> 8, length & 0xff, 0, 0, 0, vrrpProtocol];
  return joined([from, to, Uint8Array.from(tail)]);
}
