import { reportGaps } from "./across/gaps.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const list = (...lines: readonly string[]) =>
  `virtual_ipaddress {\n${lines.map((line) => `    ${line}\n`).join("")}}`;

export const xhVipSetMismatch: FleetRule = {
  id: "xh-vip-set-mismatch",
  severity: "error",
  over: "fleet",
  summary: "The hosts of a virtual router do not list the same addresses.",
  why: "keepalived up to 2.3.2 rejects adverts with another list, so every host becomes MASTER. From 2.3.3 on it accepts them after one line in the log, and when the host with the shorter list takes over, the missing addresses are gone.",
  basis:
    "RFC 9568 section 7.1; seen with running daemons, 2.2.7, 2.4.3 and mixed pairs; the change came with 2.3.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(list("10.0.0.100/24 dev eth0", "«10.0.0.101/24» dev eth0"))),
        "b.conf": file(
          instance(
            "interface ens3",
            "priority 100",
            list("10.0.0.100/24 dev ens3").replace("virtual_ipaddress", "«virtual_ipaddress»"),
          ),
        ),
      },
      fixed: {
        "a.conf": file(instance(list("10.0.0.100/24 dev eth0", "10.0.0.101/24 dev eth0"))),
        "b.conf": file(
          instance(
            "interface ens3",
            "priority 100",
            list("10.0.0.100/24 dev ens3", "10.0.0.101/24 dev ens3"),
          ),
        ),
      },
    },
    {
      input: {
        "a.conf": file(instance(list("10.0.0.100", "«10.0.0.101»"))),
        "b.conf": file(instance("priority 100", list("10.0.0.100", "«10.0.0.111»"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(list("10.0.0.100/24", "10.0.0.101/24"))),
      "b.conf": file(instance("priority 100", list("10.0.0.101/24", "10.0.0.100/24"))),
    },
    {
      "a.conf": file(instance(list("fd00::10/64"))),
      "b.conf": file(instance("priority 100", list("fd00:0:0::0010/64"))),
    },
  ],
  check: eachTeam((team, report) => {
    reportGaps(
      report,
      team,
      "virtual_ipaddress",
      "keepalived up to 2.3.2 then rejects the other host's adverts and all hosts become MASTER; newer releases lose the address when the host without it takes over. List the same addresses on every host.",
    );
  }),
};
