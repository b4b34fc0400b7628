import { reportGaps } from "./across/gaps.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const list = (...lines: readonly string[]) =>
  `virtual_ipaddress_excluded {\n${lines.map((line) => `    ${line}\n`).join("")}}`;

export const xhExcludedVipMismatch: FleetRule = {
  id: "xh-excluded-vip-mismatch",
  severity: "error",
  over: "fleet",
  summary: "The hosts of a virtual router do not list the same addresses in virtual_ipaddress_excluded.",
  why: "These addresses are not in the adverts, so no host can notice. When the host with the shorter list takes over, the missing addresses are on no host.",
  basis: "keepalived.conf(5), virtual_ipaddress_excluded; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(list("10.0.1.100/24", "«10.0.2.100/24»"))),
        "b.conf": file(
          instance(
            "priority 100",
            list("10.0.1.100/24").replace("virtual_ipaddress_excluded", "«virtual_ipaddress_excluded»"),
          ),
        ),
      },
      fixed: {
        "a.conf": file(instance(list("10.0.1.100/24", "10.0.2.100/24"))),
        "b.conf": file(instance("priority 100", list("10.0.1.100/24", "10.0.2.100/24"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(list("10.0.1.100/24", "10.0.2.100/24"))),
      "b.conf": file(instance("priority 100", list("10.0.2.100/24", "10.0.1.100/24"))),
    },
  ],
  check: eachTeam((team, report) => {
    reportGaps(
      report,
      team,
      "virtual_ipaddress_excluded",
      "Excluded addresses are not in the adverts, so nothing warns you: the address is on no host once the host without it takes over. List the same addresses on every host.",
    );
  }),
};
