import { claims, reportDifference } from "./across/claims.ts";
import { eachTeam } from "./each.ts";
import { file, headerMarked, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

export const xhVmacMismatch: FleetRule = {
  id: "xh-vmac-mismatch",
  severity: "warning",
  over: "fleet",
  summary: "Only some hosts of a virtual router use a virtual MAC address.",
  why: "The hosts elect a master all the same, but at a takeover the addresses move to another MAC address, which use_vmac is there to avoid: neighbours keep the old one for a while.",
  basis: "RFC 9568 section 7.3; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("«use_vmac»")),
        "b.conf": file(headerMarked(instance("priority 100"))),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance("use_vmac")), "b.conf": file(instance("priority 100", "use_vmac vrrp.51")) },
  ],
  check: eachTeam((team, report) => {
    reportDifference(
      report,
      claims(
        team,
        ({ vmac }) => vmac,
        (value) => (value ? "on" : "off"),
      ),
      {
        message: (own, others) =>
          `use_vmac is ${own.says} here but ${others}. At a takeover the MAC address of the virtual addresses changes, and neighbours go on sending to the old one for a while. Use the same setting on every host.`,
        related: ({ member, says }) => `use_vmac is ${says} in ${member.host.shownAs}`,
      },
    );
  }),
};
