/** Which network an address belongs to, as far as the intent tells. */
import { bitsOf, contains, isLinkLocal, type ParsedAddress, parseAddress } from "../schema/address.ts";
import type { HostIntent, Intent } from "./intent.ts";

/** A virtual address as files should have it: as written, with the prefix of its network where none is written. */
export function completeAddress(intent: Intent, written: string): string {
  const [plain = "", ...options] = written.trim().split(/\s+/);
  const address = parseAddress(plain);
  if (!address || address.prefix !== undefined) return [plain, ...options].join(" ");
  const prefix = prefixFor(intent, address);
  return [prefix === undefined ? plain : `${plain}/${prefix}`, ...options].join(" ");
}

/** The address at the start of a virtual address, which may have options behind it. */
function addressIn(written: string): ParsedAddress | undefined {
  return parseAddress(written.trim().split(/\s+/)[0] ?? "");
}

/** What every link-local network has (RFC 4291, section 2.5.6). */
const linkLocalPrefix = 64;

/** The prefix of the narrowest network that holds the address: of the hosts' networks, else of the virtual addresses'. */
function prefixFor(intent: Intent, address: ParsedAddress): number | undefined {
  const virtual = intent.routers.flatMap((router) => router.addresses);
  return (
    narrowest(
      intent.hosts.flatMap((host) => host.addresses),
      address,
    ) ??
    narrowest(virtual, address) ??
    (isLinkLocal(address) ? linkLocalPrefix : undefined)
  );
}

function narrowest(written: readonly string[], address: ParsedAddress): number | undefined {
  const prefixes = parsed(written)
    .filter((network) => isNetwork(network) && contains(network, address))
    .flatMap(({ prefix }) => prefix ?? []);
  return prefixes.length === 0 ? undefined : Math.max(...prefixes);
}

function parsed(written: readonly string[]): readonly ParsedAddress[] {
  return written.flatMap((text) => addressIn(text) ?? []);
}

function isNetwork({ family, prefix }: ParsedAddress): boolean {
  return prefix !== undefined && prefix < bitsOf(family);
}

/**
 * Whether a virtual address is in none of the networks that the host is known to be in. An address written with the
 * full length, `/32` or `/128`, is meant to be alone, and a link-local one is in every network.
 */
export function isOutside(host: HostIntent, written: string): boolean {
  const address = addressIn(written);
  if (!address || address.prefix === bitsOf(address.family) || isLinkLocal(address)) return false;
  const own = parsed(host.addresses).filter(({ family }) => family === address.family);
  return own.length > 0 && !own.some((each) => mayBeNeighbours(each, address));
}

function mayBeNeighbours(own: ParsedAddress, address: ParsedAddress): boolean {
  if (!isNetwork(own) && !isNetwork(address)) return true;
  return (isNetwork(own) && contains(own, address)) || (isNetwork(address) && contains(address, own));
}

/** The first address of a family that a host has, without prefix; preferably one in the network of `beside`. */
export function sourceOf(host: HostIntent, family: 4 | 6, beside: string | undefined): string | undefined {
  const own = parsed(host.addresses).filter((each) => each.family === family);
  const target = beside === undefined ? undefined : addressIn(beside);
  const near = target && own.find((each) => isNetwork(each) && contains(each, target));
  return (near ?? own[0])?.address;
}

/** An address without prefix and options in canonical text; undefined when it is none. */
export function bare(written: string): string | undefined {
  const address = addressIn(written);
  return address?.rangeEnd === undefined ? address?.address : undefined;
}

/** The family of a written address; undefined when it is none. */
export function familyOf(written: string): 4 | 6 | undefined {
  return addressIn(written)?.family;
}
