/** Addresses as keepalived takes them, and the networks they lie in. */
import { bitsOf, isMulticast, parseAddress } from "../schema/address.ts";
import type { Statement } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import type { Family, RefusedAddress, VirtualAddress } from "./host.ts";

/** An address without prefix, in canonical text. */
export interface PlainAddress {
  readonly address: string;
  readonly family: Family;
}

/**
 * An address where keepalived wants one host: it cuts everything from the first `-`, else from the first `/`, before
 * it looks (lib/utils.c, inet_stosockaddr).
 */
export function readHostAddress(text: string): PlainAddress | undefined {
  const cut = text.includes("-") ? text.indexOf("-") : text.indexOf("/");
  return plain(cut === -1 ? text : text.slice(0, cut));
}

function plain(text: string): PlainAddress | undefined {
  const parsed = parseAddress(text);
  if (!parsed || parsed.prefix !== undefined || parsed.rangeEnd !== undefined) return undefined;
  return { address: parsed.address, family: parsed.family };
}

/** What a line of an address block gives: an address to move, or why there is none. */
export type AddressLine =
  | { readonly kept: VirtualAddress; readonly refused?: undefined }
  | { readonly kept?: undefined; readonly refused: RefusedAddress };

/** Reads a line of virtual_ipaddress, virtual_ipaddress_excluded or static_ipaddress. */
export function readAddressLine(statement: Statement): AddressLine | undefined {
  const word = statement.words[0];
  if (!word) return undefined;
  if (word.unknown) return refuse(word, statement, "unknown", undefined);
  const [text, prefixText] = splitPrefix(word.text);
  const address = plain(text);
  if (!address) return refuse(word, statement, "invalid", undefined);
  const options = readOptions(statement, address.family);
  if (!options) return refuse(word, statement, "option", address);
  const prefix = options.peerPrefix ?? readPrefix(prefixText, address.family);
  return { kept: { ...address, prefix, device: options.device, at: word.at, statement } };
}

/** The same line, refused because the address does not fit the instance. */
export function refuse(
  word: Word,
  statement: Statement,
  why: RefusedAddress["why"],
  address: PlainAddress | undefined,
): AddressLine {
  const { at } = word;
  return { refused: { why, address: address?.address, family: address?.family, at, statement } };
}

function splitPrefix(text: string): [string, string | undefined] {
  const slash = text.indexOf("/");
  return slash === -1 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}

/** A bad prefix is no reason to drop the address: keepalived then uses /32 or /128. */
function readPrefix(text: string | undefined, family: Family): number | undefined {
  if (text === undefined || !/^\s*\+?\d+/.test(text)) return undefined;
  const value = Number.parseInt(text, 10);
  return value <= bitsOf(family) ? value : undefined;
}

interface AddressOptions {
  readonly device: string | undefined;
  /** With `peer` the address is a single one, whatever its prefix says. */
  readonly peerPrefix: number | undefined;
}

/** Options that take a word; without it keepalived drops the address. */
const withValue = new Set([
  "dev",
  "scope",
  "broadcast",
  "brd",
  "label",
  "peer",
  "preferred_lft",
  "track_group",
]);
const longestLabel = 15;

/** The options of an address line, or undefined when keepalived drops the address because of one. */
function readOptions(statement: Statement, family: Family): AddressOptions | undefined {
  const words = statement.words.slice(1);
  let device: string | undefined;
  let peerPrefix: number | undefined;
  for (let index = 0; index < words.length; index++) {
    const option = words[index]?.text ?? "";
    if (!withValue.has(option)) continue;
    const value = words[++index];
    if (!value) return undefined;
    if (option === "dev" && device !== undefined) return undefined;
    if (option === "dev") device = value.text;
    if (option === "label" && value.text.length > longestLabel) return undefined;
    if ((option === "broadcast" || option === "brd") && !goodBroadcast(value.text, family)) return undefined;
    if (option === "peer" && plain(value.text)?.family === family) peerPrefix = bitsOf(family);
  }
  return { device, peerPrefix };
}

function goodBroadcast(text: string, family: Family): boolean {
  return family === 4 && (text === "+" || text === "-" || plain(text)?.family === 4);
}

/** Orders canonical addresses of one family by their bits, as the protocol does in a tie. */
export function compareAddresses(first: string, second: string): number {
  const [one, other] = [parseAddress(first)?.value ?? 0n, parseAddress(second)?.value ?? 0n];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A group for vrrp_mcast_group4 and vrrp_mcast_group6. */
export function isGroup({ address, family }: PlainAddress, wanted: Family): boolean {
  const parsed = parseAddress(address);
  return parsed !== undefined && family === wanted && isMulticast(parsed);
}

/** A group for mcast_dst_ip: IPv6 groups must have link-local scope there, ffx2::/16. */
export function isInstanceGroup(plainAddress: PlainAddress): boolean {
  if (!isGroup(plainAddress, plainAddress.family)) return false;
  if (plainAddress.family === 4) return true;
  const bits = parseAddress(plainAddress.address)?.value ?? 0n;
  return ((bits >> 112n) & 0xfn) === 2n;
}
