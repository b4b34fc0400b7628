/** What the linter says of generated files is told where it stands in the description. */
import { describe, expect, test } from "vitest";
import { generate } from "../../src/generate/generate.ts";
import { readSpec } from "../../src/generate/spec.ts";

/** What a description is refused for, as `rule text`, where the text is what the reason is about. */
function reasons(text: string, oneFile: boolean): readonly string[] {
  const result = readSpec(text, { readPassword: (file) => file });
  if (result.is === "faults") throw new Error(result.faults.map(({ message }) => message).join("\n"));
  const outcome = generate(result.intent, { comments: true, oneFile, newPassword: () => "kx7Rm2Qp" });
  const refusals = outcome.is === "refused" ? outcome.refusals : [];
  return refusals.map(({ rule, about }) => {
    const { start, end } = about ? result.placeOf(about) : { start: 0, end: 0 };
    return `${rule}: ${text.slice(start, end)}`;
  });
}

/** Everything that is right about the cluster; a case adds what is wrong. */
const head = `hosts: {a: 10.0.0.1/24, b: 10.0.0.2/24}
interface: eth0
`;
const web = `${head}routers:
  web: {addresses: [10.0.0.100]}
`;

describe.each([false, true])("in one file for all hosts: %s", (oneFile) => {
  test.each<[string, string]>([
    [`${web}advert_int: 0.5\n`, "vrrp-advert-int-fraction-v2: 0.5"],
    [`${web}  mail: {addresses: [10.0.0.101], advert_int: 0.3}\n`, "vrrp-advert-int-fraction-v2: 0.3"],
    [
      `${head}routers:\n  web: {vrid: 7, addresses: [10.0.0.100]}\n  mail: {vrid: 7, addresses: [10.0.0.101]}\n`,
      "vrrp-vrid-duplicate-on-interface: 7",
    ],
    [`${web}  mail: {addresses: [10.0.0.101, 10.0.0.255]}\n`, "vrrp-vip-network-or-broadcast: 10.0.0.255"],
    [`${web}nopreempt: true\npreempt_delay: 5\n`, "vrrp-preempt-delay-with-nopreempt: 5"],
    [`${web}version: 3\nauth: {password_file: s}\n`, "vrrp-auth-ignored-v3: {password_file: s}"],
    [
      `${web}auth: {password_file: much-too-long}\n`,
      "vrrp-auth-pass-too-long: {password_file: much-too-long}",
    ],
    [
      `${web}track: [{interface: eth1}, {process: nginx, weight: 1}]\n`,
      "xh-weight-cannot-change-master: {process: nginx, weight: 1}",
    ],
    [
      `${web}  mail: {addresses: [10.0.0.101], track: [{interface: eth1, weight: 1}]}\n`,
      "xh-weight-cannot-change-master: {interface: eth1, weight: 1}",
    ],
    [
      `${web}  mail: {addresses: [10.0.0.101], priorities: {a: 100, b: 100}}\n`,
      "xh-priority-tie: {a: 100, b: 100}",
    ],
    [`${web}global_defs: nonsense 3\n`, "lex-unknown-keyword: nonsense 3"],
    [`${web}extra: "nonsense {\\n}"\n`, 'lex-unknown-block: "nonsense {\\n}"'],
    [`${web}  mail: {addresses: [10.0.0.101], extra: nonsense 3}\n`, "lex-unknown-keyword: nonsense 3"],
    [
      `${web}mail: {to: [a@b.c], server: 10.0.0.9 x}\n`,
      "lex-number-format: {to: [a@b.c], server: 10.0.0.9 x}",
    ],
    [`${web}  mail: {addresses: [10.0.0.101], extra: "}"}\n`, 'lex-extra-close-brace: "}"'],
    [
      `${web}track: [{process: a}, {script: /usr/bin/true, extra: bad}]\n`,
      "lex-unknown-keyword: {script: /usr/bin/true, extra: bad}",
    ],
    [`${web}sync_group: G\nsync_groups: {G: {extra: bad}}\n`, "lex-unknown-keyword: {extra: bad}"],
  ])("%s", (text, expected) => {
    expect(reasons(text, oneFile)).toContain(expected);
  });
});

test("a line of one host in a common file is that host's", () => {
  const text = web
    .replace("a: 10.0.0.1/24", "a: {router_id: false}")
    .replace("2/24}", "2/24, c: 10.0.0.3/24}");
  expect(reasons(text, true)).toEqual([
    expect.stringMatching(/^lex-condition-complement-gap: 10\.0\.0\.[23]\/24$/),
  ]);
});

test("an instance of one family is told as the router of both", () => {
  const text = `hosts: {a: {}, b: {}}
interface: eth0
routers:
  dns: {addresses: [10.0.0.53/24, fe80::53/64, 2001:db8::53/64], version: 3, advert_int: 41}
`;
  expect(reasons(text, false)).toContain("vrrp-advert-int-v3-range: 41");
});
