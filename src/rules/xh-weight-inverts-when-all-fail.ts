import { uniquePlaces } from "./across/claims.ts";
import { type Standing, standings, weightText } from "./across/election.ts";
import type { Team } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const host = (weight: string, ...lines: readonly string[]) =>
  file(secured, script(`weight ${weight}`), instance(...lines, block("track_script", "chk")));

export const xhWeightInvertsWhenAllFail: FleetRule = {
  id: "xh-weight-inverts-when-all-fail",
  severity: "info",
  over: "fleet",
  summary: "When the checks fail on every host, the addresses move although no host is better.",
  why: "If something that all hosts depend on is down, all checks fail. With different weights the order of the hosts then turns round, and the addresses move twice for nothing.",
  basis: "keepalived.conf(5), weight of vrrp_script; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [{ input: { "a.conf": host("«-60»"), "b.conf": host("«-5»", "priority 100") } }],
  good: () => [{ "a.conf": host("-60"), "b.conf": host("-60", "priority 100") }],
  check: eachTeam((team, report) => {
    const found = turn(team);
    if (!found) return;
    for (const [own, other] of [found, [found[1], found[0]] as const])
      for (const { at } of uniquePlaces(own.weights.map(({ weight }) => weight)).slice(0, 1))
        report(
          at,
          `When all checks fail on every host, the priority is ${own.failed} here and ${other.failed} in ${other.member.host.shownAs}; while all pass it is ${own.healthy} and ${other.healthy}. The addresses then move although neither host is better. Use the same weights on every host.`,
          {
            related: other.weights.map(({ weight }) => ({
              at: weight.at,
              message: `${other.member.host.shownAs}: ${weightText(other.weights)}`,
            })),
          },
        );
  }),
};

/** The winner of healthy hosts, and the one that wins when all checks fail, if both have weights and differ. */
function turn(team: Team): readonly [Standing, Standing] | undefined {
  const all = standings(team) ?? [];
  const [winner, second] = all;
  const [last, next] = [...all].sort((a, b) => b.failed - a.failed);
  if (!winner || !second || !last || !next || winner === last) return undefined;
  if (winner.healthy === second.healthy || last.failed === next.failed) return undefined;
  return winner.weights.length > 0 && last.weights.length > 0 ? [winner, last] : undefined;
}
