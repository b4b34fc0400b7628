import { claims, reportDifference } from "./across/claims.ts";
import { setKeyword } from "./across/edits.ts";
import { eachTeam } from "./each.ts";
import { file, headerMarked, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

export const xhDownTimerAdvertsMismatch: FleetRule = {
  id: "xh-down-timer-adverts-mismatch",
  severity: "warning",
  over: "fleet",
  summary: "The hosts of a virtual router wait for different numbers of missed adverts.",
  why: "The host that waits for fewer takes over first, whatever the priorities, and may do so after a single lost advert; the addresses then move to and fro.",
  basis:
    "keepalived.conf(5), down_timer_adverts: all hosts must agree; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(headerMarked(instance())),
        "b.conf": file(instance("priority 100", "down_timer_adverts «1»")),
      },
      fixed: {
        "a.conf": file(instance()),
        "b.conf": file(instance("priority 100", "down_timer_adverts 3")),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance("down_timer_adverts 3")), "b.conf": file(instance("priority 100")) },
  ],
  check: eachTeam((team, report) => {
    reportDifference(
      report,
      claims(team, ({ downTimerAdverts }) => downTimerAdverts),
      {
        message: (own, others) =>
          `down_timer_adverts is ${own.says} here but ${others}. The host that waits for fewer missed adverts takes over first, whatever the priorities, perhaps after one lost packet. Use the same number on every host.`,
        edit: (of, wanted) => setKeyword(of.member, "down_timer_adverts", wanted.key),
        title: (wanted) => `Set down_timer_adverts ${wanted.key}`,
      },
    );
  }),
};
