import type { Fix, Place } from "../diagnostic.ts";
import type { Fleet, Member } from "../model/host.ts";
import { ownerPriority } from "../model/instance.ts";
import { certain, hostNames } from "./across/claims.ts";
import { setKeyword } from "./across/edits.ts";
import { oneVrid, type Team, teams } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const unwritten = (state: string) => file(instance(`state ${state}`).replace("    priority 150\n", ""));

export const xhTwoAddressOwners: FleetRule = {
  id: "xh-two-address-owners",
  severity: "error",
  over: "fleet",
  summary: "More than one host has priority 255, which is for the one owner of the addresses.",
  why: "Every owner becomes MASTER at start without waiting. The hosts fight over the addresses until one of them gives way, and no weighted check can lower either.",
  basis: "RFC 9568 sections 5.2.4 and 6.4.1; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("priority «255»")),
        "b.conf": file(instance("priority «255»")),
      },
      fixed: { "a.conf": file(instance("priority 255")), "b.conf": file(instance("priority 254")) },
    },
    {
      input: { "a.conf": unwritten("«MASTER»"), "b.conf": unwritten("«MASTER»") },
      fixed: {
        "a.conf": unwritten("MASTER"),
        "b.conf": unwritten("MASTER").replace("{\n", "{\n    priority 254\n"),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance("priority 255")), "b.conf": file(instance("priority 254")) },
    { "a.conf": unwritten("MASTER"), "b.conf": unwritten("BACKUP") },
  ],
  check: eachTeam((team, report) => {
    const owners = ownersOf(team);
    if (owners.length < 2) return;
    const fixes = leaveOne(owners);
    for (const own of owners) {
      const others = owners.filter((other) => other !== own);
      const reason = own.instance.priority.written ? "" : " (state MASTER without a priority means 255)";
      report(
        placeOf(own),
        `The priority is 255 here${reason} and in ${hostNames(others)} too, but only one host can own the addresses. Each of them takes the addresses at once when it starts, and weighted checks have no effect. Give all hosts but one a priority of 254 or less.`,
        {
          related: others.map((other) => ({
            at: placeOf(other),
            message: `${other.host.shownAs} has 255 as well`,
          })),
          fixes,
        },
      );
    }
  }),
};

/** The owners of every virtual router that has more than one. */
export function manyOwners(fleet: Fleet): readonly (readonly Member[])[] {
  return teams(fleet)
    .map(ownersOf)
    .filter((owners) => owners.length > 1);
}

function ownersOf(team: Team): readonly Member[] {
  const owners = team.filter(
    (member) => member.instance.priority.value === ownerPriority && certain(member, member.instance.priority),
  );
  return owners.length > 1 && oneVrid(team) ? owners : [];
}

function placeOf({ instance }: Member): Place {
  return instance.priority.written ? instance.priority.at : instance.state.at;
}

function leaveOne(owners: readonly Member[]): readonly Fix[] {
  const changed = owners.slice(1).map((member, index) => ({ member, value: String(254 - index) }));
  const text = changed.map(({ member, value }) => `${value} in ${member.host.shownAs}`).join(", ");
  const edits = changed.map(({ member, value }) => setKeyword(member, "priority", value));
  return fix(`Set priority ${text}`, false, ...edits);
}
