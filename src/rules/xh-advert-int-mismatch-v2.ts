import { reportIntervals } from "./across/advert-interval.ts";
import { eachTeam } from "./each.ts";
import { file, headerMarked, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

export const xhAdvertIntMismatchV2: FleetRule = {
  id: "xh-advert-int-mismatch-v2",
  severity: "error",
  over: "fleet",
  summary: "With VRRP version 2 the hosts' advert_int values differ.",
  why: "Version 2 requires every host to have the same interval and drops adverts with another. Each host believes it is alone and becomes MASTER: the addresses are on several machines.",
  basis: "RFC 3768 section 7.1; keepalived/vrrp/vrrp.c (v2.4.3); seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("advert_int «1»")),
        "b.conf": file(instance("priority 100", "advert_int «3»")),
      },
      fixed: {
        "a.conf": file(instance("advert_int 1")),
        "b.conf": file(instance("priority 100", "advert_int 1")),
      },
    },
    {
      input: {
        "a.conf": file(instance("advert_int «2»")),
        "b.conf": file(headerMarked(instance("priority 100"))),
      },
      fixed: {
        "a.conf": file(instance("advert_int 2")),
        "b.conf": file(instance("priority 100").replace("{\n", "{\n    advert_int 2\n")),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance("advert_int 1")), "b.conf": file(instance("priority 100")) },
    { "a.conf": file(instance("advert_int 1.2")), "b.conf": file(instance("priority 100", "advert_int 1")) },
  ],
  check: eachTeam((team, report) =>
    reportIntervals(
      team,
      2,
      report,
      "With VRRP version 2 a host drops adverts that name another interval, so all hosts become MASTER and the addresses are on all of them. Use the same value on every host.",
    ),
  ),
};
