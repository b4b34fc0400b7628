/** IP addresses as they travel: bytes, and the text by which everything else knows them. */

export type Family = 4 | 6;

/** The number of bytes of an address. */
export function addressSize(family: Family): 4 | 16 {
  return family === 4 ? 4 : 16;
}

/** The bytes of an address. The text is one that was checked before; anything else throws. */
export function addressBytes(text: string): Uint8Array {
  const bytes = text.includes(":") ? ipv6Bytes(text) : ipv4Bytes(text);
  if (!bytes) throw new Error(`${text} is not an IP address.`);
  return bytes;
}

function ipv4Bytes(text: string): Uint8Array | undefined {
  const octets = text.split(".").map(Number);
  const fine = octets.length === 4 && octets.every((octet) => octet >= 0 && octet <= 255);
  return fine ? Uint8Array.from(octets) : undefined;
}

function ipv6Bytes(text: string): Uint8Array | undefined {
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return undefined;
  const before = groupBytes(head);
  const after = tail === undefined ? [] : groupBytes(tail);
  const missing = 16 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  const bytes = [...before, ...new Array<number>(missing).fill(0), ...after];
  return bytes.every((byte) => byte >= 0 && byte <= 255) ? Uint8Array.from(bytes) : undefined;
}

function groupBytes(side: string): number[] {
  if (side === "") return [];
  return side.split(":").flatMap((group) => {
    if (group.includes(".")) return [...(ipv4Bytes(group) ?? [Number.NaN])];
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** The canonical text of 4 or 16 bytes: dotted for IPv4, RFC 5952 for IPv6. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, index) => word(bytes, index * 2));
  return ipv6Text(groups);
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups shortened, the first of equals. */
export function ipv6Text(groups: readonly number[]): string {
  const hex = groups.map((group) => group.toString(16));
  const dotted = ipv4Tail(groups);
  let start = 0;
  let length = 0;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (groups[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  if (dotted !== undefined) return dotted;
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** IPv4-mapped addresses keep their dotted part. */
function ipv4Tail(groups: readonly number[]): string | undefined {
  if (groups[5] !== 0xffff || groups.slice(0, 5).some((group) => group !== 0)) return undefined;
  const [high = 0, low = 0] = groups.slice(6);
  return `::ffff:${[high >> 8, high & 0xff, low >> 8, low & 0xff].join(".")}`;
}

/** Positive when the first address is the higher one, as elections compare them (RFC 9568, 6.4.3); 0 when equal. */
export function compareAddresses(one: string, other: string): number {
  if (one === other) return 0;
  const [first, second] = [addressBytes(one), addressBytes(other)];
  const at = first.findIndex((byte, index) => byte !== second[index]);
  return at === -1 ? first.length - second.length : (first[at] ?? 0) - (second[at] ?? 0);
}

/** Whether an address is a multicast group: 224.0.0.0/4 or ff00::/8. */
export function isMulticast(text: string): boolean {
  const first = addressBytes(text)[0] ?? 0;
  return text.includes(":") ? first === 0xff : first >> 4 === 0xe;
}
