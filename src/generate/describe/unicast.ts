/** Where unicast adverts come from, and what that says of the hosts' own addresses. */
import type { Member } from "../../model/host.ts";
import { parseAddress } from "../../schema/address.ts";
import type { HostIntent, Intent, RouterIntent } from "../intent.ts";
import { bare, isOutside } from "../networks.ts";
import type { NamedRouter } from "./meaning.ts";

/**
 * Every host's source, when each one sends to all others and to nobody else. A host without a written source sends from
 * the address at which all others expect it. Undefined for multicast and for anything else.
 */
export function meshOf({ members }: NamedRouter): ReadonlyMap<string, string> | undefined {
  if (!members.every(({ instance }) => instance.unicast)) return undefined;
  const sources = new Map(members.map((member) => [member.host.name, sourceOf(member, members)]));
  const whole = members.every(({ host, instance }) => {
    const others = [...sources].filter(([name]) => name !== host.name).map(([, source]) => source);
    const peers = instance.peers.map(({ address }) => address);
    const plain = instance.peers.every(({ statement }) => statement.words.length === 1);
    return plain && peers.length === others.length && others.every((each) => each && peers.includes(each));
  });
  const known = [...sources].flatMap(([name, source]): [string, string][] =>
    source ? [[name, source]] : [],
  );
  return whole && known.length === members.length ? new Map(known) : undefined;
}

function sourceOf({ host, instance }: Member, members: readonly Member[]): string | undefined {
  if (instance.source) return instance.source.value;
  const others = members.filter((member) => member.host !== host);
  const expected = (others[0]?.instance.peers ?? [])
    .map(({ address }) => address)
    .filter(
      (address) =>
        !instance.peers.some((peer) => peer.address === address) &&
        others.every((other) => other.instance.peers.some((peer) => peer.address === address)) &&
        !others.some((other) => other.instance.source?.value === address),
    );
  return expected.length === 1 ? expected[0] : undefined;
}

/**
 * The sources as the hosts' own addresses, which says it once for all routers, where each host has one of a family only
 * and nothing speaks against it; else the intent as it is.
 */
export function withHostAddresses(intent: Intent): Intent {
  const sources = intent.routers.flatMap(({ unicast }) => (unicast instanceof Map ? [unicast] : []));
  const hosts = intent.hosts.map((host): HostIntent => {
    const own = new Set(sources.flatMap((each: ReadonlyMap<string, string>) => each.get(host.name) ?? []));
    return { ...host, addresses: [...own] };
  });
  if (!hosts.every((host) => isPlain(host, intent.routers))) return intent;
  const routers = intent.routers.map((router) => ({ ...router, unicast: router.unicast && true }));
  return { ...intent, hosts, routers };
}

function isPlain(host: HostIntent, routers: readonly RouterIntent[]): boolean {
  const families = host.addresses.map((address) => parseAddress(address)?.family);
  const virtual = routers.flatMap(({ addresses }) => addresses);
  return (
    new Set(families).size === families.length &&
    !virtual.some((address) => isOutside(host, address) || host.addresses.includes(bare(address) ?? ""))
  );
}

/** Members whose source nobody wrote, with the one that a description names. */
export function unwrittenSources(
  routers: readonly NamedRouter[],
): readonly { readonly member: Member; readonly source: string }[] {
  return routers.flatMap((router) => {
    const mesh = meshOf(router);
    return router.members.flatMap((member) => {
      const source = mesh?.get(member.host.name);
      return source === undefined || member.instance.source ? [] : { member, source };
    });
  });
}
