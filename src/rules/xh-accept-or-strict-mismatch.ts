import { claims, reportDifference } from "./across/claims.ts";
import { agree, type Team } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { file, headerMarked, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

export const xhAcceptOrStrictMismatch: FleetRule = {
  id: "xh-accept-or-strict-mismatch",
  severity: "error",
  over: "fleet",
  summary: "Strict mode or accept is in force on some hosts of a virtual router only.",
  why: "Strict mode and no_accept drop traffic to the addresses. The takeover works, but on that host nobody can connect to them: the service is dead although a master is there.",
  basis:
    "RFC 9568 section 6.1 (Accept_Mode); seen with running daemons, 2.2.7 and 2.4.3: all pings lost on one host.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance("«strict_mode»")),
        "b.conf": file(headerMarked(instance("priority 100"))),
      },
    },
    {
      input: {
        "a.conf": file(headerMarked(instance())),
        "b.conf": file(instance("priority 100", "«no_accept»")),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance("accept")), "b.conf": file(instance("priority 100")) },
    {
      "a.conf": file(instance("version 3", "strict_mode", "accept")),
      "b.conf": file(instance("version 3", "strict_mode", "accept", "priority 100")),
    },
  ],
  check: eachTeam((team, report) => {
    if (authenticationDiffers(team)) return;
    const strict = claims(
      team,
      ({ strict }) => strict,
      (value) => (value ? "on" : "off"),
    );
    const accept = claims(
      team,
      ({ accept }) => accept,
      (value) => (value ? "accepted" : "dropped"),
    );
    if (!agree(strict, ({ key }) => key))
      reportDifference(report, strict, {
        message: (own, others) =>
          `Strict mode is ${own.says} here but ${others}. With it keepalived drops traffic to the addresses unless accept is set, so they can be reached on some hosts only: after a takeover the service may be dead. Use the same setting on every host.`,
        related: ({ member, says }) => `strict mode is ${says} in ${member.host.shownAs}`,
      });
    else if (!team.some(({ instance }) => instance.priority.value === 255))
      reportDifference(report, accept, {
        message: (own, others) =>
          `Traffic to the addresses is ${own.says} here but ${others}. They can be reached on some hosts only, so after a takeover the service may be dead. Use accept, or leave it out, on every host alike.`,
        related: ({ member, says }) => `traffic is ${says} in ${member.host.shownAs}`,
      });
  }),
};

/** Strict mode that switches off a password has a worse effect, which xh-auth-one-sided reports. */
function authenticationDiffers(team: Team): boolean {
  return !agree(team, ({ instance }) => instance.authentication.value.type === "none");
}
