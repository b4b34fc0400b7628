import type { Place } from "../diagnostic.ts";
import { hostNames, uniquePlaces } from "./across/claims.ts";
import { descent, weightText } from "./across/election.ts";
import { eachTeam } from "./each.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const host = (...lines: readonly string[]) =>
  file(secured, script("weight -60"), instance(...lines, block("track_script", "chk")));

export const xhWeightDelayedByPreemptDelay: FleetRule = {
  id: "xh-weight-delayed-by-preempt-delay",
  severity: "warning",
  over: "fleet",
  summary:
    "The master's failing check only lowers its priority, and the standby waits for preempt_delay before it takes over.",
  why: "preempt_delay counts whenever a host takes over from a master that is alive, also one that has just failed its check. The service is down for the whole delay.",
  basis: "keepalived/vrrp/vrrp.c:2228 (v2.4.3); seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": host().replace("-60", "«-60»"),
        "b.conf": host("priority 100", "preempt_delay «120»"),
      },
    },
  ],
  good: () => [
    { "a.conf": host("preempt_delay 120"), "b.conf": host("priority 100") },
    {
      "a.conf": file(instance()),
      "b.conf": file(instance("priority 100", "preempt_delay 120")),
    },
  ],
  check: eachTeam((team, report) => {
    const found = descent(team);
    const successors = (found?.successors ?? []).map(({ member }) => member);
    const willing = successors.filter(({ instance }) => !instance.nopreempt.value);
    if (!found || willing.length === 0) return;
    if (willing.some(({ instance }) => instance.preemptDelay.value === 0 || instance.preemptDelay.unknown))
      return;
    const { member: master, weights } = found.top;
    const weightPlaces: readonly { readonly at: Place }[] = uniquePlaces(weights.map(({ weight }) => weight));
    const shortest = Math.min(...willing.map(({ instance }) => instance.preemptDelay.value));
    for (const { at } of weightPlaces.slice(0, 1))
      report(
        at,
        `When ${weightText(weights)} fails, ${hostNames(willing)} waits ${shortest} s (preempt_delay) before it takes over, because this host only lowers its priority. The service is down for that time. Leave the weight out, so that a failure takes this host out at once, or shorten preempt_delay there.`,
        {
          related: willing.map(({ host, instance }) => ({
            at: instance.preemptDelay.at,
            message: `${host.shownAs} waits ${instance.preemptDelay.value} s`,
          })),
        },
      );
    for (const { instance } of willing)
      report(
        instance.preemptDelay.at,
        `This host waits ${instance.preemptDelay.value} s before it takes over from ${master.host.shownAs} when ${weightText(weights)} fails there, since that host only lowers its priority and stays alive. The service is down for that time. Shorten preempt_delay, or leave the weight out in ${master.host.shownAs}.`,
        { related: weightPlaces.map(({ at }) => ({ at, message: `${master.host.shownAs}: the weight` })) },
      );
  }),
};
