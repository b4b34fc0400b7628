import { reportOmissions } from "./across/mesh.ts";
import { checksSources, omissions } from "./across/unicast.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const peers = (...addresses: readonly string[]) =>
  `unicast_peer {\n${addresses.map((address) => `    ${address}\n`).join("")}}`;
const a = (...lines: readonly string[]) => file(instance("unicast_src_ip 10.0.0.1", ...lines));
const b = (source: string, ...lines: readonly string[]) =>
  file(instance("priority 100", `unicast_src_ip ${source}`, ...lines));

export const xhUnicastPeerMissing: FleetRule = {
  id: "xh-unicast-peer-missing",
  severity: "error",
  over: "fleet",
  summary: "A host of a unicast pair does not list the other host as its peer.",
  why: "Unicast adverts reach listed peers only. When the host that leaves the other out is MASTER, the other hears nothing and becomes MASTER too; until then the mistake does not show.",
  basis: "keepalived.conf(5), unicast_peer; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": a(peers("«10.0.0.9»")),
        "b.conf": b("«10.0.0.2»", peers("10.0.0.1")),
      },
      fixed: { "a.conf": a(peers("10.0.0.2")), "b.conf": b("10.0.0.2", peers("10.0.0.1")) },
    },
    {
      input: {
        "a.conf": a(peers("10.0.0.2")).replace("10.0.0.1", "«10.0.0.1»"),
        "b.conf": b("10.0.0.2", peers("10.0.0.7", "10.0.0.8").replace("unicast_peer", "«unicast_peer»")),
      },
      fixed: {
        "a.conf": a(peers("10.0.0.2")),
        "b.conf": b("10.0.0.2", peers("10.0.0.7", "10.0.0.8", "10.0.0.1")),
      },
    },
  ],
  good: () => [
    { "a.conf": a(peers("10.0.0.2")), "b.conf": b("10.0.0.2", peers("10.0.0.1")) },
    { "a.conf": a(peers("10.0.0.2")), "b.conf": file(instance("priority 100", peers("10.0.0.1"))) },
  ],
  check: eachTeam((team, report, fleet) => {
    if (team.length !== 2) return;
    const found = omissions(team).filter(({ by }) => !checksSources(by));
    reportOmissions(
      fleet,
      found,
      report,
      "A host that hears no adverts becomes MASTER beside the other, and the addresses are on both, perhaps only after the first takeover. List the other host's address in unicast_peer on both hosts.",
    );
  }),
};
