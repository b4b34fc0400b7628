import type { Edit, Fix } from "../diagnostic.ts";
import { ownerPriority } from "../model/instance.ts";
import { hostNames } from "./across/claims.ts";
import { setKeyword } from "./across/edits.ts";
import { type Standing, standings } from "./across/election.ts";
import { eachTeam } from "./each.ts";
import { fix } from "./edits.ts";
import { block, file, headerMarked, instance, script, secured } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const tracked = (weight: number) => block("track_script", `chk weight ${weight}`);

export const xhPriorityTie: FleetRule = {
  id: "xh-priority-tie",
  severity: "warning",
  over: "fleet",
  summary: "Two hosts have the same priority for one virtual router.",
  why: "Priority is what makes one host the master. With equal priorities the host that comes first stays master, and when both start at once the higher IP address wins; after a network break the address may stay on either.",
  basis: "RFC 9568 section 6.4.3; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("priority «150»")),
        "b.conf": file(instance("priority «150»")),
      },
      fixed: { "a.conf": file(instance("priority 150")), "b.conf": file(instance("priority 140")) },
    },
    {
      input: {
        "a.conf": file(instance("priority «100»")),
        "b.conf": file(headerMarked(instance().replace("    priority 150\n", ""))),
      },
      fixed: {
        "a.conf": file(instance("priority 100")),
        "b.conf": file(instance().replace("    priority 150\n", "").replace("{\n", "{\n    priority 90\n")),
      },
    },
    {
      input: {
        "a.conf": file(secured, script(), instance("priority «100»", tracked(20))),
        "b.conf": file(instance("priority «120»")),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance("priority 150")), "b.conf": file(instance("priority 149")) },
    {
      "a.conf": file(secured, script(), instance("priority 100", tracked(20))),
      "b.conf": file(instance("priority 100")),
    },
  ],
  check: eachTeam((team, report) => {
    const all = standings(team) ?? [];
    for (const tied of ties(all)) {
      const fixes = lower(tied, all);
      for (const own of tied) {
        const others = tied.filter((other) => other !== own);
        report(own.member.instance.priority.at, message(own, others), {
          related: others.map(({ member }) => ({
            at: member.instance.priority.at,
            message: `${member.host.shownAs} has the same priority`,
          })),
          fixes,
        });
      }
    }
  }),
};

function ties(all: readonly Standing[]): readonly (readonly Standing[])[] {
  const priorities = [...new Set(all.map(({ healthy }) => healthy))].filter(
    (value) => value !== ownerPriority,
  );
  return priorities
    .map((value) => all.filter(({ healthy }) => healthy === value))
    .filter(({ length }) => length > 1);
}

function message({ healthy, base, member }: Standing, others: readonly Standing[]): string {
  const spot = member.instance.priority;
  const origin =
    healthy === base ? (spot.written ? "" : " (the default)") : " (with all weighted checks passing)";
  return `The priority is ${healthy} here${origin} and in ${hostNames(others.map((other) => other.member))} too. Nothing then says which host is to be master: the first one up stays, and at a simultaneous start the higher IP address wins. Give each host a priority of its own.`;
}

/** Lowers all but one host in steps of ten: the one meant to be master stays, else the first. */
function lower(tied: readonly Standing[], all: readonly Standing[]): readonly Fix[] {
  if (tied.some(({ healthy, base }) => healthy !== base)) return [];
  const [keeper] = [...tied.filter(({ member }) => member.instance.state.value === "MASTER"), ...tied];
  const taken = new Set(all.map(({ healthy }) => healthy));
  const changed = tied.filter((standing) => standing !== keeper);
  const values = changed.map(({ base }) => {
    const candidates = [10, 20, 30, 5, 1].map((step) => base - step);
    const free = candidates.find((value) => value > 0 && !taken.has(value));
    if (free !== undefined) taken.add(free);
    return free;
  });
  const edits = changed.map(({ member }, index): Edit | undefined => {
    const value = values[index];
    return value === undefined ? undefined : setKeyword(member, "priority", String(value));
  });
  const text = changed.map(({ member }, index) => `${values[index]} in ${member.host.shownAs}`).join(", ");
  return fix(`Set priority ${text}`, false, ...edits);
}
