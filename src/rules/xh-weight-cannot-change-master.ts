import type { Edit, Fix } from "../diagnostic.ts";
import { uniquePlaces } from "./across/claims.ts";
import { type Descent, descent, weightText } from "./across/election.ts";
import { eachTeam } from "./each.ts";
import { fix } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { textAt } from "./support.ts";
import type { FleetRule } from "./types.ts";

const host = (weight: string, ...lines: readonly string[]) =>
  file(secured, script(`weight ${weight}`), instance(...lines, block("track_script", "chk")));

export const xhWeightCannotChangeMaster: FleetRule = {
  id: "xh-weight-cannot-change-master",
  severity: "error",
  over: "fleet",
  summary: "The weights of the failing checks are too small to bring the master below the next host.",
  why: "A backup takes over only from a master with a lower priority. If the failing host still has as much as the next one, it stays MASTER: the service is down and the address does not move.",
  basis: "RFC 9568 section 6.4.2; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: { "a.conf": host("«-20»"), "b.conf": host("-20", "priority «100»") },
      fixed: { "a.conf": host("-51"), "b.conf": host("-20", "priority 100") },
    },
    {
      input: { "a.conf": host("«-50»"), "b.conf": host("-50", "priority «100»") },
      fixed: { "a.conf": host("-51"), "b.conf": host("-50", "priority 100") },
    },
    {
      input: { "a.conf": host("«20»"), "b.conf": host("20", "priority «100»") },
    },
  ],
  good: () => [
    { "a.conf": host("-51"), "b.conf": host("-51", "priority 100") },
    { "a.conf": host("60"), "b.conf": host("60", "priority 100") },
    { "a.conf": host("0"), "b.conf": host("0", "priority 100") },
  ],
  check: eachTeam((team, report) => {
    const found = descent(team);
    if (!found || found.failed < found.best) return;
    const { top, best, failed } = found;
    const next = found.others.filter(({ healthy }) => healthy === best);
    const fixes = strengthen(found);
    const nextPlaces = next.map(({ member }) => ({
      at: member.instance.priority.at,
      name: member.host.shownAs,
    }));
    const weightPlaces = uniquePlaces(
      top.weights.map(({ weight }) => ({ at: weight.at, name: top.member.host.shownAs })),
    );
    for (const { at } of weightPlaces.slice(0, 1))
      report(
        at,
        `When ${weightText(top.weights)} fails, the priority here drops from ${top.healthy} to ${failed}, and ${next[0]?.member.host.shownAs} has ${best}. A backup takes over only from a lower priority, so the addresses stay on the broken host. The weights need to bring it below ${best}; or leave the weight out, then a failure takes this host out at once.`,
        {
          related: nextPlaces.map((place) => ({ at: place.at, message: `${place.name} has ${best}` })),
          fixes,
        },
      );
    for (const { at } of nextPlaces)
      report(
        at,
        `This host is to take over when ${weightText(top.weights)} fails in ${top.member.host.shownAs}, but that host still has ${failed} then, and ${best} here is not more. The addresses stay on the broken host. Use larger weights there, or none.`,
        {
          related: weightPlaces.map((place) => ({ at: place.at, message: `${place.name}: the weight` })),
          fixes,
        },
      );
  }),
};

/** One negative weight can be made as large as it has to be. */
function strengthen({ top, best }: Descent): readonly Fix[] {
  const [tracker, ...more] = top.weights;
  const needed = best - top.base - 1;
  if (!tracker || more.length > 0 || tracker.weight.value > 0 || needed < -253) return [];
  const { at, value } = tracker.weight;
  const literal = textAt(top.member.host, at) === String(value);
  const edit: Edit | undefined = literal ? { at, text: String(needed) } : undefined;
  return fix(`Set weight ${needed} in ${top.member.host.shownAs}`, false, edit);
}
