import type { Host, Member } from "../model/host.ts";
import { memberOn } from "./across/sync.ts";
import { type Team, teams } from "./across/teams.ts";
import { block, file, headerMarked, named } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const v4 = named("WEB");
const v6 = named("WEB6", "virtual_ipaddress {\n    fe80::51/64\n    fd00::100/64\n}");
const low = (text: string) => text.replaceAll("priority 150", "priority 100");
const group = block("vrrp_sync_group BOTH", block("group", "WEB", "WEB6"));

export const xhDualStackNotSynced: FleetRule = {
  id: "xh-dual-stack-not-synced",
  severity: "info",
  over: "fleet",
  summary: "The IPv4 and the IPv6 half of a service are not in one sync group.",
  why: "Each half moves on its own, so IPv4 may be on one host and IPv6 on another.",
  basis: "keepalived.conf(5), vrrp_sync_group; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(headerMarked(v4), v6),
        "b.conf": low(file(headerMarked(v4), v6)),
      },
    },
  ],
  good: () => [{ "a.conf": file(group, v4, v6), "b.conf": low(file(group, v4, v6)) }],
  check(fleet, report) {
    const all = teams(fleet);
    const ofFamily = (family: number) => all.filter(([one]) => one?.instance.family === family);
    const sixes = ofFamily(6);
    if (sixes.length === 0) return;
    const isPair = pairsOnInterfaces(all);
    for (const first of ofFamily(4).filter((team) => team.some(isPair)))
      for (const second of sixes) {
        for (const { host, instance } of first) {
          const twin = memberOn(second, host);
          if (
            !twin ||
            !isPair({ host, instance }) ||
            host.uncertain ||
            instance.group !== undefined ||
            twin.instance.group !== undefined
          )
            continue;
          if (twin.instance.interface?.value !== instance.interface?.value) continue;
          report(
            instance.at,
            `${instance.name} (IPv4) and ${twin.instance.name} (IPv6) on ${instance.interface?.value} move independently, so one may be on this host and the other on another. If they belong to one service, join them in a vrrp_sync_group on every host.`,
            { related: [{ at: twin.instance.at, message: `${twin.instance.name}, the IPv6 half` }] },
          );
        }
      }
  },
};

/** Whether an instance is one of the only two shared instances of its host on its interface. */
function pairsOnInterfaces(all: readonly Team[]): (member: Member) => boolean {
  const counts = new Map<Host, Map<string, number>>();
  for (const { host, instance } of all.flat()) {
    const name = instance.interface?.value;
    const byName = counts.get(host) ?? new Map<string, number>();
    counts.set(host, byName);
    if (name !== undefined) byName.set(name, (byName.get(name) ?? 0) + 1);
  }
  return ({ host, instance }) => {
    const name = instance.interface?.value;
    return name !== undefined && counts.get(host)?.get(name) === 2;
  };
}
