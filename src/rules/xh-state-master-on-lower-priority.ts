import { hostNames } from "./across/claims.ts";
import { standings, tracksUndefined } from "./across/election.ts";
import { eachTeam } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { lineOf } from "./support.ts";
import type { FleetRule } from "./types.ts";

export const xhStateMasterOnLowerPriority: FleetRule = {
  id: "xh-state-master-on-lower-priority",
  severity: "info",
  over: "fleet",
  summary: "state MASTER is on a host that does not have the highest priority.",
  why: "state says only how a host starts; the priority decides who is master. A host that starts as MASTER with a lower priority holds the addresses for a moment and gives them up again, and readers of the file expect another master.",
  basis: "RFC 9568 section 6.4.3; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("state BACKUP")),
        "b.conf": file(instance("state «MASTER»", "priority 100")),
      },
      fixed: {
        "a.conf": file(instance("state BACKUP")),
        "b.conf": file(instance("state BACKUP", "priority 100")),
      },
    },
    {
      input: {
        "a.conf": file(instance("state MASTER")),
        "b.conf": file(instance("state «MASTER»", "priority 100")),
      },
      fixed: {
        "a.conf": file(instance("state MASTER")),
        "b.conf": file(instance("state BACKUP", "priority 100")),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance("state MASTER")),
      "b.conf": file(instance("state BACKUP", "priority 100")),
    },
  ],
  check: eachTeam((team, report) => {
    const all = team.some(tracksUndefined) ? [] : (standings(team) ?? []);
    const tops = all.filter(({ healthy }) => healthy === all[0]?.healthy).map(({ member }) => member);
    const lower = all.map(({ member }) => member).filter((member) => !tops.includes(member));
    for (const { instance } of lower) {
      if (!instance.state.written || instance.state.value !== "MASTER" || !instance.priority.written)
        continue;
      report(
        instance.state.at,
        `This host starts as MASTER, but ${hostNames(tops)} has the higher priority and becomes master in the end. Use state BACKUP here; the priority decides.`,
        {
          related: tops.map((top) => ({
            at: top.instance.priority.at,
            message: `${top.host.shownAs} has priority ${top.instance.priority.value}`,
          })),
          fixes: fix("Write state BACKUP", false, replaceWord(lineOf(instance, "state")?.words[1], "BACKUP")),
        },
      );
    }
  }),
};
