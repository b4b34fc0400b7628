import type { Edit, Fix, Place } from "../diagnostic.ts";
import type { Member } from "../model/host.ts";
import { hostNames } from "./across/claims.ts";
import { keywordOrHeader } from "./across/edits.ts";
import { eachTeam } from "./each.ts";
import { fix, insertAtTop } from "./edits.ts";
import { file, headerMarked, instance } from "./examples.ts";
import { lineOf } from "./support.ts";
import type { FleetRule } from "./types.ts";

const peers = (address: string) => `unicast_peer {\n    ${address}\n}`;
const marked = (address: string) => peers(address).replace("unicast_peer", "«unicast_peer»");

export const xhUnicastVsMulticast: FleetRule = {
  id: "xh-unicast-vs-multicast",
  severity: "error",
  over: "fleet",
  summary: "One host sends its adverts to unicast peers, another to the multicast group.",
  why: "A unicast host does not listen to the group, and a multicast host sends nothing to the peers. They do not hear each other, so both become MASTER and the addresses are on both.",
  basis: "keepalived.conf(5), unicast_peer; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("unicast_src_ip 10.0.0.1", marked("10.0.0.2"))),
        "b.conf": file(headerMarked(instance("priority 100"))),
      },
      fixed: {
        "a.conf": file(instance("unicast_src_ip 10.0.0.1", peers("10.0.0.2"))),
        "b.conf": file(
          instance("priority 100").replace("{\n", "{\n    unicast_peer {\n        10.0.0.1\n    }\n"),
        ),
      },
    },
    {
      input: {
        "a.conf": file(instance(marked("10.0.0.2"))),
        "b.conf": file(instance("priority 100", "unicast_src_ip «10.0.0.2»")),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance("unicast_src_ip 10.0.0.1", peers("10.0.0.2"))),
      "b.conf": file(instance("priority 100", "unicast_src_ip 10.0.0.2", peers("10.0.0.1"))),
    },
    {
      "a.conf": file(instance("mcast_src_ip 10.0.0.1")),
      "b.conf": file(instance("priority 100")),
    },
  ],
  check: eachTeam((team, report) => {
    const unicast = team.filter(({ instance }) => instance.unicast);
    const multicast = team.filter(
      ({ instance }) => !instance.unicast && !lineOf(instance, "unicast_fault_no_peer"),
    );
    if (unicast.length === 0 || multicast.length === 0) return;
    const fixes = turnToUnicast(unicast, multicast);
    for (const own of [...unicast, ...multicast]) {
      const others = own.instance.unicast ? multicast : unicast;
      report(placeOf(own), message(own, others), {
        related: others.map((other) => ({
          at: placeOf(other),
          message: `${other.host.shownAs} uses ${mode(other)}`,
        })),
        fixes,
      });
    }
  }),
};

const mode = ({ instance }: Member) => (instance.unicast ? "unicast" : "multicast");

function message(own: Member, others: readonly Member[]): string {
  const [other] = others;
  const reason = own.instance.unicast ? "" : ", as there is no valid unicast_peer,";
  return `This host sends its adverts by ${mode(own)}${reason} but ${hostNames(others)} by ${other ? mode(other) : ""}. They do not hear each other, so all of them become MASTER and the addresses are on all of them. Use unicast_peer on every host or on none.`;
}

/** The line that makes a host unicast, or that was meant to. */
function placeOf({ instance }: Member): Place {
  if (lineOf(instance, "unicast_peer")) return keywordOrHeader(instance, "unicast_peer");
  const written = lineOf(instance, "unicast_src_ip");
  return written && instance.source ? instance.source.at : instance.at;
}

/** Lists the unicast hosts as peers of the others, when all their addresses are known. */
function turnToUnicast(unicast: readonly Member[], multicast: readonly Member[]): readonly Fix[] {
  const sources = unicast.map(({ instance }) => instance.source?.value);
  const lines = ["unicast_peer {", ...sources.map((source) => `    ${source}`), "}"].join("\n");
  const edits = multicast.map(({ host, instance }): Edit | undefined => {
    if (sources.includes(undefined) || lineOf(instance, "unicast_peer") || multicast.length > 1)
      return undefined;
    return insertAtTop(host, instance.block, lines);
  });
  return fix(`Add unicast_peer in ${hostNames(multicast)}`, false, ...edits);
}
