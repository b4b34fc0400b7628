/** How sync groups of different hosts join the same virtual routers. */
import type { Fleet, Host, Member, SyncGroup } from "../../model/host.ts";
import { groupOf } from "./election.ts";
import { pairs, type Team, teams } from "./teams.ts";

/** Two hosts, and the virtual routers they share. */
export interface SharedRouters {
  readonly one: Host;
  readonly other: Host;
  readonly teams: readonly Team[];
}

/** Every two hosts that share more than one virtual router, if nothing of their groups is unknown. */
export function sharingHosts(fleet: Fleet): readonly SharedRouters[] {
  const before = known.get(fleet);
  if (before) return before;
  const found = sharing(fleet);
  known.set(fleet, found);
  return found;
}

const known = new WeakMap<Fleet, readonly SharedRouters[]>();

function sharing(fleet: Fleet): readonly SharedRouters[] {
  return pairs(fleet.hosts).flatMap(([one, other]) => {
    const shared = teams(fleet).filter((team) => memberOn(team, one) && memberOn(team, other));
    const unknown = [one, other].some(
      (host) => host.uncertain || host.groups.some((group) => group.uncertain),
    );
    return shared.length > 1 && !unknown ? [{ one, other, teams: shared }] : [];
  });
}

/** A team's member on a host. */
export function memberOn(team: Team, host: Host): Member | undefined {
  return team.find((member) => member.host === host);
}

/** The group that a host puts a team's member in. */
export function groupOn(team: Team, host: Host): SyncGroup | undefined {
  const member = memberOn(team, host);
  return member && groupOf(member);
}

/** Of some teams those that a host groups with this one, itself included; one list for all of a group. */
export function groupedWith(team: Team, all: readonly Team[], host: Host): readonly Team[] {
  const group = groupOn(team, host);
  return (group && groupsAmong(all, host).get(group)) ?? [team];
}

const groupings = new WeakMap<readonly Team[], Map<Host, ReadonlyMap<SyncGroup, readonly Team[]>>>();

function groupsAmong(all: readonly Team[], host: Host): ReadonlyMap<SyncGroup, readonly Team[]> {
  const byHost = groupings.get(all) ?? new Map<Host, ReadonlyMap<SyncGroup, readonly Team[]>>();
  groupings.set(all, byHost);
  const before = byHost.get(host);
  if (before) return before;
  const found = new Map<SyncGroup, Team[]>();
  for (const team of all) {
    const group = groupOn(team, host);
    const others = group && found.get(group);
    if (others) others.push(team);
    else if (group) found.set(group, [team]);
  }
  byHost.set(host, found);
  return found;
}
