import type { Authentication, Member, Spot } from "../model/host.ts";
import { named } from "../schema/statement.ts";
import { type Claim, certain, hostNames, reportDifference } from "./across/claims.ts";
import { quoted } from "./across/edits.ts";
import { agree, type Team } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { linesOf } from "./support.ts";
import type { FleetRule } from "./types.ts";

const auth = (type: string, password: string) =>
  `authentication {\n    auth_type ${type}\n    auth_pass ${password}\n}`;

export const xhAuthMismatch: FleetRule = {
  id: "xh-auth-mismatch",
  severity: "error",
  over: "fleet",
  summary: "The hosts of a virtual router use different passwords or kinds of authentication.",
  why: "A host drops every advert whose authentication is not its own. Each host then believes it is alone and becomes MASTER, and the addresses are on all of them.",
  basis: "RFC 3768 section 7.1; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(auth("PASS", "«secret1»"))),
        "b.conf": file(instance("priority 100", auth("PASS", "«secret2»"))),
      },
      fixed: {
        "a.conf": file(instance(auth("PASS", "secret1"))),
        "b.conf": file(instance("priority 100", auth("PASS", "secret1"))),
      },
    },
    {
      input: {
        "a.conf": file(instance(auth("«PASS»", "secret1"))),
        "b.conf": file(instance("priority 100", auth("«AH»", "secret1"))),
      },
      fixed: {
        "a.conf": file(instance(auth("PASS", "secret1"))),
        "b.conf": file(instance("priority 100", auth("PASS", "secret1"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(auth("PASS", "secret1"))),
      "b.conf": file(instance("priority 100", auth("PASS", '"secret1"'))),
    },
    {
      "a.conf": file(instance(auth("PASS", "12345678"))),
      "b.conf": file(instance("priority 100", auth("PASS", "12345678-tail"))),
    },
  ],
  check: eachTeam((team, report) => {
    if (!authenticates(team)) return;
    const used = team.filter(({ instance }) => instance.authentication.value.type !== "none");
    if (!agree(used, ({ instance }) => instance.authentication.value.type)) reportTypes(used, report);
    else reportPasswords(used, report);
  }),
};

/** Whether authentication counts and is known: one version, and no value that may be another. */
export function authenticates(team: Team): boolean {
  const sure = (spot: (member: Member) => Spot<unknown>) => (member: Member) => certain(member, spot(member));
  return (
    agree(team, ({ instance }) => instance.version.value) &&
    team.every(sure(({ instance }) => instance.version)) &&
    team.every(sure(({ instance }) => instance.strict)) &&
    !team.some(({ instance }) => instance.authentication.unknown)
  );
}

const consequence =
  "Each host drops the other's adverts, so all of them become MASTER and the addresses are on all of them.";

function reportTypes(used: Team, report: Parameters<FleetRule["check"]>[1]): void {
  reportDifference(
    report,
    used.map((member) => claim(member, "auth_type")),
    {
      message: (own, others) =>
        `auth_type is ${own.says} here but ${others}. ${consequence} Use one auth_type, PASS, on every host.`,
      edit: (of, wanted) => replaceWord(wordOf(of.member, "auth_type"), wanted.key),
      title: (wanted) => `Set auth_type ${wanted.key}`,
    },
  );
}

function reportPasswords(used: Team, report: Parameters<FleetRule["check"]>[1]): void {
  reportDifference(
    report,
    used.map((member) => claim(member, "auth_pass")),
    {
      message: (own) => {
        const others = used.filter(({ instance }) => instance.authentication.value.password !== own.key);
        return `The password here is not the one in ${hostNames(others)}; keepalived compares the first 8 bytes after removing double quotes and comments. ${consequence} Write the same auth_pass on every host.`;
      },
      related: ({ member }) => `${member.host.shownAs} has another password here`,
      edit: (of, wanted) => {
        const { written } = wanted.member.instance.authentication.value;
        const word = wordOf(of.member, "auth_pass");
        const fits = quoted(written) === written || (word?.quoted && quoted(written) !== undefined);
        return fits ? replaceWord(word, written) : undefined;
      },
      title: () => "Write the same auth_pass",
    },
  );
}

function claim(member: Member, keyword: "auth_type" | "auth_pass"): Claim {
  const { value, at }: Spot<Authentication> = member.instance.authentication;
  if (keyword === "auth_type") return { member, at: value.typeAt ?? at, key: value.type, says: value.type };
  return { member, at: value.passwordAt ?? at, key: value.password, says: "another password" };
}

function wordOf({ instance }: Member, keyword: string) {
  return named(linesOf(instance, "authentication"), keyword).at(-1)?.words[1];
}

/** The lines of an authentication block that says what a member's does; nothing when it cannot be written safely. */
export function authenticationBlock({ instance }: Member): readonly string[] | undefined {
  const password = quoted(instance.authentication.value.written);
  if (password === undefined) return undefined;
  return [
    "authentication {",
    `    auth_type ${instance.authentication.value.type}`,
    `    auth_pass ${password}`,
    "}",
  ];
}
