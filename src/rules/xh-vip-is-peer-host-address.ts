import type { Place } from "../diagnostic.ts";
import type { Fleet, Host } from "../model/host.ts";
import { uniquePlaces } from "./across/claims.ts";
import { movedOn } from "./across/moved.ts";
import { addressesOf, peersOf } from "./across/teams.ts";
import { file, instance } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule } from "./types.ts";

const unicast = (source: string, peer: string) => [
  `unicast_src_ip ${source}`,
  `unicast_peer {\n    ${peer}\n}`,
];
const peer = (address: string) => `unicast_peer {\n    ${address}\n}`;
const list = (line: string) => `virtual_ipaddress {\n    10.0.0.100/24\n    ${line}\n}`;

export const xhVipIsPeerHostAddress: FleetRule = {
  id: "xh-vip-is-peer-host-address",
  severity: "error",
  over: "fleet",
  summary: "A virtual address is another host's own address.",
  why: "The MASTER answers for the address while its real owner is alive: two machines have it. If the owner runs the same instance, keepalived deletes the address there at start, the host drops off the network and the instance goes to FAULT.",
  basis: "Seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(...unicast("10.0.0.1", "10.0.0.2"), list("«10.0.0.2/24»"))),
        "b.conf": file(instance(...unicast("«10.0.0.2»", "10.0.0.1"), "priority 100", list("10.0.0.2/24"))),
      },
    },
    {
      input: {
        "a.conf": file(instance(peer("10.0.0.2"), list("«10.0.0.2/24»"))),
        "b.conf": file(instance(peer("10.0.0.1"), "priority 100", list("«10.0.0.2/24»"))),
      },
    },
  ],
  good: () => [
    // No machine has it: a.conf lists the virtual address as its peer, which another rule reports.
    {
      "a.conf": file(instance(...unicast("10.0.0.1", "10.0.0.100"))),
      "b.conf": file(instance(...unicast("10.0.0.2", "10.0.0.1"), "priority 100")),
    },
    {
      "a.conf": file(instance(...unicast("10.0.0.1", "10.0.0.2"), list("10.0.0.20/24"))),
      "b.conf": file(instance(...unicast("10.0.0.2", "10.0.0.1"), "priority 100", list("10.0.0.20/24"))),
    },
  ],
  check(fleet, report) {
    const owned = realAddresses(fleet);
    if (owned.size === 0) return;
    const taken = fleet.hosts.flatMap((host) =>
      host.instances
        .flatMap(({ addresses, excluded }) => [...addresses, ...excluded])
        .flatMap(({ address, at }) => {
          const all = owned.get(address) ?? [];
          const owners = all.filter((own) => own.peer || own.host !== host);
          return owners.length > 0 ? [{ host, address, at, owners: uniquePlaces(owners) }] : [];
        }),
    );
    for (const { address, at, owners } of uniquePlaces(taken))
      report(
        at,
        `${address} is not free: ${listed(owners.map((owner) => `in ${owner.host.shownAs} it is ${owner.what}`))}. The MASTER takes it while the other host still has it, and that host loses its own address when its keepalived starts. Choose an address that no machine has.`,
        {
          related: owners.map((owner) => ({ at: owner.at, message: `${owner.host.shownAs}: ${owner.what}` })),
        },
      );
    for (const owner of uniquePlaces(taken.flatMap(({ owners }) => owners))) {
      const users = taken.filter(({ owners }) => owners.includes(owner));
      // A host that lists one address as peer and as its own virtual one is told where the virtual one stands.
      if (owner.peer && users.some(({ host }) => host === owner.host)) continue;
      report(
        owner.at,
        `${owner.address} is ${owner.what}, but ${listed([...new Set(users.map(({ host }) => host.shownAs))])} moves it as a virtual address. Two machines then have it, and ${owner.peer ? "its owner" : "this one"} loses it when its keepalived starts. Choose another virtual address.`,
        {
          related: users.map(({ at, host }) => ({
            at,
            message: `${host.shownAs} lists it as a virtual address`,
          })),
        },
      );
    }
  },
};

interface Owned {
  readonly address: string;
  readonly at: Place;
  readonly host: Host;
  readonly what: string;
  /** Known only because a host sends its adverts there. */
  readonly peer: boolean;
}

/**
 * Whether a unicast peer that is a virtual address too is a machine's address and not a slip in the list of peers:
 * another host has it, or the other hosts of the virtual address do not say which addresses they have, so that the peers
 * are all that is known.
 */
export function isHostAddress(fleet: Fleet, host: Host, peer: string): boolean {
  const moves = (one: Host) => movedOn(one).numbers.has(peer);
  if (!moves(host)) return true;
  const others = fleet.hosts.filter((other) => other !== host);
  if (others.some((other) => addressesOf(other).has(peer))) return true;
  const partners = others.filter(moves);
  return partners.length > 0 && partners.every(({ ownAddresses }) => ownAddresses.length === 0);
}

/** Virtual addresses that the files say belong to a machine: own ones first, then peers that no file claims. */
function realAddresses(fleet: Fleet): ReadonlyMap<string, readonly Owned[]> {
  // A host has few addresses of its own and few peers, whatever the number of its instances.
  const real = new Set(fleet.hosts.flatMap((host) => [...addressesOf(host), ...peersOf(host)]));
  const virtual = new Set(
    [...real].filter((one) => fleet.hosts.some((host) => movedOn(host).numbers.has(one))),
  );
  if (virtual.size === 0) return new Map();
  const isVirtual = (address: string) => virtual.has(address);
  const own = fleet.hosts.flatMap((host) =>
    host.ownAddresses
      .filter(({ address }) => isVirtual(address))
      .map(({ address, at }) => ({ address, at, host, what: "the host's own address", peer: false })),
  );
  const claimed = new Set(own.map(({ address }) => address));
  const peers = fleet.hosts.flatMap((host) =>
    host.instances
      .flatMap(({ peers }) => peers)
      .filter(({ address }) => isVirtual(address) && !claimed.has(address))
      .filter(({ address }) => isHostAddress(fleet, host, address))
      .map(({ address, at }) => ({ address, at, host, what: "a unicast peer", peer: true })),
  );
  const found = new Map<string, Owned[]>();
  for (const one of [...own, ...peers]) {
    const alike = found.get(one.address);
    if (alike) alike.push(one);
    else found.set(one.address, [one]);
  }
  return found;
}
