import type { Host, Instance } from "../model/host.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance, named } from "./examples.ts";
import type { FileRule } from "./types.ts";

const addresses = block("virtual_ipaddress", "10.0.0.101/24");
const other = (...lines: string[]) => named("VI_2", ...lines, addresses);

export const vrrpVridDuplicateOnInterface: FileRule = {
  id: "vrrp-vrid-duplicate-on-interface",
  severity: "error",
  over: "file",
  summary: "Two instances use the same virtual_router_id on one interface.",
  why: "Adverts of the two could not be told apart. keepalived's VRRP process ends for good, and every instance on the host is down.",
  basis: "keepalived/vrrp/vrrp.c, check_vrid_conflicts (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(instance(), other("virtual_router_id «51»")),
      fixed: file(instance(), other("virtual_router_id 52")),
    },
  ],
  good: () => [
    file(instance(), other("virtual_router_id 52")),
    file(instance(), other("interface eth1", "virtual_router_id 52")),
    file(instance(), named("VI_2", "priority 100", block("virtual_ipaddress", "fe80::100/64"))),
  ],
  check(host, report) {
    // Most numbers are one instance's alone, and lists for them would be most of the work.
    const alike = new Map<number, Instance | Instance[]>();
    for (const instance of host.instances) {
      const { vrid, family } = instance;
      if (!vrid) continue;
      const key = 256 * family + vrid.value;
      const known = alike.get(key);
      if (!known) alike.set(key, instance);
      if (!known) continue;
      const before = Array.isArray(known) ? known : [known];
      const clash = before.find((earlier) => collide(earlier, instance));
      before.push(instance);
      alike.set(key, before);
      if (!clash?.vrid) continue;
      const free = nextFree(host, vrid.value);
      report(
        vrid.at,
        `${instance.name} and ${clash.name} both use virtual_router_id ${vrid.value} on ${instance.interface?.value}. keepalived refuses that: its VRRP process ends, and all instances of this host are down. Give one of them another number, the same on all hosts.`,
        {
          related: [{ at: clash.vrid.at, message: `${clash.name} uses it here` }],
          fixes: fix(`Write ${free}`, false, replaceWord(vrid.statement?.words[1], String(free))),
        },
      );
    }
  },
};

/** Unicast and multicast are separate, and so are multicast groups; unicast instances clash when they share a peer. */
function collide(one: Instance, other: Instance): boolean {
  if (!one.interface || one.interface.value !== other.interface?.value) return false;
  const spots = [one.interface, other.interface, one.multicastGroup, other.multicastGroup];
  if (spots.some((spot) => spot.unknown)) return false;
  if (!one.vrid || one.vrid.value !== other.vrid?.value || one.family !== other.family) return false;
  if (one.unicast !== other.unicast) return false;
  if (!one.unicast) return one.multicastGroup.value === other.multicastGroup.value;
  const sources = one.source?.value === other.source?.value;
  return sources && one.peers.some((peer) => other.peers.some((theirs) => theirs.address === peer.address));
}

/** The next number that no instance of the host uses. */
function nextFree(host: Host, vrid: number): number {
  const used = new Set(host.instances.map((each) => each.vrid?.value));
  const following = Array.from({ length: 254 }, (_, step) => ((vrid + step) % 255) + 1);
  return following.find((candidate) => !used.has(candidate)) ?? vrid;
}
