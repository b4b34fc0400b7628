import type { Fleet, Member, VirtualAddress } from "../model/host.ts";
import { isAnyUnderTwoNumbers } from "./across/moved.ts";
import { everyMember, moved, pairsSharing, teamOf } from "./across/teams.ts";
import { file, instance, named } from "./examples.ts";
import { listed } from "./support.ts";
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
  bad: () => [
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
  good: () => [
    { "a.conf": file(instance()), "b.conf": file(instance("priority 100")) },
    {
      "a.conf": file(named("WEB", addresses("10.0.0.100/24"))),
      "b.conf": file(named("MAIL", "virtual_router_id 52", addresses("10.0.0.110/24"))),
    },
  ],
  check(fleet, report) {
    if (!isAnyUnderTwoNumbers(fleet.hosts)) return;
    const isWanted = (one: Member, other: Member) => unrelated(fleet, one, other);
    const clashes = pairsSharing(everyMember(fleet), ({ instance }) => moved(instance), isWanted).flatMap(
      ([one, other]) => [...common(one, other), ...common(other, one)],
    );
    for (const { own, by } of unique(clashes)) {
      const rivals = clashes.filter((clash) => clash.own === own).map((clash) => clash.rival);
      report(
        own.at,
        `${own.address} is also an address of ${listed(rivals.map(inWords))}, which has another virtual_router_id than ${by.instance.name} here. Both masters hold it at the same time, so two machines answer for it. Keep it in one virtual router only.`,
        {
          related: rivals.map(({ by, line }) => ({
            at: line.at,
            message: `${by.host.shownAs} has ${line.address} in ${by.instance.name}, virtual_router_id ${by.instance.vrid?.value}`,
          })),
        },
      );
    }
  },
};

/**
 * Two numbers, and not what another rule explains: one router with two numbers, or an address that two hosts put into
 * different ones of the routers they share.
 */
function unrelated(fleet: Fleet, one: Member, other: Member): boolean {
  const [a, b] = [one.instance.vrid?.value, other.instance.vrid?.value];
  if (a === undefined || b === undefined || a === b) return false;
  return !teamOf(fleet, one.instance)?.some(({ host }) => host === other.host);
}

interface Clash {
  readonly own: VirtualAddress;
  readonly by: Member;
  readonly rival: { readonly by: Member; readonly line: VirtualAddress };
}

const linesOf = ({ instance }: Member) => [...instance.addresses, ...instance.excluded];

/** The first member's lines with addresses that the second has too. */
function common(by: Member, other: Member): readonly Clash[] {
  return linesOf(by).flatMap((own) => {
    const line = linesOf(other).find(({ address }) => address === own.address);
    return line ? [{ own, by, rival: { by: other, line } }] : [];
  });
}

function unique(clashes: readonly Clash[]): readonly Clash[] {
  return [...new Map(clashes.map((clash) => [clash.own, clash])).values()];
}

const inWords = ({ by }: Clash["rival"]) => `${by.instance.name} in ${by.host.shownAs}`;
