import type { Place } from "../diagnostic.ts";
import { files, uniquePlaces } from "./across/claims.ts";
import { descent, weightText } from "./across/election.ts";
import { teams } from "./across/teams.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import type { FleetRule } from "./types.ts";

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
  bad: [
    {
      input: {
        "a.conf": host("«-60»"),
        "b.conf": host("-60", "priority 100", "«nopreempt»"),
      },
      fixed: { "a.conf": host("-60"), "b.conf": host("-60", "priority 100") },
    },
  ],
  good: [
    { "a.conf": host("-60"), "b.conf": host("-60", "priority 100") },
    { "a.conf": host("0", "nopreempt"), "b.conf": host("0", "priority 100", "nopreempt") },
  ],
  check(fleet, report) {
    for (const team of teams(fleet)) {
      const found = descent(team);
      if (!found || found.successors.length === 0) continue;
      const standbys = found.successors.map(({ member }) => member);
      if (!standbys.every(({ instance }) => instance.nopreempt.value && !instance.nopreempt.unknown))
        continue;
      const { member: master, weights } = found.top;
      const weightPlaces: readonly { readonly at: Place }[] = uniquePlaces(
        weights.map(({ weight }) => weight),
      );
      const fixes = fix(
        `Delete nopreempt in ${files(standbys)}`,
        false,
        ...standbys.map(({ host, instance }) =>
          instance.nopreempt.statement ? deleteLines(host, instance.nopreempt.statement) : undefined,
        ),
      );
      for (const { at } of weightPlaces.slice(0, 1))
        report(
          at,
          `When ${weightText(weights)} fails, the priority here drops below that of ${files(standbys)}, but nopreempt there forbids taking over from a living master. The service is down and the addresses stay here. Leave the weight out, so that a failure takes this host out, or delete nopreempt in ${files(standbys)}.`,
          {
            related: standbys.map((standby) => ({
              at: standby.instance.nopreempt.at,
              message: `${standby.host.file} does not take over because of this`,
            })),
            fixes,
          },
        );
      for (const { instance } of standbys)
        report(
          instance.nopreempt.at,
          `${master.host.file} relies on a weight to hand over when ${weightText(weights)} fails, but with nopreempt this host never takes over from a living master. The addresses stay on the broken host. Delete nopreempt, or leave the weight out on all hosts.`,
          {
            related: weightPlaces.map(({ at }) => ({
              at,
              message: `${master.host.file} only lowers its priority`,
            })),
            fixes,
          },
        );
    }
  },
};
