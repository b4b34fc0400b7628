import type { Member, VirtualAddress } from "../model/host.ts";
import { hostNames } from "./across/claims.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const list = (line: string) => `virtual_ipaddress {\n    10.0.0.100/24\n    ${line}\n}`;
const excluded = (line: string) => `virtual_ipaddress_excluded {\n    ${line}\n}`;

export const xhVipExcludedPlacement: FleetRule = {
  id: "xh-vip-excluded-placement",
  severity: "error",
  over: "fleet",
  summary: "An address is in virtual_ipaddress on one host and in virtual_ipaddress_excluded on another.",
  why: "Only addresses in virtual_ipaddress are in the adverts. The lists that the hosts compare differ, and keepalived up to 2.3.2 rejects such adverts: all hosts become MASTER.",
  basis: "keepalived.conf(5), virtual_ipaddress_excluded; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(list("«10.0.0.101/24»"))),
        "b.conf": file(instance("priority 100", excluded("«10.0.0.101/24»"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(excluded("10.0.0.101/24"))),
      "b.conf": file(instance("priority 100", excluded("10.0.0.101/24"))),
    },
  ],
  check: eachTeam((team, report) => {
    const placed = team.flatMap(placements);
    for (const own of placed) {
      const others = placed.filter((other) => other.address === own.address && other.block !== own.block);
      if (others.length === 0) continue;
      report(
        own.at,
        `${own.address} is in ${own.block} here but in ${others[0]?.block} in ${hostNames(others.map(({ by }) => by))}. Only virtual_ipaddress goes into the adverts, so the hosts' lists differ: keepalived up to 2.3.2 rejects them and all hosts become MASTER. Put it in the same block everywhere.`,
        {
          related: others.map(({ at, by, block }) => ({
            at,
            message: `${by.host.shownAs} has it in ${block}`,
          })),
        },
      );
    }
  }),
};

interface Placed {
  readonly at: VirtualAddress["at"];
  readonly address: string;
  readonly block: string;
  readonly by: Member;
}

function placements(by: Member): readonly Placed[] {
  const from = (block: string, addresses: readonly VirtualAddress[]) =>
    addresses.filter((address) => !address.moved).map(({ at, address }) => ({ at, address, block, by }));
  return [
    ...from("virtual_ipaddress", by.instance.addresses),
    ...from("virtual_ipaddress_excluded", by.instance.excluded),
  ];
}
