/** Raw sockets of IPv6 hand out no header; here it is put together again from what the kernel tells beside a packet. */
import { addressText } from "../../vrrp/address.ts";

/** What came beside a packet. */
export interface Beside {
  readonly hopLimit: number | undefined;
  readonly trafficClass: number;
  /** 16 bytes; undefined when the kernel did not tell. */
  readonly destination: Uint8Array | undefined;
}

const ipv6 = 41;
const kinds = { pktinfo: 50, hopLimit: 52, trafficClass: 67 } as const;

/** Reads control messages of any content (struct cmsghdr on 64 bits). */
export function readControl(control: Buffer): Beside {
  let [hopLimit, trafficClass, destination]: [number | undefined, number, Uint8Array | undefined] = [
    undefined,
    0,
    undefined,
  ];
  const head = 16;
  for (let at = 0; at + head <= control.length; ) {
    const size = Number(control.readBigUInt64LE(at));
    if (size < head || at + size > control.length) break;
    const data = control.subarray(at + head, at + size);
    if (control.readInt32LE(at + 8) === ipv6) {
      const kind = control.readInt32LE(at + 12);
      if (kind === kinds.hopLimit && data.length >= 4) hopLimit = data.readInt32LE();
      if (kind === kinds.trafficClass && data.length >= 4) trafficClass = data.readInt32LE();
      if (kind === kinds.pktinfo && data.length >= 16) destination = Uint8Array.from(data.subarray(0, 16));
    }
    at += Math.ceil(size / 8) * 8;
  }
  return { hopLimit, trafficClass, destination };
}

/** A whole IPv6 packet, as readPacket of src/vrrp/ takes it. A hop limit that was not told is 0, which none accepts. */
export function ipv6Around(
  payload: Uint8Array,
  protocol: number,
  source: Uint8Array,
  beside: Beside,
): Uint8Array {
  const bytes = Buffer.alloc(40 + payload.length);
  bytes.writeUInt32BE((6 << 28) | (beside.trafficClass << 20));
  bytes.writeUInt16BE(payload.length, 4);
  bytes.set([protocol, beside.hopLimit ?? 0], 6);
  bytes.set(source, 8);
  bytes.set(beside.destination ?? new Uint8Array(16), 24);
  bytes.set(payload, 40);
  return bytes;
}

/** Where a whole packet goes; undefined when it is none. */
export function destinationOf(packet: Uint8Array): string | undefined {
  const version = (packet[0] ?? 0) >> 4;
  if (version === 4 && packet.length >= 20) return addressText(packet.subarray(16, 20));
  return version === 6 && packet.length >= 40 ? addressText(packet.subarray(24, 40)) : undefined;
}
