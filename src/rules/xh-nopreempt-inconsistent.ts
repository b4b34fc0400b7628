import { hostNames } from "./across/claims.ts";
import { standings } from "./across/election.ts";
import { eachTeam } from "./each.ts";
import { file, headerMarked, instance } from "./examples.ts";
import { isUnwanted } from "./support.ts";
import type { FleetRule } from "./types.ts";

const host = (...lines: readonly string[]) => file(instance(...lines));

export const xhNopreemptInconsistent: FleetRule = {
  id: "xh-nopreempt-inconsistent",
  severity: "warning",
  over: "fleet",
  summary: "Of three or more hosts only some have nopreempt.",
  why: "Whether the addresses move back after a repair then depends on which host had failed. The lowest host does not need nopreempt, as it never has anybody to take over from; all others do.",
  basis: "RFC 9568 section 6.4.2 (Preempt_Mode); keepalived.conf(5), nopreempt.",
  bad: () => [
    {
      input: {
        "a.conf": host("«nopreempt»"),
        "b.conf": file(headerMarked(instance("priority 100"))),
        "c.conf": host("priority 50"),
      },
    },
  ],
  good: () => [
    {
      "a.conf": host("nopreempt"),
      "b.conf": host("priority 100", "nopreempt"),
      "c.conf": host("priority 50"),
    },
    { "a.conf": host("nopreempt"), "b.conf": host("priority 100") },
  ],
  check: eachTeam((team, report) => {
    const upper = (standings(team) ?? []).slice(0, -1).map(({ member }) => member);
    const [top] = upper;
    const without = upper.filter(({ instance }) => !instance.nopreempt.value && !instance.nopreempt.written);
    if (!top?.instance.nopreempt.value || isUnwanted(top.instance.nopreempt) || without.length === 0) return;
    const having = upper.filter(({ instance }) => instance.nopreempt.value);
    for (const { instance } of without)
      report(
        instance.at,
        `${hostNames(having)} ${having.length > 1 ? "have" : "has"} nopreempt, this host does not: it takes the addresses from a lower host as soon as it returns, the other does not. Use nopreempt on all hosts or on none.`,
        {
          related: having.map((one) => ({
            at: one.instance.nopreempt.at,
            message: `${one.host.shownAs} has it`,
          })),
        },
      );
    for (const { instance } of having)
      report(
        instance.nopreempt.at,
        `${hostNames(without)} ${without.length > 1 ? "have" : "has"} no nopreempt, so whether the addresses move back after a repair depends on which host had failed. Use nopreempt on all hosts or on none.`,
        {
          related: without.map((one) => ({ at: one.instance.at, message: `${one.host.shownAs} lacks it` })),
        },
      );
  }),
};
