import type { Member } from "../model/host.ts";
import { type Claim, reportDifference } from "./across/claims.ts";
import { agree } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";
import { authenticates } from "./xh-auth-mismatch.ts";

const auth = (password: string) => `authentication {\n    auth_type PASS\n    auth_pass ${password}\n}`;

export const xhAuthDiffersBeyond8: FleetRule = {
  id: "xh-auth-differs-beyond-8",
  severity: "hint",
  over: "fleet",
  summary: "The hosts' passwords differ only after the eighth byte, which keepalived does not use.",
  why: "The hosts work together, by luck: keepalived cuts the password to eight bytes. Anyone who takes the passwords to be different, or longer, is mistaken.",
  basis:
    "RFC 2338 section 5.3.10; keepalived.conf(5), auth_pass; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(auth("«12345678-one»"))),
        "b.conf": file(instance("priority 100", auth("«12345678-two»"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(auth("12345678-one"))),
      "b.conf": file(instance("priority 100", auth("12345678-one"))),
    },
  ],
  check: eachTeam((team, report) => {
    if (!authenticates(team)) return;
    const used = team.filter(({ instance }) => instance.authentication.value.type !== "none");
    if (!agree(used, ({ instance }) => instance.authentication.value.password)) return;
    reportDifference(report, used.map(claim), {
      message: () =>
        "The passwords differ only after the eighth byte. keepalived uses the first eight bytes, so they work together, but neither is what it seems. Shorten both to the same eight characters.",
      related: ({ member }) => `${member.host.shownAs} has another ending here`,
    });
  }),
};

function claim(member: Member): Claim {
  const { value, at } = member.instance.authentication;
  return { member, at: value.passwordAt ?? at, key: value.written, says: "another ending" };
}
