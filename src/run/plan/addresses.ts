/**
 * Lines of virtual_ipaddress, virtual_ipaddress_excluded and static_ipaddress as `ip address` lines (keepalived,
 * vrrp_ipaddress.c, alloc_ipaddress and netlink_ipaddress).
 */

import type { VirtualAddress } from "../../model/host.ts";
import { readWhole } from "../../model/numbers.ts";
import { bitsOf, parseAddress } from "../../schema/address.ts";
import { addressText } from "../../vrrp/address.ts";
import { ipLine } from "./ip-words.ts";
import { textsOf } from "./lines.ts";
import type { Resource } from "./types.ts";

interface Options {
  readonly peer: string | undefined;
  readonly broadcast: string | undefined;
  readonly scope: string | undefined;
  readonly label: string | undefined;
  readonly preferred: string | undefined;
  readonly flags: readonly string[];
  readonly tracked: boolean;
}

const flagNames = new Set(["home", "mngtmpaddr", "noprefixroute", "autojoin"]);
/** iproute2 takes these for IPv6 only; for IPv4 the kernel has no use for them. */
const sixOnly = new Set(["home", "mngtmpaddr"]);

/** An address on an interface, with all its options. */
export function addressResource(
  given: VirtualAddress,
  device: string,
  instances: readonly string[] = [],
): Resource {
  const { address, family } = given;
  const prefix = given.prefix ?? bitsOf(family);
  const options = optionsOf(given);
  const own = options.peer === undefined ? `${address}/${prefix}` : address;
  const peer = options.peer === undefined ? [] : ["peer", `${options.peer}/${prefix}`];
  return {
    kind: "address",
    family,
    key: ["address", own, ...peer, "dev", device].join(" "),
    add: ipLine("address", "replace", own, ...peer, ...more(options, family, prefix), "dev", device),
    remove: ipLine("address", "delete", own, ...peer, "dev", device),
    announcement: { interface: device, family, address },
    device,
    tracked: options.tracked,
    instances,
    at: given.at,
  };
}

/** Whether an address asks for a virtual MAC address of its own. */
export function wantsOwnMac({ statement }: VirtualAddress): boolean {
  return textsOf(statement).slice(1).includes("use_vmac");
}

function more(options: Options, family: 4 | 6, prefix: number): readonly string[] {
  if (family === 6) {
    const flags = options.flags.filter((flag) => flag !== "-nodad");
    const nodad = options.flags.includes("-nodad") ? [] : ["nodad"];
    const preferred = options.preferred ?? (prefix === 128 ? "0" : "forever");
    const lifetime = preferred === "forever" ? [] : ["valid_lft", "forever", "preferred_lft", preferred];
    return [...nodad, ...flags, ...lifetime];
  }
  const { broadcast, label } = options;
  return [
    ...(broadcast === undefined ? [] : ["broadcast", broadcast]),
    "scope",
    options.scope ?? "global",
    ...(label === undefined ? [] : ["label", label]),
    ...options.flags.filter((flag) => flag !== "-nodad" && !sixOnly.has(flag)),
  ];
}

/** The options of an address line; those that keepalived drops for its family are left to `more`. */
function optionsOf({ statement, address, family, prefix }: VirtualAddress): Options {
  const words = textsOf(statement).slice(1);
  const after = (...names: readonly string[]) => {
    const at = words.findIndex((word) => names.includes(word));
    return at === -1 ? undefined : words[at + 1];
  };
  const peer = peerOf(after("peer"), family);
  const preferred = after("preferred_lft");
  return {
    peer,
    broadcast: peer === undefined ? broadcastOf(after("broadcast", "brd"), address, prefix) : undefined,
    scope: after("scope"),
    label: after("label"),
    preferred: preferred === "forever" ? preferred : seconds(preferred),
    flags: words.filter((word) => flagNames.has(word) || word === "-nodad"),
    tracked: !words.includes("no_track"),
  };
}

function seconds(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return readWhole(text, { min: 0, max: 0xffffffff, tolerant: true })?.toString();
}

function peerOf(text: string | undefined, family: 4 | 6): string | undefined {
  const parsed = text === undefined ? undefined : parseAddress(text);
  const fits = parsed?.family === family && parsed.prefix === undefined && parsed.rangeEnd === undefined;
  return fits ? parsed.address : undefined;
}

/** `+` sets all host bits, `-` clears them; a network of one or two hosts has no broadcast address. */
function broadcastOf(text: string | undefined, address: string, prefix = 32): string | undefined {
  if (text !== "+" && text !== "-") return text;
  const value = parseAddress(address)?.value;
  if (value === undefined || prefix > 30) return undefined;
  const mask = (1n << BigInt(32 - prefix)) - 1n;
  const all = text === "+" ? value | mask : value - (value & mask);
  return addressText(Uint8Array.from([24n, 16n, 8n, 0n], (shift) => Number((all >> shift) & 0xffn)));
}
