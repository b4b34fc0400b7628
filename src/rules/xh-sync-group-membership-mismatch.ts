import type { Fix, Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { groupedWith, groupOn, memberOn, type SharedRouters, sharingHosts } from "./across/sync.ts";
import type { Team } from "./across/teams.ts";
import { fix, insertBefore } from "./edits.ts";
import { block, file, headerMarked, named } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule } from "./types.ts";

const inside = (priority: number) => named("INSIDE", `priority ${priority}`);
const outside = (priority: number) =>
  named(
    "OUTSIDE",
    "interface eth1",
    "virtual_router_id 52",
    `priority ${priority}`,
    "virtual_ipaddress {\n    192.0.2.10/24\n}",
  );
const group = block("vrrp_sync_group BOTH", block("group", "INSIDE", "OUTSIDE"));

export const xhSyncGroupMembershipMismatch: FleetRule = {
  id: "xh-sync-group-membership-mismatch",
  severity: "error",
  over: "fleet",
  summary: "A sync group joins instances on one host that another host does not join.",
  why: "A group hands all its addresses over together. If the other host does not expect that, one network's failure leaves addresses on no host at all, or traffic comes in through one host and goes out through the other.",
  basis:
    "keepalived.conf(5), vrrp_sync_group; seen with running daemons, 2.2.7 and 2.4.3: the address of the failed network was lost.",
  bad: () => [
    {
      input: {
        "a.conf": file(group.replace("vrrp_sync_group BOTH", "«$&»"), inside(150), outside(150)),
        "b.conf": file(headerMarked(inside(100)), outside(100)),
      },
      fixed: {
        "a.conf": file(group, inside(150), outside(150)),
        "b.conf": file(group, inside(100), outside(100)).replace(
          "}\n\nvrrp_instance INSIDE",
          "}\nvrrp_instance INSIDE",
        ),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(group, inside(150), outside(150)),
      "b.conf": file(group.replace("INSIDE", "IN"), inside(100).replace("INSIDE", "IN"), outside(100)),
    },
  ],
  check(fleet, report) {
    for (const shared of sharingHosts(fleet))
      for (const difference of differences(shared)) {
        const fixes = copyGroup(difference);
        const sides = [difference, { ...difference, here: difference.there, there: difference.here }];
        for (const side of sides)
          report(placeOf(side.teams, side.here), message(side), {
            related: [
              {
                at: placeOf(side.teams, side.there),
                message: `${side.there.shownAs} ${tell(side.teams, side.there)}`,
              },
            ],
            fixes,
          });
      }
  },
};

interface Difference {
  readonly here: Host;
  readonly there: Host;
  /** The virtual routers that one of the two hosts joins and the other does not. */
  readonly teams: readonly Team[];
}

/** Sets of shared routers that are one group on one host and not on the other. */
function differences({ one, other, teams }: SharedRouters): readonly Difference[] {
  if (one.groups.length === 0 && other.groups.length === 0) return [];
  const found: Difference[] = [];
  const known = new Set<Team>();
  for (const team of teams) {
    const ours = groupedWith(team, teams, one);
    const theirs = groupedWith(team, teams, other);
    const same = ours.length === theirs.length && ours.every((each, index) => each === theirs[index]);
    const either = same ? [] : [...ours, ...theirs];
    if (same || either.some((each) => known.has(each))) continue;
    const joined = new Set(either);
    for (const each of joined) known.add(each);
    found.push({ here: one, there: other, teams: teams.filter((each) => joined.has(each)) });
  }
  return found;
}

function names(teams: readonly Team[], host: Host): readonly string[] {
  return teams.flatMap((team) => memberOn(team, host)?.instance.name ?? []);
}

function tell(teams: readonly Team[], host: Host): string {
  const joined = teams.filter((team) => groupOn(team, host));
  if (joined.length === 0) return `has no sync group for ${listed(names(teams, host))}`;
  const groups = [...new Set(joined.map((team) => groupOn(team, host)))];
  const texts = groups.map((group) => {
    const inIt = joined.filter((team) => groupOn(team, host) === group);
    return `${listed(names(inIt, host))} in ${group?.name}`;
  });
  return `joins ${texts.join(", ")}`;
}

function message({ here, there, teams }: Difference): string {
  return `This host ${tell(teams, here)}, but ${there.shownAs} ${tell(teams, there)}. When one network fails, the hosts disagree about who moves what: addresses may be on no host at all. Use the same vrrp_sync_group on every host.`;
}

/** The group's header on a host that has one, else the header of the first instance. */
function placeOf(teams: readonly Team[], host: Host): Place {
  const group = teams.map((team) => groupOn(team, host)).find((each) => each !== undefined);
  const [first] = teams.flatMap((team) => memberOn(team, host) ?? []);
  return group?.at ?? first?.instance.at ?? { file: host.file, span: { start: 0, end: 0 } };
}

/** Copies the group to the host that has none for any of these routers. */
function copyGroup({ here, there, teams }: Difference): readonly Fix[] {
  const bare = [here, there].find((host) => teams.every((team) => !groupOn(team, host)));
  const model = bare === here ? there : here;
  const groups = new Set(teams.map((team) => groupOn(team, model)));
  const [group] = groups;
  const first = bare?.instances[0];
  if (!bare || !first || !group || groups.size > 1 || bare.groups.some(({ name }) => name === group.name))
    return [];
  const members = names(teams, bare).map((name) => `        ${name}`);
  const text = [`vrrp_sync_group ${group.name} {`, "    group {", ...members, "    }", "}"].join("\n");
  return fix(
    `Copy vrrp_sync_group ${group.name} to ${bare.shownAs}`,
    false,
    insertBefore(bare, first.block, text),
  );
}
