import { reportOmissions } from "./across/mesh.ts";
import { checksSources, omissions } from "./across/unicast.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const host = (priority: number, source: string, peers: string, ...addresses: readonly string[]) =>
  file(
    instance(
      `priority ${priority}`,
      `unicast_src_ip ${source}`,
      `${peers} {\n${addresses.map((address) => `    ${address}\n`).join("")}}`,
    ),
  );
const peer = "unicast_peer";

export const xhUnicastPartialMesh: FleetRule = {
  id: "xh-unicast-partial-mesh",
  severity: "error",
  over: "fleet",
  summary: "Of three or more unicast hosts, not every one lists all others.",
  why: "Two hosts that do not list each other never hear each other. Once the host that both hear is gone, both become MASTER, and the addresses are on both.",
  basis: "keepalived.conf(5), unicast_peer; seen with running daemons, three hosts, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": host(150, "10.0.0.1", peer, "10.0.0.2", "10.0.0.3"),
        "b.conf": host(100, "10.0.0.2", "«unicast_peer»", "10.0.0.1"),
        "c.conf": host(50, "10.0.0.3", "«unicast_peer»", "10.0.0.1"),
      },
      fixed: {
        "a.conf": host(150, "10.0.0.1", peer, "10.0.0.2", "10.0.0.3"),
        "b.conf": host(100, "10.0.0.2", peer, "10.0.0.1", "10.0.0.3"),
        "c.conf": host(50, "10.0.0.3", peer, "10.0.0.1", "10.0.0.2"),
      },
    },
  ],
  good: () => [
    {
      "a.conf": host(150, "10.0.0.1", peer, "10.0.0.2", "10.0.0.3"),
      "b.conf": host(100, "10.0.0.2", peer, "10.0.0.3", "10.0.0.1"),
      "c.conf": host(50, "10.0.0.3", peer, "10.0.0.1", "10.0.0.2"),
    },
  ],
  check: eachTeam((team, report, fleet) => {
    if (team.length < 3) return;
    const found = omissions(team).filter(({ by }) => !checksSources(by));
    reportOmissions(
      fleet,
      found,
      report,
      "Hosts that do not hear each other become MASTER side by side, often only after the top host has died. List the addresses of all other hosts in unicast_peer on every host.",
    );
  }),
};
