import type { Member, VirtualAddress } from "../model/host.ts";
import { type Claim, reportDifference } from "./across/claims.ts";
import type { Team } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const list = (line: string) => `virtual_ipaddress {\n    ${line}\n}`;

export const xhVipPrefixMismatch: FleetRule = {
  id: "xh-vip-prefix-mismatch",
  severity: "warning",
  over: "fleet",
  summary: "The hosts give one address different prefix lengths.",
  why: "The prefix length is not in the adverts, so the hosts work together. After a takeover the new master has another route to the network, or none, and may answer from another source address.",
  basis: "Seen with running daemons, 2.2.7 and 2.4.3: a takeover added a /16 route.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(list("«10.0.0.100/24» dev eth0"))),
        "b.conf": file(instance("priority 100", list("«10.0.0.100/16» dev eth0"))),
      },
      fixed: {
        "a.conf": file(instance(list("10.0.0.100/24 dev eth0"))),
        "b.conf": file(instance("priority 100", list("10.0.0.100/24 dev eth0"))),
      },
    },
    {
      input: {
        "a.conf": file(instance(list("«10.0.0.100/24»"))),
        "b.conf": file(instance("priority 100", list("«10.0.0.100»"))),
      },
      fixed: {
        "a.conf": file(instance(list("10.0.0.100/24"))),
        "b.conf": file(instance("priority 100", list("10.0.0.100/24"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(list("10.0.0.100/32"))),
      "b.conf": file(instance("priority 100", list("10.0.0.100"))),
    },
  ],
  check: eachTeam((team, report) => {
    for (const all of prefixes(team))
      reportDifference(report, all, {
        message: (own, others) =>
          `The prefix is ${own.says} here but ${others}. After a takeover the new master has another route to this network, and may send from another address. Use one prefix length on every host.`,
        edit: (of, wanted) => {
          const word = of.line.statement.words[0];
          return replaceWord(word, `${word?.text.split("/")[0]}${wanted.key}`);
        },
        title: (wanted) => `Use ${wanted.line.address}${wanted.key}`,
      });
  }),
};

interface PrefixClaim extends Claim {
  readonly line: VirtualAddress;
}

/** What the hosts say about each address that several of them list. */
function prefixes(team: Team): readonly (readonly PrefixClaim[])[] {
  const all = team.flatMap((member) =>
    [...member.instance.addresses, ...member.instance.excluded].map((line) => claimOf(member, line)),
  );
  const addresses = [...new Set(all.map(({ line }) => line.address))];
  return addresses.map((address) => all.filter(({ line }) => line.address === address));
}

function claimOf(member: Member, line: VirtualAddress): PrefixClaim {
  const full = line.family === 4 ? 32 : 128;
  const key = `/${line.prefix ?? full}`;
  const says = line.prefix === undefined ? `${key} (because none is written)` : key;
  return { member, line, at: line.at, key, says };
}
