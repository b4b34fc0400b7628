import type { Edit } from "../diagnostic.ts";
import type { Fleet, Member } from "../model/host.ts";
import { networkRelation, nodeOf } from "../model/kinship.ts";
import { setKeyword } from "./across/edits.ts";
import { components, everyMember, overlap, pairsSharing, teamOf } from "./across/teams.ts";
import { fix } from "./edits.ts";
import { file, named } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule } from "./types.ts";

const web = (vrid: string) => file(named("WEB", `virtual_router_id ${vrid}`));
const mail = (vrid: string) =>
  file(named("MAIL", `virtual_router_id ${vrid}`, "virtual_ipaddress {\n    10.0.0.200/24\n}"));

export const xhVridUsedByOtherCluster: FleetRule = {
  id: "xh-vrid-used-by-other-cluster",
  severity: "error",
  over: "fleet",
  summary: "Two clusters in one network use the same virtual_router_id.",
  why: "Every host in the network hears every advert. keepalived 2.3.3 and newer take the other cluster's adverts for their own, so one cluster gives up and its address is on no host at all; older releases reject each advert and fill the log.",
  basis: "RFC 9568 section 7.1; seen with running daemons, four hosts, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: { "a.conf": web("«51»"), "b.conf": mail("«51»") },
      fixed: { "a.conf": web("51"), "b.conf": mail("52") },
    },
  ],
  good: () => [
    { "a.conf": web("51"), "b.conf": mail("52") },
    { "a.conf": web("51"), "b.conf": mail("51").replace("10.0.0.200", "192.168.7.200") },
    {
      "a.conf": web("51"),
      "b.conf": mail("51").replace(
        "    virtual_ipaddress",
        "    mcast_dst_ip 224.0.0.19\n    virtual_ipaddress",
      ),
    },
  ],
  check(fleet, report) {
    const numberOf = ({ instance: { family, vrid } }: Member) => (vrid ? [`${family} ${vrid.value}`] : []);
    const heard = everyMember(fleet).filter(
      ({ instance }) => !instance.unicast && instance.addresses.length > 0,
    );
    const collisions = pairsSharing(heard, numberOf).filter((pair) => collide(fleet, ...pair));
    if (collisions.length === 0) return;
    const involved = [...new Set(collisions.flat())];
    const clusters = components(involved, (a, b) => inOneTeam(fleet, a, b));
    const free = freeNumbers(fleet);
    for (const own of involved) {
      const others = collisions.flatMap((pair) =>
        pair.includes(own) ? pair.filter((one) => one !== own) : [],
      );
      const touched = clusters.filter(
        (cluster) => cluster.includes(own) || others.some((one) => cluster.includes(one)),
      );
      if (!own.instance.vrid) continue;
      report(own.instance.vrid.at, message(own, others), {
        related: others.map(({ host, instance }) => ({
          at: instance.vrid?.at ?? instance.at,
          message: `${host.shownAs} uses ${instance.vrid?.value} for ${instance.addresses[0]?.address}`,
        })),
        fixes: renumber(fleet, touched.slice(1), free),
      });
    }
  },
};

function message(own: Member, others: readonly Member[]): string {
  const names = listed(others.map(({ host, instance }) => `${instance.name} in ${host.shownAs}`));
  return `virtual_router_id ${own.instance.vrid?.value} is also used by ${names}, with other addresses in the same network. Each cluster hears the other's adverts: from keepalived 2.3.3 on one of them gives up its addresses, older releases log an error for every advert. Give one cluster a free number, or list the same addresses if the hosts belong together.`;
}

/** Whether two instances are no team but hear each other's adverts under one number. */
function collide(fleet: Fleet, one: Member, other: Member): boolean {
  const [a, b] = [one.instance, other.instance];
  if (one.host === other.host || a.family !== b.family || !a.vrid || a.vrid.value !== b.vrid?.value)
    return false;
  if (a.unicast || b.unicast || a.multicastGroup.value !== b.multicastGroup.value) return false;
  if (a.addresses.length === 0 || b.addresses.length === 0 || overlap(a, b)) return false;
  return (
    networkRelation(nodeOf(one, 0), nodeOf(other, 0)) === "same" &&
    !inOneTeam(fleet, one, other) &&
    !onOneHost(fleet, one, other)
  );
}

function inOneTeam(fleet: Fleet, one: Member, other: Member): boolean {
  return teamOf(fleet, one.instance)?.some(({ instance }) => instance === other.instance) ?? false;
}

/** Whether both routers also meet on some host, which then keeps them apart by interface or cannot start at all. */
function onOneHost(fleet: Fleet, one: Member, other: Member): boolean {
  const hostsOf = (member: Member) =>
    teamOf(fleet, member.instance)?.map(({ host }) => host) ?? [member.host];
  const theirs = new Set(hostsOf(other));
  return hostsOf(one).some((host) => theirs.has(host));
}

/** Every number that no instance has. */
function freeNumbers(fleet: Fleet): readonly number[] {
  const used = new Set(fleet.hosts.flatMap((host) => host.instances.map(({ vrid }) => vrid?.value)));
  return Array.from({ length: 255 }, (_, index) => index + 1).filter((number) => !used.has(number));
}

/** Gives clusters the next free numbers, on all their hosts. */
function renumber(fleet: Fleet, clusters: readonly (readonly Member[])[], free: readonly number[]) {
  const after = clusters[0]?.[0]?.instance.vrid?.value ?? 0;
  const numbers = [...free.filter((number) => number > after), ...free];
  const moves = clusters.flatMap((cluster, index) => {
    const members = new Set(cluster.flatMap((member) => teamOf(fleet, member.instance) ?? [member]));
    return [...members].map((member) => ({ member, number: numbers[index] }));
  });
  const edits = moves.map(({ member, number }): Edit | undefined =>
    number === undefined ? undefined : setKeyword(member, "virtual_router_id", String(number)),
  );
  const title = listed(moves.map(({ member, number }) => `${number} in ${member.host.shownAs}`));
  return fix(`Set virtual_router_id ${title}`, false, ...edits);
}
