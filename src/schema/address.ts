/** IP addresses as text and as numbers: reading, canonical text, prefix arithmetic. */
import { type Match, recognise } from "../syntax/parse.ts";
import { ipv6Text } from "../vrrp/address.ts";

export type AddressFamily = 4 | 6;

/** An address that was read. `value` is its bits as one number: 32 of them for IPv4, 128 for IPv6. */
export interface ParsedAddress {
  readonly family: AddressFamily;
  /** Canonical text without prefix: dotted for IPv4, RFC 5952 for IPv6. */
  readonly address: string;
  readonly value: bigint;
  /** The prefix length as written. */
  readonly prefix?: number;
  /** Of `10.0.0.1-20` the last octet, of `fe80::1-ff` the last group, where the range ends. */
  readonly rangeEnd?: number;
}

/** The number of bits of an address. */
export function bitsOf(family: AddressFamily): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/**
 * Reads `10.0.0.1`, `10.0.0.1/24`, `2001:db8::1/64` or a range `10.0.0.1-20`. Undefined for everything keepalived
 * refuses: octets over 255 or with leading zeros, too few or too many groups, a prefix longer than the address.
 */
export function parseAddress(text: string): ParsedAddress | undefined {
  const match = recognise("address", text) ?? recognise("addressRange", text);
  const written = match?.children.find((child) => child.rule === "ipv4" || child.rule === "ipv6");
  if (!match || !written) return undefined;
  const part = (one: Match) => text.slice(one.start, one.end);
  const family = written.rule === "ipv4" ? 4 : 6;
  const value = family === 4 ? ipv4Value(part(written)) : ipv6Value(part(written));
  if (value === undefined) return undefined;
  const address = { family, address: textOf(family, value), value } as const;
  const prefix = match.children.find((child) => child.rule === "prefixLength");
  const end = match.children.find((child) => child.rule === "rangeEnd");
  if (prefix) {
    const length = Number(part(prefix));
    return length <= bitsOf(family) ? { ...address, prefix: length } : undefined;
  }
  if (!end) return address;
  if (family === 4 && !/^\d+$/.test(part(end))) return undefined;
  const rangeEnd = Number.parseInt(part(end), family === 4 ? 10 : 16);
  return rangeEnd <= (family === 4 ? 0xff : 0xffff) ? { ...address, rangeEnd } : undefined;
}

/** Whether two addresses share the first `prefix` bits; addresses of two families never do. */
export function sameNetwork(one: ParsedAddress, other: ParsedAddress, prefix: number): boolean {
  if (one.family !== other.family) return false;
  const shift = BigInt(bitsOf(one.family) - prefix);
  return one.value >> shift === other.value >> shift;
}

/** Whether `address` lies in the network of `network`; a network without prefix is that one address. */
export function contains(network: ParsedAddress, address: ParsedAddress): boolean {
  return sameNetwork(network, address, network.prefix ?? bitsOf(network.family));
}

/** Whether an address is a multicast group: 224.0.0.0/4 or ff00::/8. */
export function isMulticast({ family, value }: ParsedAddress): boolean {
  return family === 4 ? value >> 28n === 0b1110n : value >> 120n === 0xffn;
}

/** Whether an address is link-local: 169.254.0.0/16 or fe80::/10. */
export function isLinkLocal({ family, value }: ParsedAddress): boolean {
  return family === 4 ? value >> 16n === 0xa9fen : value >> 118n === 0x3fan;
}

/** The canonical text of an address given by its bits. */
export function textOf(family: AddressFamily, value: bigint): string {
  const size = family === 4 ? 8n : 16n;
  const mask = (1n << size) - 1n;
  const fields: number[] = [];
  for (let shift = BigInt(bitsOf(family)) - size; shift >= 0n; shift -= size) {
    fields.push(Number((value >> shift) & mask));
  }
  return family === 4 ? fields.join(".") : ipv6Text(fields);
}

function ipv4Value(text: string): bigint {
  return text.split(".").reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function ipv6Value(text: string): bigint | undefined {
  const [head = "", tail] = text.split("::");
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (!before || !after) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...new Array<bigint>(missing).fill(0n), ...after];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

/** The groups of one side of `::`; a dotted IPv4 address at the end counts as two. */
function groupsOf(text: string): bigint[] | undefined {
  if (text === "") return [];
  const groups = text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [group];
    const value = ipv4Value(group);
    return [(value >> 16n).toString(16), (value & 0xffffn).toString(16)];
  });
  return groups.every((group) => group.length <= 4) ? groups.map((group) => BigInt(`0x${group}`)) : undefined;
}
