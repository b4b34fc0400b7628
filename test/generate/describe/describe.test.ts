/** Files of every kind, and what their descriptions say of them. */
import { describe, expect, test } from "vitest";
import { describeFleet } from "../../../src/generate/describe/describe.ts";
import { printSpec } from "../../../src/generate/spec-print.ts";
import { lineMap } from "../../../src/lines.ts";
import { fleetOf } from "../../support/fleet.ts";

type Texts = Readonly<Record<string, string>>;

const addresses = "virtual_ipaddress {\n10.0.0.100/24\n}";

/** Two hosts that differ in priority, and in what is given for each. */
function pair(both: string, onA = "", onB = "", around = ""): Texts {
  const host = (own: string, priority: number) =>
    `${around}\nvrrp_instance web {\ninterface eth0\nvirtual_router_id 51\npriority ${priority}\n${own}\n${both}\n}\n`;
  return { "a.conf": host(onA, 150), "b.conf": host(onB, 100) };
}

/** The description without its head, and what was told as `lost a.conf:3` and the like. */
function described(texts: Texts): { readonly text: string; readonly told: readonly string[] } {
  const result = describeFleet(fleetOf(texts), undefined);
  if (result.is === "clusters") throw new Error("these are several clusters");
  const told = result.notes.map(({ at, message, lost }) => {
    const { line } = lineMap(texts[at.file] ?? "").positionAt(at.span.start);
    return `${lost ? "lost" : "note"} ${at.file}:${line} ${message}`;
  });
  return { text: printSpec(result.intent, { comments: false }).text, told };
}

describe("what a description says", () => {
  test("a pair as most are", () => {
    const { text, told } = described(pair(addresses, "state MASTER", "state BACKUP"));
    expect(told).toEqual([]);
    expect(text).toBe(`hosts:
  a:
    router_id: false
  b:
    router_id: false

routers:
  web:
    vrid: 51
    master: a
    addresses:
      - 10.0.0.100/24

interface: eth0
auth: none
`);
  });

  const group = "vrrp_sync_group G {\ngroup {\nweb\n}\n";
  const check = "vrrp_script check {\nscript /bin/true\ninterval 2\nrise 2\nfall 2\n";
  test.each<[string, Texts, string]>([
    [
      "lines that nothing else says",
      pair(`${addresses}\ngarp_master_delay 3`),
      "    extra: |\n      garp_master_delay 3\n",
    ],
    [
      "lines of one host",
      pair(addresses, "", "garp_master_delay 3"),
      "    extra:\n      b: |\n        garp_master_delay 3\n",
    ],
    [
      "blocks inside",
      pair(`${addresses}\nvirtual_routes {\ndefault via 10.0.0.254\n}`),
      "    extra: |\n      virtual_routes {\n          default via 10.0.0.254\n      }\n",
    ],
    [
      "a program with its user",
      pair(`${addresses}\nnotify "/bin/true a" root`),
      '      notify "/bin/true a" root\n',
    ],
    ["programs by state", pair(`${addresses}\nnotify_fault "/bin/true a"`), "notify_fault: /bin/true a\n"],
    [
      "programs that differ",
      pair(addresses, "notify /bin/true", "notify /bin/false"),
      "    extra:\n      a: |\n        notify /bin/true\n      b: |\n        notify /bin/false\n",
    ],
    [
      "interfaces by host",
      pair(`${addresses}\n`, "interface eth1", "interface ens3"),
      "interface:\n  a: eth1\n  b: ens3\n",
    ],
    [
      "nopreempt on one host only",
      pair(addresses, "state BACKUP\nnopreempt"),
      "    extra:\n      a: |\n        nopreempt\n",
    ],
    ["nopreempt on both", pair(`${addresses}\nnopreempt`), "nopreempt: true\n"],
    ["a delay on both", pair(`${addresses}\npreempt_delay 30`), "preempt_delay: 30\n"],
    [
      "unicast",
      pair(
        addresses,
        "unicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2\n}",
        "unicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.1\n}",
      ),
      "unicast: true\n",
    ],
    [
      "unicast over another network",
      pair(
        addresses,
        "unicast_src_ip 192.0.2.1\nunicast_peer {\n192.0.2.2\n}",
        "unicast_src_ip 192.0.2.2\nunicast_peer {\n192.0.2.1\n}",
      ),
      "unicast:\n  a: 192.0.2.1\n  b: 192.0.2.2\n",
    ],
    [
      "unicast with more than addresses",
      pair(addresses, "unicast_peer {\n10.0.0.2 min_ttl 255\n}", "unicast_peer {\n10.0.0.1 min_ttl 255\n}"),
      "      a: |\n        unicast_peer {\n            10.0.0.2 min_ttl 255\n        }\n",
    ],
    ["a virtual MAC as usual", pair(`${addresses}\nuse_vmac`), "vmac: true\n"],
    [
      "a virtual MAC with a name",
      pair(`${addresses}\nuse_vmac vrrp.51`),
      "    extra: |\n      use_vmac vrrp.51\n",
    ],
    [
      "where addresses are",
      pair("virtual_ipaddress {\n10.0.0.100/24 dev eth1 label eth1:w\n}"),
      "- 10.0.0.100/24 dev eth1 label eth1:w\n",
    ],
    ["that addresses are alone", pair("virtual_ipaddress {\n10.0.0.100 dev eth0\n}"), "- 10.0.0.100/32\n"],
    [
      "checks with all they hold",
      pair(`track_script {\ncheck weight -20\n}\n${addresses}`, "", "", `${check}init_fail\n}`),
      "track:\n  - script: /bin/true\n    name: check\n    weight: -20\n    extra: init_fail\n",
    ],
    [
      "checks of one host",
      pair(addresses, "track_script {\ncheck\n}", "", `${check}}`),
      "    extra:\n      a: |\n        track_script {\n            check\n        }\n",
    ],
    [
      "reversed checks",
      pair(`track_script {\ncheck weight 20 reverse\n}\n${addresses}`, "", "", `${check}}`),
      "extra: |\n  vrrp_script check {\n      script /bin/true\n",
    ],
    [
      "interfaces to watch by host",
      pair(addresses, "track_interface {\neth1\n}", "track_interface {\nens4\n}"),
      "  - interface:\n      a: eth1\n      b: ens4\n",
    ],
    [
      "sync groups",
      pair(addresses, "", "", `${group}notify /bin/true\nsmtp_alert\n}`),
      "sync_group: G\nnotify: /bin/true\nscript_security: false\n\nsync_groups:\n  G:\n    extra: |\n      smtp_alert\n",
    ],
    [
      "mail, and who gets none",
      pair(addresses, "", "", "global_defs {\nnotification_email {\na@b.c\n}\nsmtp_server 192.0.2.1\n}"),
      "mail_alert: false\n\nmail:\n  to:\n    - a@b.c\n  server: 192.0.2.1\n",
    ],
    [
      "mail that cannot be sent",
      pair(addresses, "", "", "global_defs {\nnotification_email {\na@b.c\n}\n}"),
      "global_defs: |\n  notification_email {\n      a@b.c\n  }\n",
    ],
    [
      "who programs run as",
      pair(
        `${addresses}\nnotify /bin/true`,
        "",
        "",
        "global_defs {\nenable_script_security\nscript_user nobody\n}",
      ),
      "script_user: nobody\n",
    ],
    [
      "an account with its group",
      pair(
        `${addresses}\nnotify /bin/true`,
        "",
        "",
        "global_defs {\nenable_script_security\nscript_user nobody daemon\n}",
      ),
      "script_user: nobody daemon\n",
    ],
    ["programs without security", pair(`${addresses}\nnotify /bin/true`), "script_security: false\n"],
    [
      "what checkers need",
      pair(addresses, "track_src_ip", "", "bfd_instance far {\nneighbor_ip 10.9.0.1\n}"),
      "extra: |\n  bfd_instance far {\n      neighbor_ip 10.9.0.1\n  }\n",
    ],
    [
      "trackers in the order of generated files",
      pair(
        `track_process {\nsshd\n}\ntrack_script {\ncheck\n}\n${addresses}`,
        "",
        "",
        `vrrp_track_process sshd {\nprocess sshd\n}\n${check}}`,
      ),
      "track:\n  - script: /bin/true\n    name: check\n  - process: sshd\n    name: sshd\n",
    ],
    [
      "virtual servers",
      pair(addresses, "", "", "virtual_server 10.0.0.100 80 {\nlvs_sched rr\n}"),
      "extra: |\n  virtual_server 10.0.0.100 80 {\n      lvs_sched rr\n  }\n",
    ],
    [
      "variables by their values",
      pair("virtual_ipaddress {\n${NET}.100/24\n}", "", "", "$NET=10.0.0"),
      "- 10.0.0.100/24\n",
    ],
    [
      "signs that need quotes",
      pair(`${addresses}\nnotify_master "/bin/true # 1"`),
      'notify_master: "/bin/true # 1"\n',
    ],
  ])("%s", (_, texts, expected) => {
    const { text, told } = described(texts);
    expect(told.filter((each) => each.startsWith("lost"))).toEqual([]);
    expect(text).toContain(expected);
  });

  test("passwords are in files, one for each password", () => {
    const auth = (password: string) => `authentication {\nauth_type PASS\nauth_pass ${password}\n}`;
    const more = (password: string) =>
      `vrrp_instance mail {\ninterface eth0\nvirtual_router_id 52\nvirtual_ipaddress {\n10.0.0.110/24\n}\n${auth(password)}\n}`;
    const files = (password: string) => {
      const result = describeFleet(
        fleetOf(pair(`${addresses}\n${auth("s3cr3t77")}`, "", "", more(password))),
        undefined,
      );
      if (result.is === "clusters") throw new Error("this is one cluster");
      return printSpec(result.intent, { comments: true });
    };
    expect(files("s3cr3t77").passwords).toEqual([
      { file: "vrrp.pass", password: "s3cr3t77", routers: ["mail", "web"] },
    ]);
    const { text, passwords } = files("0ther777-and-more");
    expect(passwords).toEqual([
      { file: "mail.pass", password: "0ther777", routers: ["mail"] },
      { file: "web.pass", password: "s3cr3t77", routers: ["web"] },
    ]);
    expect(text).not.toMatch(/s3cr3t|0ther/);
  });
});

describe("what is told", () => {
  const password = (type: string, word: string) =>
    `authentication {\nauth_type ${type}\nauth_pass ${word}\n}`;
  test.each<[string, Texts, readonly string[]]>([
    [
      "a longer password",
      pair(addresses, password("PASS", "longer-than-8"), password("PASS", "longer-t")),
      ["note a.conf:8 keepalived uses only the first 8 bytes"],
    ],
    [
      "a password that is not used",
      pair(addresses, `version 3\n${password("PASS", "s3cr3t")}`, "version 3"),
      ["note a.conf:9 keepalived does not use this password: VRRP version 3 has"],
    ],
    [
      "words that are not read",
      pair(addresses, "advert_int 1 // s"),
      ["note a.conf:6 keepalived does not read this;"],
    ],
    [
      "lines that are not read",
      pair(addresses, "// one\n// two"),
      ["note a.conf:6 keepalived does not read this, nor 1 more like it"],
    ],
    [
      "two masters",
      pair(`${addresses}\nstate MASTER`),
      ["note b.conf:10 web starts as master here, too, although a has the higher priority"],
    ],
    ["nopreempt that is none", pair(addresses, "state MASTER\nnopreempt"), ["note a.conf:7 With the state"]],
    [
      "a check that nothing uses",
      pair(addresses, "", "", "vrrp_script check {\nscript /bin/true\n}"),
      ["note a.conf:1 Nothing uses this definition of check", "note b.conf:1 Nothing uses"],
    ],
    [
      "a check that is not defined",
      pair(addresses, "track_script {\ncheck\n}"),
      ["note a.conf:7 keepalived ignores this line: nothing of this name is defined above."],
    ],
    [
      "another name",
      { ...pair(addresses), "b.conf": (pair(addresses)["b.conf"] ?? "").replace("web", "www") },
      ["note b.conf:2 www of b has the name web in the description"],
    ],
    [
      "a source that nobody wrote",
      pair(addresses, "unicast_peer {\n10.0.0.2\n}", "unicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.1\n}"),
      [
        "note a.conf:2 web does not name the address that its adverts come from; the description says 10.0.0.1",
      ],
    ],
    [
      "another VRID",
      pair(addresses, "", "virtual_router_id 61"),
      [
        "lost b.conf:6 The description cannot hold web: virtual_router_id 61. Generated files will say web: virtual_router_id 51.",
      ],
    ],
    [
      "another password",
      pair(addresses, password("PASS", "s3cr3t"), password("PASS", "0ther")),
      [
        "lost b.conf:8 The description cannot hold web: authentication PASS. Generated files will have another one.",
      ],
    ],
    [
      "AH",
      pair(`${addresses}\n${password("AH", "s3cr3t")}`),
      [
        "lost a.conf:12 The description cannot hold web: authentication AH",
        "lost b.conf:12 The description cannot hold",
      ],
    ],
    [
      "a key for signatures",
      pair(addresses, "auth_hmac {\nkey 1 0123456789abcdef0123456789abcdef\nactive_key 1\n}"),
      ["lost a.conf:6 The description cannot hold web: auth_hmac {…}."],
    ],
    [
      "a program with an unknown variable",
      pair(addresses, 'notify "$TOOL up"'),
      ["lost a.conf:6 The value of a variable in this line is not known here"],
    ],
    [
      "an unknown variable",
      pair(addresses, "garp_master_delay $DELAY"),
      ["lost a.conf:6 The value of a variable in this line is not known here"],
    ],
    [
      "a router of one host",
      {
        ...pair(addresses),
        "a.conf": `${pair(addresses)["a.conf"]}vrrp_instance mail {\nvirtual_router_id 52\n${addresses.replace("100", "110")}\n}`,
      },
      [
        "lost a.conf:11 The description cannot hold mail: a virtual router needs an address, and has to be on all hosts",
      ],
    ],
    [
      "no address",
      pair("garp_master_delay 3"),
      ["lost a.conf:2 The description cannot hold web: a virtual router needs an address", "lost b.conf:2"],
    ],
  ])("%s", (_, texts, expected) => {
    const { told, text } = described(texts);
    expect(told).toEqual(expected.map((each) => expect.stringContaining(each)));
    expect(text + told.join()).not.toMatch(/s3cr3t|0ther|01234567|longer-t/);
  });
});
