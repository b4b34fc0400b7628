/** What words of a description, and intents, become in the files. */
import { describe, expect, test } from "vitest";
import { type GenerateOptions, generate } from "../../src/generate/generate.ts";
import type { Intent } from "../../src/generate/intent.ts";
import { readSpec } from "../../src/generate/spec.ts";

const head = `hosts: {a: 10.0.0.1/24, b: 10.0.0.2/24}
interface: eth0
auth: none
`;
const web = `${head}routers: {web: {addresses: [10.0.0.100]}}\n`;

function intentOf(text: string): Intent {
  const result = readSpec(text, { readPassword: (file) => file });
  if (result.is === "faults") throw new Error(result.faults.map(({ message }) => message).join("\n"));
  return result.intent;
}

function outcomeOf(text: string, more: Partial<GenerateOptions> = {}) {
  return generate(intentOf(text), {
    comments: false,
    oneFile: false,
    newPassword: () => "kx7Rm2Qp",
    ...more,
  });
}

/** The hosts' texts without indentation. */
function filesOf(text: string, more: Partial<GenerateOptions> = {}): readonly string[] {
  const outcome = outcomeOf(text, more);
  if (outcome.is === "refused") throw new Error(outcome.refusals.map(({ message }) => message).join("\n"));
  return outcome.files.map((file) => file.text.replaceAll(/^ +/gm, ""));
}

describe("in every file", () => {
  test.each<[string, string, string]>([
    ["a master that starts as backup", "start_as_backup: true", "state BACKUP\ninterface eth0"],
    [
      "a program for one state",
      "notify_fault: /usr/bin/true 'a b'",
      "notify_fault \"/usr/bin/true 'a b'\"\n",
    ],
    [
      "lines of global_defs",
      "global_defs: vrrp_garp_master_repeat 2",
      "router_id a\nvrrp_garp_master_repeat 2\n}",
    ],
    [
      "blocks that instances may need come before them",
      "extra: |\n  static_routes {\n    192.0.2.0/25 dev eth0\n  }",
      "static_routes {\n192.0.2.0/25 dev eth0\n}\n\nvrrp_instance web",
    ],
    [
      "virtual servers come last",
      "extra: |\n  # the web\n  virtual_server 10.0.0.100 80\n  {\n    lvs_sched rr\n  }\n",
      "10.0.0.100/24\n}\n}\n\n# the web\nvirtual_server 10.0.0.100 80\n{\nlvs_sched rr\n}\n",
    ],
    [
      "mail that is sent for some only",
      "mail: {to: [a@b.c], timeout: 10}\nmail_alert: false",
      "smtp_server 127.0.0.1\nsmtp_connect_timeout 10\n}\n\nvrrp_instance web {\nstate MASTER",
    ],
    [
      "lines of a definition",
      "track: [{script: /usr/bin/true, extra: init_fail}]",
      "rise 2\nfall 2\ninit_fail\n}",
    ],
  ])("%s", (_, words, expected) => {
    const [a] = filesOf(`${web}${words}\n`);
    expect(a).toContain(expected);
    if (words.includes("mail_alert")) expect(a).not.toContain("smtp_alert");
  });

  test("one check with two weights runs once", () => {
    const check = (weight: number) => `track: [{process: nginx, name: nginx, weight: ${weight}}]`;
    const [a] = filesOf(
      `${head}routers:\n  web: {addresses: [10.0.0.100], ${check(-20)}}\n  mail: {addresses: [10.0.0.110], ${check(-60)}}\n`,
    );
    expect(a?.match(/vrrp_track_process/g)?.length).toBe(1);
    expect(a).toContain("process nginx\nweight -20\n}");
    expect(a).toMatch(
      /instance web [\s\S]*track_process \{\nnginx\n\}[\s\S]*instance mail [\s\S]*track_process \{\nnginx weight -60\n\}/,
    );
  });

  test("addresses keep what stands behind them, and get the prefix of their network", () => {
    const [a] = filesOf(
      `${head}routers: {web: {addresses: [10.0.0.100 label eth0:w, "10.0.0.101/24  brd +"]}}\n`,
    );
    expect(a).toContain("virtual_ipaddress {\n10.0.0.100/24 label eth0:w\n10.0.0.101/24 brd +\n}");
  });
});

describe("by host", () => {
  test("lines, sources and names in mails", () => {
    const [a, b] = filesOf(`hosts: {a: {router_id: false}, b: {router_id: west side}}
interface: eth0
unicast: {a: 192.0.2.1, b: 192.0.2.2}
auth: none
routers:
  web:
    addresses: [10.0.0.100/24]
    extra: {b: garp_master_delay 9}
`);
    expect(a).not.toMatch(/router_id a|garp_master_delay/);
    expect(a).toContain("unicast_src_ip 192.0.2.1\nunicast_peer {\n192.0.2.2\n}");
    expect(b).toContain('router_id "west side"');
    expect(b).toContain("garp_master_delay 9");
  });

  test("lines stand behind the host's name in a common file", () => {
    const [all] = filesOf(
      `${web}global_defs: {a: "vrrp_garp_master_repeat 2\\n\\n# a comment\\nvrrp_garp_interval 0.1", b: vrrp_garp_master_repeat 3}\n`,
      { oneFile: true },
    );
    expect(all).toContain(
      "@a vrrp_garp_master_repeat 2\n\n# a comment\n@a vrrp_garp_interval 0.1\n@b vrrp_garp_master_repeat 3\n",
    );
  });

  test.each<[string, string]>([
    ["interface: {a: eth0, b: eth0, c: eth1}", "c is none of the hosts: a, b."],
    ["unicast: {a: 10.0.0.1, b: 10.0.0.2, x: 10.0.0.3}", "x is none of the hosts: a, b."],
    ["global_defs: {x: vrrp_garp_master_repeat 2}", "x is none of the hosts: a, b."],
    ["extra: {x: static_routes}", "x is none of the hosts: a, b."],
    ["track: [{interface: {a: eth1, b: eth1, x: eth1}}]", "x is none of the hosts: a, b."],
    ["sync_groups: {G: {extra: smtp_alert}}", "No virtual router is in a sync group G"],
    ["unicast: {a: 10.0.0.1}", "Unicast adverts of web need an IPv4 address of every host, and b has none."],
  ])("what would be in no file is refused: %s", (words, expected) => {
    const outcome = outcomeOf(
      `${web.replace("interface: eth0\n", words.startsWith("interface") ? "" : "interface: eth0\n")}${words}\n`,
    );
    const messages = outcome.is === "refused" ? outcome.refusals.map(({ message }) => message) : [];
    expect(messages).toEqual([expect.stringContaining(expected)]);
  });
});

test("lines are judged like everything that is written", () => {
  const outcome = outcomeOf(`${web}global_defs: nonsense 3\n`);
  const rules = outcome.is === "refused" ? outcome.refusals.map(({ rule }) => rule) : [];
  expect(rules).toEqual(["lex-unknown-keyword"]);
});
