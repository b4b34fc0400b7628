import type { Fix } from "../diagnostic.ts";
import type { Fleet, Host, Member } from "../model/host.ts";
import { setKeyword } from "./across/edits.ts";
import { standings } from "./across/election.ts";
import { groupedWith, groupOn, memberOn, type SharedRouters, sharingHosts } from "./across/sync.ts";
import type { Team } from "./across/teams.ts";
import { fix } from "./edits.ts";
import { block, file, named } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const inside = (priority: string) => named("INSIDE", `priority ${priority}`);
const outside = (priority: string) =>
  named(
    "OUTSIDE",
    "interface eth1",
    "virtual_router_id 52",
    `priority ${priority}`,
    "virtual_ipaddress {\n    192.0.2.10/24\n}",
  );
const dmz = (priority: string) =>
  named(
    "DMZ",
    "interface eth2",
    "virtual_router_id 53",
    `priority ${priority}`,
    "virtual_ipaddress {\n    198.51.100.10/24\n}",
  );
const group = block("vrrp_sync_group BOTH", block("group", "INSIDE", "OUTSIDE"));
const three = block("vrrp_sync_group ALL", block("group", "INSIDE", "OUTSIDE", "DMZ"));

export const xhSyncCrossedPriorities: FleetRule = {
  id: "xh-sync-crossed-priorities",
  severity: "error",
  over: "fleet",
  summary:
    "In one sync group, one host has the higher priority for some instances and another host for the rest.",
  why: "A group is MASTER only when all its members win, so it follows the loser. The hosts block each other: one discards the other's lower priority every second and never takes over, and older releases hold elections for ever.",
  basis: "keepalived.conf(5), vrrp_sync_group; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(group, inside("«150»"), outside("«100»")),
        "b.conf": file(group, inside("«100»"), outside("«150»")),
      },
      fixed: {
        "a.conf": file(group, inside("150"), outside("150")),
        "b.conf": file(group, inside("100"), outside("100")),
      },
    },
    {
      // Two against one: the one is the mistake.
      input: {
        "a.conf": file(three, inside("150"), outside("150"), dmz("«90»")),
        "b.conf": file(three, inside("100"), outside("100"), dmz("«100»")),
      },
      fixed: {
        "a.conf": file(three, inside("150"), outside("150"), dmz("100")),
        "b.conf": file(three, inside("100"), outside("100"), dmz("90")),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(group, inside("150"), outside("150")),
      "b.conf": file(group, inside("100"), outside("100")),
    },
    { "a.conf": file(inside("150"), outside("100")), "b.conf": file(inside("100"), outside("150")) },
  ],
  check(fleet, report) {
    if (fleet.hosts.every(({ groups }) => groups.length === 0)) return;
    for (const shared of sharingHosts(fleet))
      for (const crossed of crossings(shared)) {
        const { one, other } = shared;
        const wrong = deviating(crossed);
        const fixes = uncross(shared, wrong === crossed.ours ? crossed.ours : crossed.theirs);
        for (const team of wrong)
          for (const [host, rival] of [
            [one, other],
            [other, one],
          ] as const) {
            const [own, twin] = [memberOn(team, host), memberOn(team, rival)];
            if (!own || !twin) continue;
            report(own.instance.priority.at, message(own, twin, crossed, host === one), {
              related: [
                {
                  at: twin.instance.priority.at,
                  message: `${rival.shownAs} says ${twin.instance.priority.value} for ${twin.instance.name}`,
                },
              ],
              fixes,
            });
          }
      }
  },
};

interface Crossed {
  /** Grouped routers that the first host wins, and those that the second wins. */
  readonly ours: readonly Team[];
  readonly theirs: readonly Team[];
}

/** The routers that are won by the wrong host: the fewer ones, or all when it could be either. */
function deviating({ ours, theirs }: Crossed): readonly Team[] {
  if (ours.length === theirs.length) return [...ours, ...theirs];
  return ours.length < theirs.length ? ours : theirs;
}

/** The sync groups of a host, by name, that have another winner for one member than for the rest. */
export function crossedGroups(fleet: Fleet, host: Host): ReadonlySet<string> {
  if (host.groups.length === 0) return new Set();
  const names = sharingHosts(fleet)
    .filter(({ one, other }) => one === host || other === host)
    .flatMap(crossings)
    .flatMap(({ ours }) => ours.flatMap((team) => groupOn(team, host)?.name ?? []));
  return new Set(names);
}

/** Groups on both hosts whose members are won by different hosts. */
function crossings({ one, other, teams }: SharedRouters): readonly Crossed[] {
  const seen = new Set<Team>();
  return teams.flatMap((team) => {
    if (seen.has(team)) return [];
    const theirGroup = new Set(groupedWith(team, teams, other));
    const both = groupedWith(team, teams, one).filter((each) => theirGroup.has(each));
    for (const each of both) seen.add(each);
    if (both.length < 2) return [];
    const ours = both.filter((each) => lead(each, one, other) > 0);
    const theirs = both.filter((each) => lead(each, one, other) < 0);
    return ours.length > 0 && theirs.length > 0 ? [{ ours, theirs }] : [];
  });
}

/** By how much one host's priority exceeds the other's while all checks pass. */
function lead(team: Team, one: Host, other: Host): number {
  const all = standings(team) ?? [];
  const priority = (host: Host) => all.find(({ member }) => member.host === host)?.healthy ?? 0;
  return priority(one) - priority(other);
}

function message(own: Member, twin: Member, { ours, theirs }: Crossed, first: boolean): string {
  const [won, lost] = first ? [ours, theirs] : [theirs, ours];
  const nameIn = (teams: readonly Team[]) => teams[0] && memberOn(teams[0], own.host)?.instance.name;
  return `In sync group ${own.instance.group} this host has the higher priority for ${nameIn(won)}, but ${twin.host.shownAs} for ${nameIn(lost)}. A group moves as a whole and follows its loser, so the hosts block each other and may never take over. Give one host the higher priority for all members.`;
}

/** Gives the first host the second's priorities for the routers it should win too, and the other way round. */
function uncross({ one, other }: SharedRouters, theirs: readonly Team[]): readonly Fix[] {
  const edits = theirs.flatMap((team) => {
    const [a, b] = [memberOn(team, one), memberOn(team, other)];
    if (!a || !b || a.instance.trackers.length + b.instance.trackers.length > 0) return [undefined];
    return [
      setKeyword(a, "priority", String(b.instance.priority.value)),
      setKeyword(b, "priority", String(a.instance.priority.value)),
    ];
  });
  const names = theirs.flatMap((team) => memberOn(team, one)?.instance.name ?? []);
  return fix(
    `Exchange the priorities of ${names.join(", ")} between ${one.shownAs} and ${other.shownAs}`,
    false,
    ...edits,
  );
}
