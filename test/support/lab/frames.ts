/** Reads captured frames. Independent of the product's own reading of packets, so that the lab can judge it. */

/** A VRRP advert as it was on the wire. */
export interface Advert {
  readonly family: 4 | 6;
  readonly source: string;
  readonly destination: string;
  /** Source MAC address. */
  readonly mac: string;
  /** Time to live or hop limit; 255 when it was sent as it must be. */
  readonly ttl: number;
  readonly version: number;
  readonly vrid: number;
  /** 0 when the master gives up. */
  readonly priority: number;
  /** In seconds. */
  readonly interval: number;
  readonly addresses: readonly string[];
}

/** A host tells its neighbours that it has an address: gratuitous ARP or an unasked neighbour advertisement. */
export interface Announcement {
  readonly address: string;
  readonly mac: string;
}

export type Sight =
  | ({ readonly kind: "advert" } & Advert)
  | ({ readonly kind: "announcement" } & Announcement);

/** What an Ethernet frame is; undefined when it is neither advert nor announcement. */
export function readFrame(frame: Buffer): Sight | undefined {
  const mac = [...frame.subarray(6, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
  const packet = frame.subarray(14);
  switch (frame.length < 34 ? 0 : frame.readUInt16BE(12)) {
    case 0x0806:
      return readArp(packet, mac);
    case 0x0800:
      return readIpv4(packet, mac);
    case 0x86dd:
      return readIpv6(packet, mac);
    default:
      return undefined;
  }
}

function readArp(packet: Buffer, mac: string): Sight | undefined {
  if (packet.length < 28) return undefined;
  const [sender, target] = [ipv4(packet, 14), ipv4(packet, 24)];
  return sender === target ? { kind: "announcement", address: sender, mac } : undefined;
}

function readIpv4(packet: Buffer, mac: string): Sight | undefined {
  const headerLength = (packet.readUInt8(0) & 0xf) * 4;
  const message = packet.subarray(headerLength, packet.readUInt16BE(2));
  if (packet.readUInt8(9) !== 112 || message.length < 8) return undefined;
  return {
    kind: "advert",
    family: 4,
    source: ipv4(packet, 12),
    destination: ipv4(packet, 16),
    mac,
    ttl: packet.readUInt8(8),
    ...readMessage(message, 4),
  };
}

function readIpv6(packet: Buffer, mac: string): Sight | undefined {
  if (packet.length < 48) return undefined;
  const message = packet.subarray(40, 40 + packet.readUInt16BE(4));
  const next = packet.readUInt8(6);
  if (next === 58 && message[0] === 136 && message.length >= 24) {
    const asked = (message.readUInt8(4) & 0x40) !== 0;
    return asked ? undefined : { kind: "announcement", address: ipv6(message, 8), mac };
  }
  if (next !== 112 || message.length < 8) return undefined;
  return {
    kind: "advert",
    family: 6,
    source: ipv6(packet, 8),
    destination: ipv6(packet, 24),
    mac,
    ttl: packet.readUInt8(7),
    ...readMessage(message, 6),
  };
}

function readMessage(message: Buffer, family: 4 | 6) {
  const version = message.readUInt8(0) >> 4;
  const [size, read] = family === 4 ? [4, ipv4] : [16, ipv6];
  const count = Math.min(message.readUInt8(3), Math.floor((message.length - 8) / size));
  return {
    version,
    vrid: message.readUInt8(1),
    priority: message.readUInt8(2),
    interval: version === 2 ? message.readUInt8(5) : (message.readUInt16BE(4) & 0xfff) / 100,
    addresses: Array.from({ length: count }, (_, index) => read(message, 8 + index * size)),
  };
}

function ipv4(bytes: Buffer, at: number): string {
  return bytes.subarray(at, at + 4).join(".");
}

/** In the short form of RFC 5952, which URLs share. */
function ipv6(bytes: Buffer, at: number): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(at + index * 2).toString(16));
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}
