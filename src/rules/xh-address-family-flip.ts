import type { Member } from "../model/host.ts";
import { everyMember, moved, pairs } from "./across/teams.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const list = (...lines: readonly string[]) =>
  `virtual_ipaddress {\n${lines.map((line) => `    ${line}\n`).join("")}}`;

export const xhAddressFamilyFlip: FleetRule = {
  id: "xh-address-family-flip",
  severity: "error",
  over: "fleet",
  summary: "One host's list begins with an IPv4 address, the other's with an IPv6 address.",
  why: "An instance speaks one family, the one of its first address, and keepalived drops the addresses of the other family. The hosts then send adverts that the other does not listen to: both are MASTER, each with half of the addresses.",
  basis: "RFC 9568 section 5.2.9; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(list("«10.0.0.100/24»", "fd00::100/64"))),
        "b.conf": file(instance("priority 100", list("«fd00::100/64»", "10.0.0.100/24"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(list("10.0.0.100/24"), "virtual_ipaddress_excluded {\n    fd00::100/64\n}")),
      "b.conf": file(
        instance("priority 100", list("10.0.0.100/24"), "virtual_ipaddress_excluded {\n    fd00::100/64\n}"),
      ),
    },
  ],
  check(fleet, report) {
    for (const [one, other] of flips(everyMember(fleet)))
      for (const [own, peer] of [
        [one, other],
        [other, one],
      ] as const)
        report(
          firstPlace(own),
          `The first address makes this an IPv${own.instance.family} instance, but in ${peer.host.shownAs} an IPv${peer.instance.family} address comes first. Each host drops the addresses of the other family and hears nothing from the other, so both are MASTER with half of the addresses. Make one instance for each family and join them in a vrrp_sync_group.`,
          {
            related: [
              {
                at: firstPlace(peer),
                message: `${peer.host.shownAs} begins with IPv${peer.instance.family} here`,
              },
            ],
          },
        );
  },
};

function firstPlace({ instance }: Member) {
  return instance.addresses[0]?.at ?? instance.at;
}

/** Pairs of instances that list common addresses, each dropping those of the other's family. */
function flips(members: readonly Member[]): readonly (readonly [Member, Member])[] {
  const written = ({ instance }: Member) => new Set([...moved(instance), ...dropped(instance)]);
  return pairs(members.filter(({ instance }) => dropped(instance).length > 0)).filter(([one, other]) => {
    const [a, b] = [one.instance, other.instance];
    if (one.host === other.host || a.family === b.family) return false;
    const theirs = written(other);
    return (
      (a.vrid?.value === b.vrid?.value || a.name === b.name) && [...written(one)].some((x) => theirs.has(x))
    );
  });
}

function dropped(instance: Member["instance"]): readonly string[] {
  if (instance.refused.length === 0) return [];
  return instance.refused.flatMap(({ why, address }) => (why === "family" && address ? [address] : []));
}
