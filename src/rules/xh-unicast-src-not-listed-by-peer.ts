import { reportOmissions } from "./across/mesh.ts";
import { checksSources, omissions } from "./across/unicast.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const host = (priority: number, source: string, peers: string, peer: string) =>
  file(
    instance(
      `priority ${priority}`,
      `unicast_src_ip ${source}`,
      "check_unicast_src",
      `${peers} {\n    10.0.0.7\n    10.0.0.8\n    ${peer}\n}`,
    ),
  );

export const xhUnicastSrcNotListedByPeer: FleetRule = {
  id: "xh-unicast-src-not-listed-by-peer",
  severity: "error",
  over: "fleet",
  summary: "A host accepts adverts from its listed peers only, and another host's address is not among them.",
  why: "With check_unicast_src, min_ttl, max_ttl or auth_hmac a host drops adverts from addresses it does not list. It believes it is alone and becomes MASTER beside the other.",
  basis: "keepalived.conf(5), check_unicast_src; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": host(150, "«10.0.0.1»", "unicast_peer", "10.0.0.2"),
        "b.conf": host(100, "10.0.0.2", "«unicast_peer»", "10.0.0.9"),
      },
      fixed: {
        "a.conf": host(150, "10.0.0.1", "unicast_peer", "10.0.0.2"),
        "b.conf": host(100, "10.0.0.2", "unicast_peer", "10.0.0.9\n    10.0.0.1"),
      },
    },
  ],
  good: () => [
    {
      "a.conf": host(150, "10.0.0.1", "unicast_peer", "10.0.0.2"),
      "b.conf": host(100, "10.0.0.2", "unicast_peer", "10.0.0.1"),
    },
  ],
  check: eachTeam((team, report, fleet) => {
    const found = omissions(team).filter(({ by }) => checksSources(by));
    reportOmissions(
      fleet,
      found,
      report,
      "A host that checks its peers (check_unicast_src, min_ttl, max_ttl or auth_hmac) drops adverts from all other addresses, so it becomes MASTER beside the sender. List every other host's unicast_src_ip in unicast_peer.",
    );
  }),
};
