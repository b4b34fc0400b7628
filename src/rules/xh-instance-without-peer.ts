import type { Fleet, Host, Member } from "../model/host.ts";
import { hostNames } from "./across/claims.ts";
import { everyMember, moved, overlap, teams } from "./across/teams.ts";
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
  bad: [
    {
      input: {
        "a.conf": file(instance(), headerMarked(second)),
        "b.conf": file(instance("priority 100")),
      },
    },
  ],
  good: [
    {
      "a.conf": file(instance(), second),
      "b.conf": file(instance("priority 100"), second.replace("150", "100")),
    },
    { "a.conf": file(instance()), "b.conf": file(second) },
  ],
  check(fleet, report) {
    if (!fleet.complete || fleet.hosts.some(({ uncertain }) => uncertain)) return;
    for (const member of everyMember(fleet)) {
      const mates = matesOf(fleet, member.host);
      if (mates.length === 0 || hasRelative(fleet, member) || moved(member.instance).length === 0) continue;
      report(
        member.instance.at,
        `${member.instance.name} exists on this host only: no other file has its addresses or its virtual_router_id. When this host dies, nobody takes ${moved(member.instance)[0]} over. Add the same instance, with a lower priority, to ${hostNames(mates)}.`,
      );
    }
  },
};

/** Other hosts that back this one up in some virtual router. */
function matesOf(fleet: Fleet, host: Host): readonly Member[] {
  return teams(fleet)
    .filter((team) => team.some((member) => member.host === host))
    .flatMap((team) => team.filter((member) => member.host !== host));
}

/** Whether any instance of another host has something in common, so that another rule has its say. */
function hasRelative(fleet: Fleet, { host, instance }: Member): boolean {
  return fleet.hosts.some(
    (other) =>
      other !== host &&
      other.instances.some(
        (twin) =>
          twin.uncertain ||
          twin.name === instance.name ||
          overlap(twin, instance) ||
          (twin.family === instance.family && twin.vrid?.value === instance.vrid?.value),
      ),
  );
}
