import type { Fleet, Host, Instance, Member } from "../model/host.ts";
import { hostNames } from "./across/claims.ts";
import { moved, teams } from "./across/teams.ts";
import { file, headerMarked, instance, named } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const second = named("VI_2", "virtual_router_id 52", "virtual_ipaddress {\n    10.0.0.110/24\n}");

export const xhInstanceWithoutPeer: FleetRule = {
  id: "xh-instance-without-peer",
  severity: "warning",
  over: "fleet",
  summary: "A virtual router exists on one host only, while its host shares others with a second host.",
  why: "When that host dies, nobody takes these addresses over.",
  basis: "Seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(), headerMarked(second)),
        "b.conf": file(instance("priority 100")),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(), second),
      "b.conf": file(instance("priority 100"), second.replace("150", "100")),
    },
    { "a.conf": file(instance()), "b.conf": file(second) },
  ],
  check(fleet, report) {
    for (const { member, mates } of lonely(fleet)) {
      report(
        member.instance.at,
        `${member.instance.name} exists on this host only: no other file has its addresses or its virtual_router_id. When this host dies, nobody takes ${moved(member.instance)[0]} over. Add the same instance, with a lower priority, to ${hostNames(mates)}.`,
      );
    }
  },
};

/** Instances of one host only, with the hosts that back that one up in all else. */
export function lonely(
  fleet: Fleet,
): readonly { readonly member: Member; readonly mates: readonly Member[] }[] {
  if (!fleet.complete || fleet.hosts.some(({ uncertain }) => uncertain)) return [];
  const alone: Member[] = [];
  for (const { members } of fleet.routers)
    for (const member of members) if (members.length === 1 && !member.instance.uncertain) alone.push(member);
  if (alone.length === 0) return [];
  const matesOf = new Map(fleet.hosts.map((host) => [host, matesOfHost(fleet, host)]));
  const hasRelative = relatives(fleet);
  return alone.flatMap((member) => {
    const mates = matesOf.get(member.host) ?? [];
    const isOwn = mates.length === 0 || hasRelative(member) || moved(member.instance).length === 0;
    return isOwn ? [] : [{ member, mates }];
  });
}

/** Other hosts that back this one up in some virtual router. */
function matesOfHost(fleet: Fleet, host: Host): readonly Member[] {
  return teams(fleet)
    .filter((team) => team.some((member) => member.host === host))
    .flatMap((team) => team.filter((member) => member.host !== host));
}

/** Whether any instance of another host has something in common, so that another rule has its say. */
function relatives(fleet: Fleet): (member: Member) => boolean {
  const signsByHost = fleet.hosts.map((host) => ({
    host,
    signs: new Set(host.instances.flatMap(signsOf)),
    unclear: host.instances.some(({ uncertain }) => uncertain),
  }));
  return ({ host, instance }) => {
    const own = signsOf(instance);
    return signsByHost.some(
      (other) => other.host !== host && (other.unclear || own.some((sign) => other.signs.has(sign))),
    );
  };
}

function signsOf(instance: Instance): readonly string[] {
  const { name, family, vrid } = instance;
  return [
    `name ${name}`,
    `number ${family} ${vrid?.value}`,
    ...moved(instance).map((one) => `address ${one}`),
  ];
}
