import { uniquePlaces } from "./across/claims.ts";
import { type Standing, standings, tracksUndefined, weightText } from "./across/election.ts";
import type { Team } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const host = (weight: string, ...lines: readonly string[]) =>
  file(secured, script(`weight ${weight}`), instance(...lines, block("track_script", "chk")));

export const xhWeightInvertsHealthyOrder: FleetRule = {
  id: "xh-weight-inverts-healthy-order",
  severity: "error",
  over: "fleet",
  summary:
    "While every check passes, a positive weight lifts the standby above the host that is meant to be master.",
  why: "A positive weight counts while its check passes. If only the standby has it, or has more of it, the standby is master all the time, and the other host's priority means nothing.",
  basis: "keepalived.conf(5), weight of vrrp_script; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("priority «150»")),
        "b.conf": host("«60»", "priority 100"),
      },
    },
  ],
  good: () => [
    { "a.conf": host("60"), "b.conf": host("60", "priority 100") },
    { "a.conf": file(instance("state BACKUP")), "b.conf": host("60", "state MASTER", "priority 100") },
  ],
  check: eachTeam((team, report) => {
    const found = inversion(team);
    if (!found) return;
    const { intended, winner } = found;
    const lifting = winner.weights.filter(({ weight }) => weight.value > 0);
    const { host: wanted, instance: top } = intended.member;
    report(
      top.priority.at,
      `With all checks passing, ${winner.member.host.shownAs} has the priority ${winner.healthy} through ${weightText(lifting)}, more than the ${intended.healthy} here: that host is master all the time. Use the same checks and weights on every host, or negative weights.`,
      {
        related: lifting.map(({ weight }) => ({
          at: weight.at,
          message: `${winner.member.host.shownAs}: the weight`,
        })),
      },
    );
    for (const { at } of uniquePlaces(lifting.map(({ weight }) => weight)).slice(0, 1))
      report(
        at,
        `While it passes, ${weightText(lifting)} lifts this host from ${winner.base} to ${winner.healthy}, above the ${intended.healthy} of ${wanted.shownAs}, which has the higher priority of its own: this host is master all the time. Use the same checks and weights on every host, or negative weights.`,
        { related: [{ at: top.priority.at, message: `${wanted.shownAs} has ${intended.healthy}` }] },
      );
  }),
};

interface Inversion {
  /** The one host with the highest priority of its own. */
  readonly intended: Standing;
  /** The one host that wins while all checks pass. */
  readonly winner: Standing;
}

/** The hosts that a positive weight puts in the wrong order; a written `state MASTER` tells which order is right. */
export function inversion(team: Team): Inversion | undefined {
  const all = team.some(tracksUndefined) ? [] : (standings(team) ?? []);
  const [winner, second] = all;
  const [intended, next] = [...all].sort((a, b) => b.base - a.base);
  if (!winner || !intended || !second || !next || winner === intended) return undefined;
  if (winner.healthy === second.healthy || intended.base === next.base) return undefined;
  const { state } = winner.member.instance;
  const meant =
    state.written && state.value === "MASTER" && intended.member.instance.state.value !== "MASTER";
  return meant ? undefined : { intended, winner };
}
