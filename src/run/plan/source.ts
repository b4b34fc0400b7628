/** From which address an instance sends (keepalived, vrrp.c, set_vrrp_src_addr; keepalived_netlink.c). */
import type { Host, Instance } from "../../model/host.ts";
import { addressText } from "../../vrrp/address.ts";
import type { Ground, Interface } from "../ports.ts";

/** The address, or in words why there is none. */
export type Source = { readonly address: string } | { readonly lacks: string };

/**
 * Where the file names no source: the first IPv4 address of the interface, or its first link-local one for IPv6.
 * Virtual addresses that a run before may have left behind do not count.
 */
export function sourceOf(host: Host, instance: Instance, ground: Ground): Source {
  const name = instance.interface?.value;
  const given = name === undefined ? undefined : ground.get(name);
  if (name !== undefined && !given) return { lacks: `${name} does not exist` };
  if (instance.source) return { address: instance.source.value };
  if (!given) return { lacks: "neither an interface nor a source address is named" };
  const found = firstAddress(given, instance, virtualAddresses(host));
  if (found !== undefined) return { address: found };
  if (instance.family === 4) return { lacks: `${given.name} has no IPv4 address` };
  const made = instance.vmac.value ? linkLocal(given.mac) : undefined;
  if (made !== undefined) return { address: made };
  const off = speaksSix(ground) ? "" : " (nor has any other an IPv6 address: IPv6 may be off on this host)";
  return { lacks: `${given.name} has no IPv6 link-local address${off}` };
}

/** Where IPv6 is off, or not in the kernel, not even the loopback interface has an address. */
function speaksSix(ground: Ground): boolean {
  return [...ground.values()].some(({ addresses }) => addresses.some(({ family }) => family === 6));
}

function firstAddress(
  { addresses }: Interface,
  { family }: Instance,
  taken: ReadonlySet<string>,
): string | undefined {
  const fitting = addresses.filter((one) => one.family === family && !taken.has(one.address));
  return fitting.find(({ address }) => family === 4 || isLinkLocal(address))?.address;
}

function virtualAddresses({ instances }: Host): ReadonlySet<string> {
  return new Set(
    instances.flatMap(({ addresses, excluded }) => [...addresses, ...excluded].map(({ address }) => address)),
  );
}

/** fe80::/10. */
export function isLinkLocal(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/i.test(address);
}

/** The address that an interface with this MAC address gives itself (RFC 4291, appendix A). */
export function linkLocal(mac: string | undefined): string | undefined {
  const bytes = mac?.split(":").map((octet) => Number.parseInt(octet, 16)) ?? [];
  const [first, second, third, ...last] = bytes;
  if (bytes.length !== 6 || first === undefined || second === undefined || third === undefined) {
    return undefined;
  }
  const host = [first ^ 0x02, second, third, 0xff, 0xfe, ...last];
  return addressText(Uint8Array.from([0xfe, 0x80, 0, 0, 0, 0, 0, 0, ...host]));
}
