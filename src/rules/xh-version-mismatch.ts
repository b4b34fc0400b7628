import type { Spot } from "../model/host.ts";
import { claims, reportDifference } from "./across/claims.ts";
import { setKeyword } from "./across/edits.ts";
import { eachTeam } from "./each.ts";
import { block, file, headerMarked, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

export const xhVersionMismatch: FleetRule = {
  id: "xh-version-mismatch",
  severity: "error",
  over: "fleet",
  summary: "The hosts of a virtual router speak different VRRP versions.",
  why: "A host drops adverts of another version. Each host believes it is alone and becomes MASTER: the addresses are on several machines.",
  basis: "RFC 9568 section 7.1; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("version «3»")),
        "b.conf": file(headerMarked(instance("priority 100"))),
      },
      fixed: {
        "a.conf": file(instance("version 3")),
        "b.conf": file(instance("priority 100").replace("{\n", "{\n    version 3\n")),
      },
    },
    {
      input: {
        "a.conf": file(instance("version «2»")),
        "b.conf": file(block("global_defs", "vrrp_version «3»"), instance("priority 100")),
      },
      fixed: {
        "a.conf": file(instance("version 2")),
        "b.conf": file(
          block("global_defs", "vrrp_version 3"),
          instance("priority 100").replace("{\n", "{\n    version 2\n"),
        ),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance("version 2")), "b.conf": file(instance("priority 100")) },
    {
      "a.conf": file(instance("version 3")),
      "b.conf": file(block("global_defs", "vrrp_version 3"), instance("priority 100")),
    },
  ],
  check: eachTeam((team, report) => {
    reportDifference(
      report,
      claims(team, ({ version }) => version, show),
      {
        message: (own, others) =>
          `The VRRP version is ${own.says} here but ${others}. The hosts drop each other's adverts, so all of them become MASTER and the addresses are on all of them. Use the same version on every host.`,
        related: (claim) => `${claim.member.host.shownAs} uses VRRP version ${claim.says}`,
        edit: (of, wanted) => setKeyword(of.member, "version", wanted.key),
        title: (wanted) => `Set version ${wanted.key}`,
      },
    );
  }),
};

function show(value: number, spot: Spot<number>): string {
  return spot.written ? String(value) : `${value} (the default)`;
}
