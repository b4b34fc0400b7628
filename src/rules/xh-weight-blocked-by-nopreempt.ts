import type { Edit, Place } from "../diagnostic.ts";
import type { Member } from "../model/host.ts";
import { hostNames, uniquePlaces } from "./across/claims.ts";
import { descent, type Standing, weightText } from "./across/election.ts";
import type { Team } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { isUnwanted } from "./support.ts";
import type { FleetRule, Report } from "./types.ts";

const host = (weight: string, ...lines: readonly string[]) =>
  file(secured, script(`weight ${weight}`), instance(...lines, block("track_script", "chk")));

export const xhWeightBlockedByNopreempt: FleetRule = {
  id: "xh-weight-blocked-by-nopreempt",
  severity: "error",
  over: "fleet",
  summary:
    "The master's failing check only lowers its priority, and nopreempt keeps the standby from taking over.",
  why: "A host with nopreempt never takes over from a master that is alive, whatever the priorities. The failing master goes on sending adverts: the service is down and the address does not move.",
  basis: "RFC 9568 section 6.4.2 (Preempt_Mode); seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": host("«-60»"),
        "b.conf": host("-60", "priority 100", "«nopreempt»"),
      },
      fixed: { "a.conf": host("-60"), "b.conf": host("-60", "priority 100") },
    },
  ],
  good: () => [
    { "a.conf": host("-60"), "b.conf": host("-60", "priority 100") },
    { "a.conf": host("0", "nopreempt"), "b.conf": host("0", "priority 100", "nopreempt") },
  ],
  check: eachTeam((team, report) => {
    const found = descent(team);
    const standbys = (found?.successors ?? []).map(({ member }) => member);
    const willing = standbys.filter(
      ({ instance: { nopreempt } }) => !nopreempt.value || nopreempt.unknown || isUnwanted(nopreempt),
    );
    if (found && standbys.length > 0 && willing.length === 0) reportBlocked(found.top, standbys, report);
  }),
};

function reportBlocked({ member: master, weights }: Standing, standbys: Team, report: Report): void {
  const what = weightText(weights);
  const weightPlaces: readonly { readonly at: Place }[] = uniquePlaces(weights.map(({ weight }) => weight));
  const fixes = fix(`Delete nopreempt in ${hostNames(standbys)}`, false, ...standbys.map(withoutNopreempt));
  for (const { at } of weightPlaces.slice(0, 1))
    report(
      at,
      `When ${what} fails, the priority here drops below that of ${hostNames(standbys)}, but nopreempt there forbids taking over from a living master. The service is down and the addresses stay here. Leave the weight out, so that a failure takes this host out, or delete nopreempt in ${hostNames(standbys)}.`,
      {
        related: standbys.map((standby) => ({
          at: standby.instance.nopreempt.at,
          message: `${standby.host.shownAs} does not take over because of this`,
        })),
        fixes,
      },
    );
  for (const { instance } of standbys)
    report(
      instance.nopreempt.at,
      `${master.host.shownAs} relies on a weight to hand over when ${what} fails, but with nopreempt this host never takes over from a living master. The addresses stay on the broken host. Delete nopreempt, or leave the weight out on all hosts.`,
      {
        related: weightPlaces.map(({ at }) => ({
          at,
          message: `${master.host.shownAs} only lowers its priority`,
        })),
        fixes,
      },
    );
}

function withoutNopreempt({ host, instance }: Member): Edit | undefined {
  const { statement } = instance.nopreempt;
  return statement && deleteLines(host, statement);
}
