import { reportIntervals } from "./across/advert-interval.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const a = (interval: string) => file(instance("version 3", `advert_int ${interval}`));
const b = (interval: string) => file(instance("version 3", "priority 100", `advert_int ${interval}`));

export const xhAdvertIntMismatchV3: FleetRule = {
  id: "xh-advert-int-mismatch-v3",
  severity: "warning",
  over: "fleet",
  summary: "With VRRP version 3 the hosts' advert_int values differ.",
  why: "Backups learn the master's interval from its adverts, so the hosts agree. How long a takeover takes then depends on which host was master; a host with a long interval takes several times as long.",
  basis:
    "RFC 9568 section 6.4.2; seen with running daemons, 2.2.7 and 2.4.3: 18 seconds for one host, 4 for the other.",
  bad: () => [
    {
      input: { "a.conf": a("«0.5»"), "b.conf": b("«5»") },
      fixed: { "a.conf": a("0.5"), "b.conf": b("0.5") },
    },
  ],
  good: () => [{ "a.conf": a("0.5"), "b.conf": b("0.50") }],
  check: eachTeam((team, report) =>
    reportIntervals(
      team,
      3,
      report,
      "Backups adopt the master's interval, so how long a takeover takes depends on which host was master. Use the same value on every host.",
    ),
  ),
};
