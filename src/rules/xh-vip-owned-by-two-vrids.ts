import type { Member, VirtualAddress } from "../model/host.ts";
import { uniquePlaces } from "./across/claims.ts";
import { everyMember, overlap, pairs, teamOf } from "./across/teams.ts";
import { file, instance, named } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const addresses = (...lines: readonly string[]) =>
  `virtual_ipaddress {\n${lines.map((line) => `    ${line}\n`).join("")}}`;

export const xhVipOwnedByTwoVrids: FleetRule = {
  id: "xh-vip-owned-by-two-vrids",
  severity: "error",
  over: "fleet",
  summary: "One address belongs to two unrelated virtual routers.",
  why: "Each virtual router has its own MASTER, and each MASTER puts the address on its interface: two hosts answer ARP for it, and connections go to one or the other by chance.",
  basis: "RFC 9568 section 6.4.3; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: [
    {
      input: {
        "a.conf": file(named("WEB", addresses("10.0.0.100/24", "10.0.0.101/24", "«10.0.0.102/24»"))),
        "b.conf": file(
          named(
            "MAIL",
            "virtual_router_id 52",
            addresses("10.0.0.110/24", "10.0.0.111/24", "«10.0.0.102/24»"),
          ),
        ),
      },
    },
  ],
  good: [
    { "a.conf": file(instance()), "b.conf": file(instance("priority 100")) },
    {
      "a.conf": file(named("WEB", addresses("10.0.0.100/24"))),
      "b.conf": file(named("MAIL", "virtual_router_id 52", addresses("10.0.0.110/24"))),
    },
  ],
  check(fleet, report) {
    const unrelated = pairs(everyMember(fleet)).filter(([one, other]) => {
      if (one.host === other.host || !overlap(one.instance, other.instance)) return false;
      if (one.instance.vrid?.value === other.instance.vrid?.value) return false;
      return !teamOf(fleet, one.instance)?.some(({ instance }) => instance === other.instance);
    });
    const owned = unrelated.flatMap(common);
    for (const { at, address, by } of uniquePlaces(owned)) {
      const twins = uniquePlaces(
        owned.filter((other) => other.address === address && other.by.host !== by.host),
      );
      const related = twins.map((twin) => ({
        at: twin.at,
        message: `${twin.by.host.file} has ${address} in ${twin.by.instance.name}, virtual_router_id ${twin.by.instance.vrid?.value}`,
      }));
      report(
        at,
        `${address} is also an address of ${twins.map(({ by }) => `${by.instance.name} in ${by.host.file}`).join(", ")}, which has another virtual_router_id. Both masters hold it at the same time, so two machines answer for it. Keep it in one virtual router only.`,
        { related },
      );
    }
  },
};

interface Owned {
  readonly at: VirtualAddress["at"];
  readonly address: string;
  readonly by: Member;
}

function common([one, other]: readonly [Member, Member]): readonly Owned[] {
  const linesOf = (by: Member, peer: Member) => {
    const theirs = new Set(
      [...peer.instance.addresses, ...peer.instance.excluded].map(({ address }) => address),
    );
    return [...by.instance.addresses, ...by.instance.excluded]
      .filter(({ address }) => theirs.has(address))
      .map(({ at, address }) => ({ at, address, by }));
  };
  return [...linesOf(one, other), ...linesOf(other, one)];
}
