import type { Edit, Fix } from "../diagnostic.ts";
import type { Member } from "../model/host.ts";
import { hostNames } from "./across/claims.ts";
import { keywordOrHeader } from "./across/edits.ts";
import { eachTeam } from "./each.ts";
import { fix, insertAtTop } from "./edits.ts";
import { file, headerMarked, instance } from "./examples.ts";
import { lineOf } from "./support.ts";
import type { FleetRule } from "./types.ts";
import { authenticates, authenticationBlock } from "./xh-auth-mismatch.ts";

const auth = "authentication {\n    auth_type PASS\n    auth_pass secret1\n}";
const marked = auth.replace("authentication", "«authentication»");

export const xhAuthOneSided: FleetRule = {
  id: "xh-auth-one-sided",
  severity: "error",
  over: "fleet",
  summary: "Only some hosts of a virtual router use authentication.",
  why: "A host with a password drops adverts without one, and a host without drops adverts that carry one. Each believes it is alone and becomes MASTER: the addresses are on several machines.",
  basis: "RFC 3768 section 7.1; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(marked)),
        "b.conf": file(headerMarked(instance("priority 100"))),
      },
      fixed: {
        "a.conf": file(instance(auth)),
        "b.conf": file(instance("priority 100").replace("{\n", `{\n${auth.replaceAll(/^/gm, "    ")}\n`)),
      },
    },
    {
      input: {
        "a.conf": file(instance(marked)),
        "b.conf": file(instance("priority 100", marked.replace("    auth_type PASS\n", ""))),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance(auth)), "b.conf": file(instance("priority 100", auth)) },
    {
      "a.conf": file(instance("version 3", auth)),
      "b.conf": file(instance("version 3", "priority 100")),
    },
  ],
  check: eachTeam((team, report) => {
    if (!authenticates(team)) return;
    const uses = ({ instance }: Member) => instance.authentication.value.type !== "none";
    const [open, closed] = [team.filter((member) => !uses(member)), team.filter(uses)];
    if (open.length === 0 || closed.length === 0) return;
    const fixes = copies(open, closed);
    for (const member of team) {
      const others = uses(member) ? open : closed;
      report(placeOf(member), message(member, others), {
        related: others.map((other) => ({
          at: placeOf(other),
          message: `${other.host.shownAs} ${state(other)}`,
        })),
        fixes,
      });
    }
  }),
};

function placeOf({ instance }: Member) {
  return keywordOrHeader(instance, "authentication");
}

function state({ instance }: Member, hosts = 1): string {
  const { type, ignored } = instance.authentication.value;
  const verb = hosts > 1 ? "use" : "uses";
  if (type !== "none") return `${verb} auth_type ${type}`;
  return ignored ? `${verb} no authentication (${ignored})` : `${verb} no authentication`;
}

function message(own: Member, others: readonly Member[]): string {
  const [first] = others;
  const rest = first ? `${hostNames(others)} ${state(first, others.length)}` : "";
  return `This host ${state(own)}, but ${rest}. They drop each other's adverts, so all of them become MASTER and the addresses are on all of them. Give every host the same authentication block, or none.`;
}

/** Copies the block to the hosts that have none at all; one that is there and ignored needs its own repair. */
function copies(open: readonly Member[], closed: readonly Member[]): readonly Fix[] {
  const lines = closed[0] && authenticationBlock(closed[0]);
  const edits = open.map((member): Edit | undefined => {
    if (!lines || lineOf(member.instance, "authentication")) return undefined;
    return insertAtTop(member.host, member.instance.block, lines.join("\n"));
  });
  return fix(`Copy the authentication block to ${hostNames(open)}`, false, ...edits);
}
