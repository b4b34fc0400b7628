import type { Host, Instance, Member } from "../model/host.ts";
import { named, type Statement } from "../schema/statement.ts";
import { readBoolean } from "../schema/values.ts";
import { type Claim, reportDifference } from "./across/claims.ts";
import { agree } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { file, headerMarked, instance } from "./examples.ts";
import { keywordPlace, lineOf } from "./support.ts";
import type { FleetRule } from "./types.ts";

const keyword = "v3_checksum_as_v2";

export const xhV3ChecksumModeMismatch: FleetRule = {
  id: "xh-v3-checksum-mode-mismatch",
  severity: "error",
  over: "fleet",
  summary: "The hosts compute the checksum of VRRP version 3 adverts in different ways.",
  why: "Each host takes the other's adverts for damaged and drops them. All of them become MASTER, and the addresses are on several machines.",
  basis: "keepalived.conf(5), v3_checksum_as_v2; seen with running daemons, 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("version 3", "«v3_checksum_as_v2»")),
        "b.conf": file(headerMarked(instance("version 3", "priority 100"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance("version 3", "v3_checksum_as_v2")),
      "b.conf": file(instance("version 3", "priority 100", "v3_checksum_as_v2 on")),
    },
    {
      "a.conf": file(instance("v3_checksum_as_v2")),
      "b.conf": file(instance("priority 100")),
    },
  ],
  check: eachTeam((team, report) => {
    const inUse = ({ version, family }: Instance) => version.value === 3 && family === 4;
    if (!team.every(({ instance }) => inUse(instance)) || team.some(({ host }) => host.uncertain)) return;
    const all = team.map(claim);
    if (agree(all, ({ key }) => key)) return;
    reportDifference(report, all, {
      message: (own, others) =>
        `${keyword} is ${own.says} here but ${others}. The hosts compute the checksum of their adverts differently and drop each other's, so all of them become MASTER. Use the same setting on every host.`,
      related: ({ member, says }) => `${keyword} is ${says} in ${member.host.shownAs}`,
    });
  }),
};

function claim(member: Member): Claim {
  const line = lineOf(member.instance, keyword) ?? globalLine(member.host);
  const key = line && isOn(line) ? "on" : "off";
  return { member, at: line ? keywordPlace(line) : member.instance.at, key, says: key };
}

function globalLine({ globals }: Host): Statement | undefined {
  return named(globals.statements, keyword).at(-1);
}

/** The keyword alone switches it on. */
function isOn({ words }: Statement): boolean {
  return words[1] === undefined || readBoolean(words[1].text) === true;
}
