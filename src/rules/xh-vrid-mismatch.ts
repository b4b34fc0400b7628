import { claims, reportDifference } from "./across/claims.ts";
import { setKeyword } from "./across/edits.ts";
import { type Team, teams } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule, Report } from "./types.ts";
import { swaps } from "./xh-vrid-swapped.ts";

const a = (vrid: string) => file(instance(`virtual_router_id ${vrid}`));
const b = (vrid: string) => file(instance(`virtual_router_id ${vrid}`, "priority 100"));

export const xhVridMismatch: FleetRule = {
  id: "xh-vrid-mismatch",
  severity: "error",
  over: "fleet",
  summary: "Hosts that share addresses use different virtual_router_id numbers for them.",
  why: "The number is how hosts recognise each other's adverts. With two numbers no host hears the other, without a line in any log, and all of them become MASTER: the addresses are on several machines at once.",
  basis: "RFC 9568 section 7.1; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: { "a.conf": a("«51»"), "b.conf": b("«52»") },
      fixed: { "a.conf": a("51"), "b.conf": b("51") },
    },
  ],
  good: () => [
    { "a.conf": a("51"), "b.conf": b("051") },
    {
      "a.conf": a("51"),
      "b.conf": file(instance("virtual_router_id 52", "virtual_ipaddress {\n    10.0.0.200/24\n}")),
    },
  ],
  check(fleet, report) {
    const swapped = new Set(swaps(fleet).flatMap(({ here, there }) => [...here, ...there]));
    if (swapped.size === 0) inEveryTeam(fleet, report);
    else
      for (const team of teams(fleet))
        if (!team.some((member) => swapped.has(member))) reportNumbers(team, report);
  },
};

function reportNumbers(team: Team, report: Report): void {
  reportDifference(
    report,
    claims(team, ({ vrid }) => vrid),
    {
      message: (own, others) =>
        `virtual_router_id is ${own.says} here but ${others}, for the same addresses. The hosts do not recognise each other's adverts, so each becomes MASTER and the addresses are on all of them. Use the same number on every host.`,
      edit: (of, wanted) => setKeyword(of.member, "virtual_router_id", wanted.says),
      title: (wanted) => `Set virtual_router_id ${wanted.says}`,
    },
  );
}

const inEveryTeam = eachTeam(reportNumbers);
