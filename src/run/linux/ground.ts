/** The machine's network as `ip -json address` tells it. Pure. */
import { addressBytes, addressText } from "../../vrrp/address.ts";
import type { Ground, GroundEvent, Interface } from "../ports.ts";

interface LinkJson {
  readonly ifindex: number;
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly mtu: number;
  readonly link_type?: string;
  readonly address?: string;
  readonly addr_info?: readonly {
    readonly family: string;
    readonly local?: string;
    readonly prefixlen: number;
    readonly scope?: string;
  }[];
}

/** Reads what `ip -json address` prints. */
export function groundOf(json: string): Ground {
  const links: readonly Partial<LinkJson>[] = json.trim() === "" ? [] : JSON.parse(json);
  // Interfaces that the kernel hides are empty objects.
  const whole = links.filter((link): link is LinkJson => link.ifname !== undefined);
  return new Map(whole.map((link) => [link.ifname, interfaceOf(link)]));
}

function interfaceOf(link: LinkJson): Interface {
  return {
    name: link.ifname,
    index: link.ifindex,
    mac: link.link_type === "ether" ? link.address : undefined,
    mtu: link.mtu,
    up: isUp(link.flags),
    addresses: (link.addr_info ?? []).flatMap(({ family, local, prefixlen, scope }) => {
      if (local === undefined) return [];
      const address = canonical(local);
      return [{ family: family === "inet6" ? 6 : 4, address, prefix: prefixlen, scope: scope ?? "global" }];
    }),
  };
}

/** Set up, and running: `ip` writes NO-CARRIER for an interface that is up and not running. */
export function isUp(flags: readonly string[]): boolean {
  return flags.includes("UP") && !flags.includes("NO-CARRIER");
}

/** An address as addressText of src/vrrp/ writes it. */
export function canonical(address: string): string {
  return addressText(addressBytes(address));
}

type Address = Interface["addresses"][number];

/** The same address with another prefix is another one. */
const addressKey = ({ address, prefix }: Address) => `${address}/${prefix}`;

/** What has to be told so that who knew `before` knows `after`. */
export function differences(before: Ground, after: Ground): readonly GroundEvent[] {
  const gone = [...before.values()].filter(({ name, index }) => after.get(name)?.index !== index);
  return [
    ...gone.map(({ name }): GroundEvent => ({ what: "interface-gone", name })),
    ...[...after.values()].flatMap((now) => {
      const old = before.get(now.name);
      return changes(old?.index === now.index ? old : undefined, now);
    }),
  ];
}

function changes(old: Interface | undefined, now: Interface): readonly GroundEvent[] {
  const about = (gone: boolean) => (address: Address) => addressEvent(now.name, address, gone);
  const same = old && old.up === now.up && old.mac === now.mac && old.mtu === now.mtu;
  const missing = (from: readonly Address[], among: readonly Address[]) => {
    const keys = new Set(among.map(addressKey));
    return from.filter((each) => !keys.has(addressKey(each)));
  };
  return [
    ...(same ? [] : [{ what: "interface", interface: now } as const]),
    ...missing(old?.addresses ?? [], now.addresses).map(about(true)),
    ...missing(now.addresses, old?.addresses ?? []).map(about(false)),
  ];
}

/** An address that came or went. */
export function addressEvent(
  name: string,
  { family, address, prefix }: Omit<Address, "scope">,
  gone: boolean,
): GroundEvent {
  return { what: "address", gone, interface: name, family, address, prefix };
}
