/** Where values of one host stand in files that people wrote, and what becomes of them. */
import { describe, expect, test } from "vitest";
import { derive } from "../../../src/generate/partner/derive.ts";
import type { Existing, Newcomer } from "../../../src/generate/partner/newcomer.ts";
import { filesBelow, textOf } from "../../support/project.ts";
import { existing, newcomer } from "./hosts.ts";

/** The text of the partner, or why there is none. */
function outcomeOf(given: Existing, who: Newcomer): string {
  const outcome = derive(given, who, () => "lb2.conf");
  if (outcome.is === "problems")
    return outcome.problems.map(({ is, message }) => `${is}: ${message}`).join("\n");
  return [...outcome.texts.values()].join("");
}

/** What of a text is different, line by line: `old -> new`. */
function changes(text: string, who: Partial<Newcomer> = {}, more: Partial<Existing> = {}): readonly string[] {
  const after = outcomeOf(existing("lb1.conf", text, more), newcomer({ name: "lb2", ...who })).split("\n");
  const before = text.split("\n");
  if (after.length !== before.length) return after;
  return before.flatMap((line, index) => (line === after[index] ? [] : `${line} -> ${after[index]}`));
}

const instance = (lines: readonly string[], name = "web", number = 5) => `vrrp_instance ${name} {
    interface eth0
    virtual_router_id ${number}
${lines.map((line) => `${line}\n`).join("")}    virtual_ipaddress {
        10.0.0.10${number}/24
    }
}
`;

describe("state and priority", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      "a master",
      ["state MASTER", "priority 150"],
      ["state MASTER -> state BACKUP", "priority 150 -> priority 100"],
    ],
    [
      "a backup",
      ["state BACKUP", "priority 100"],
      ["state BACKUP -> state MASTER", "priority 100 -> priority 150"],
    ],
    [
      "a low master",
      ["state MASTER", "priority 20"],
      ["state MASTER -> state BACKUP", "priority 20 -> priority 1"],
    ],
    [
      "a high backup",
      ["state BACKUP", "priority 250"],
      ["state BACKUP -> state MASTER", "priority 250 -> priority 254"],
    ],
    ["a backup that stays", ["state BACKUP", "nopreempt", "priority 150"], ["priority 150 -> priority 100"]],
    [
      "a master that waits",
      ["state BACKUP", "preempt_delay 30", "priority 150"],
      ["priority 150 -> priority 100"],
    ],
  ])("of %s", (_, lines, expected) => {
    expect(changes(instance(lines))).toEqual(expected);
  });

  test.each([
    ["-20", "150 -> priority 140"],
    ["-2", "150 -> priority 149"],
    ["20", "150 -> priority 140"],
    ["-200", "230 -> priority 201"],
  ])("keep a check with weight %s able to move the addresses", (weight, expected) => {
    const text = `vrrp_track_process p {\n    process nginx\n    weight ${weight}\n}\n${instance([
      "state MASTER",
      `priority ${expected.split(" ")[0]}`,
      "track_process {",
      "p",
      "}",
    ])}`;
    expect(changes(text)).toContain(`priority ${expected}`);
  });

  test("in a file with masters and backups, both numbers change places", () => {
    const one = instance(["state MASTER", "priority 100"]);
    const other = instance(["state BACKUP", "priority 99"], "mail", 6);
    expect(changes(one + other)).toEqual([
      "state MASTER -> state BACKUP",
      "priority 100 -> priority 99",
      "state BACKUP -> state MASTER",
      "priority 99 -> priority 100",
    ]);
  });

  test("without a state, only the user knows", () => {
    const text = instance(["priority 90"]);
    expect(outcomeOf(existing("lb1.conf", text), newcomer())).toMatch(
      /^missing: web does not say .*--priority/,
    );
    const priorities = [{ instance: "web", priority: 91 }];
    expect(changes(text, { priorities })).toEqual(["priority 90 -> priority 91"]);
  });

  test("a default priority gets a line", () => {
    const after = outcomeOf(existing("lb1.conf", instance(["state BACKUP"])), newcomer());
    expect(after).toContain("    virtual_router_id 5\n    priority 150\nstate MASTER\n");
  });
});

describe("definitions", () => {
  test("are changed where they are made, when all that use them change alike", () => {
    const text = `$P=150\n$S=MASTER\n${instance(["state $S", "priority $P"])}${instance(["state $S", "priority ${P}"], "mail", 6)}`;
    expect(changes(text)).toEqual(["$P=150 -> $P=100", "$S=MASTER -> $S=BACKUP"]);
  });

  test("stay when something else uses them", () => {
    const text = `$N=100\n${instance(["state MASTER", "priority $N", "garp_master_delay $N"])}`;
    expect(changes(text)).toEqual(["state MASTER -> state BACKUP", "priority $N -> priority 50"]);
  });

  test("of names and addresses are meant wherever they are used", () => {
    const lines = ["state MASTER", "priority 9", "unicast_src_ip $ME", "unicast_peer {", "$YOU", "}"];
    const text = `$ME=10.0.0.11\n$YOU=10.0.0.12\n${instance([...lines, 'notify "/usr/bin/told ${ME} of ${YOU}"'])}`;
    expect(changes(text)).toEqual([
      "$ME=10.0.0.11 -> $ME=10.0.0.12",
      "$YOU=10.0.0.12 -> $YOU=10.0.0.11",
      "state MASTER -> state BACKUP",
      "priority 9 -> priority 1",
    ]);
  });

  test("that begin a word stay where only its ending changes", () => {
    const lines = [
      "state MASTER",
      "priority 9",
      "unicast_src_ip ${NET}.11",
      "unicast_peer {",
      "${NET}.12",
      "}",
    ];
    expect(changes(`$NET=10.0.0\n${instance(lines)}`).slice(2)).toEqual([
      "unicast_src_ip ${NET}.11 -> unicast_src_ip ${NET}.12",
      "${NET}.12 -> ${NET}.11",
    ]);
    const addresses = ["10.0.7.1"];
    const elsewhere = changes(
      `$NET=10.0.0\n${instance(["state MASTER", "priority 9", "mcast_src_ip ${NET}.11"])}`,
      { addresses },
    );
    expect(elsewhere.at(-1)).toBe("mcast_src_ip ${NET}.11 -> mcast_src_ip 10.0.7.1");
  });
});

test("templates of whole instances are changed where they are made", () => {
  const template = `$INSTANCE= \\
vrrp_instance VI_$NUM { \\
    state MASTER \\
    interface eth0 \\
    virtual_router_id $NUM \\
    priority 150 \\
    virtual_ipaddress { \\
        10.0.0.10\${NUM}/24 \\
    } \\
}
$NUM=1
$INSTANCE
$NUM=2
$INSTANCE
`;
  expect(changes(template)).toEqual([
    "    state MASTER \\ ->     state BACKUP \\",
    "    priority 150 \\ ->     priority 100 \\",
  ]);
});

describe("lines for one host", () => {
  const common = instance([
    "@lb1 state MASTER",
    "@lb2 state BACKUP",
    "@lb1 priority 150",
    "@lb2 priority 100",
  ]);

  test("a file for both hosts stays as it is", () => {
    expect(changes(common)).toEqual([]);
    expect(changes(common.replaceAll("@lb2", "@^lb1"), {}, { configId: "lb1" })).toEqual([]);
  });

  test("lines for the old host become lines for the new one", () => {
    const own = instance(["@lb1 state MASTER", "@lb1 priority 150"]);
    const expected = ["@lb1 state MASTER -> @lb2 state BACKUP", "@lb1 priority 150 -> @lb2 priority 100"];
    expect(changes(own, {}, { configId: "lb1" })).toEqual(expected);
    expect(changes(own)).toEqual(expected);
    const unnamed = outcomeOf(existing("ha.conf", own), newcomer());
    expect(unnamed).toMatch(/^missing: ha\.conf has lines for @lb1: --config-id ID/);
  });
});

describe("addresses and interfaces", () => {
  const text = `static_ipaddress {
    192.168.9.11/24 dev eth1
}
bfd_instance peer {
    neighbor_ip 10.0.0.12
    source_ip 10.0.0.11
}
${instance(["state MASTER", "priority 100", "mcast_src_ip 10.0.0.11", "track_bfd {", "peer", "}"])}`;

  test("each of the host's own addresses gets the one in its network", () => {
    const addresses = ["10.0.0.12/24", "192.168.9.12/24"];
    expect(changes(text, { addresses })).toEqual([
      "    192.168.9.11/24 dev eth1 ->     192.168.9.12/24 dev eth1",
      "    neighbor_ip 10.0.0.12 ->     neighbor_ip 10.0.0.11",
      "    source_ip 10.0.0.11 ->     source_ip 10.0.0.12",
      "state MASTER -> state BACKUP",
      "priority 100 -> priority 50",
      "mcast_src_ip 10.0.0.11 -> mcast_src_ip 10.0.0.12",
    ]);
  });

  test.each([
    ["none", [], /^missing: mcast_src_ip of web 10\.0\.0\.11 belongs to this host: --address/],
    [
      "too many",
      ["10.0.0.12", "10.0.0.13"],
      /^missing: mcast_src_ip of web is 10\.0\.0\.11, and .* may all stand for it/,
    ],
  ])("%s of them is a question", (_, addresses, message) => {
    expect(outcomeOf(existing("lb1.conf", text), newcomer({ addresses }))).toMatch(message);
  });

  test("interfaces are renamed wherever the schema knows them", () => {
    const lines = [
      "state MASTER",
      "track_interface {",
      "eth1 weight -9",
      "}",
      "virtual_routes {",
      "192.168.3.0/24 via 10.0.0.1 dev eth0",
      "}",
      "virtual_ipaddress_excluded {",
      "10.0.0.9/24 dev eth0 label eth0:9",
      "}",
      'notify "/usr/bin/true eth0"',
      "priority 100",
    ];
    const interfaces = [
      { old: "eth0", fresh: "ens3" },
      { old: "eth1", fresh: "ens4" },
    ];
    const found = changes(instance(lines), { interfaces });
    expect(found.filter((line) => /ens/.test(line))).toEqual([
      "    interface eth0 ->     interface ens3",
      "eth1 weight -9 -> ens4 weight -9",
      "192.168.3.0/24 via 10.0.0.1 dev eth0 -> 192.168.3.0/24 via 10.0.0.1 dev ens3",
      "10.0.0.9/24 dev eth0 label eth0:9 -> 10.0.0.9/24 dev ens3 label ens3:9",
    ]);
  });

  test.each([
    [
      "a name for a file with two",
      [{ old: undefined, fresh: "ens3" }],
      /uses eth0 and eth0\.7; write --interface OLD:NEW/,
    ],
    [
      "a parent without its VLAN",
      [{ old: "eth0", fresh: "ens3" }],
      /uses eth0\.7, too: --interface eth0\.7:NAME/,
    ],
    ["a stranger", [{ old: "eth9", fresh: "ens3" }], /uses no eth9, only eth0 and eth0\.7/],
  ])("%s is a question", (_, interfaces, message) => {
    const two = instance(["state MASTER", "track_interface {", "eth0.7", "}"]);
    expect(outcomeOf(existing("lb1.conf", two), newcomer({ interfaces }))).toMatch(message);
  });

  test("the loopback interface is called the same everywhere", () => {
    const lines = ["state MASTER", "priority 150", "virtual_ipaddress_excluded {", "10.0.0.9/32 dev lo", "}"];
    const found = changes(instance(lines), { interfaces: [{ old: undefined, fresh: "ens3" }] });
    expect(found.filter((line) => /ens3| lo/.test(line))).toEqual([
      "    interface eth0 ->     interface ens3",
    ]);
  });

  test("in a full mesh the two hosts change places, the others stay", () => {
    const peers = ["unicast_src_ip 10.0.0.11", "unicast_peer {", "10.0.0.13", "10.0.0.12", "}"];
    const mesh = instance(["state MASTER", "priority 150", ...peers]);
    expect(changes(mesh, { addresses: ["10.0.0.12/24"] }).slice(2)).toEqual([
      "unicast_src_ip 10.0.0.11 -> unicast_src_ip 10.0.0.12",
      "10.0.0.12 -> 10.0.0.11",
    ]);
  });

  test("an address in one network says nothing of the partner in another", () => {
    const inNet = (net: number, name: string) =>
      instance(
        [
          "state MASTER",
          "priority 150",
          `unicast_src_ip 10.${net}.0.11`,
          "unicast_peer {",
          `10.${net}.0.12`,
          "}",
        ],
        name,
        net,
      );
    const after = changes(inNet(1, "one") + inNet(2, "two"), { addresses: ["10.1.0.12"] });
    expect(after).toContain("10.2.0.12 -> 10.2.0.11");
  });

  test("a list of all hosts, the own one among them, is the same on each", () => {
    const peers = ["unicast_src_ip 10.0.0.11", "unicast_peer {", "10.0.0.11", "10.0.0.12", "}"];
    const after = changes(instance(["state MASTER", "priority 150", ...peers]));
    expect(after.slice(2)).toEqual(["unicast_src_ip 10.0.0.11 -> unicast_src_ip 10.0.0.12"]);
  });
});

test("line ends and a file without a last one stay", () => {
  const text = instance(["state MASTER", "priority 150"]).replaceAll("\n", "\r\n").trimEnd();
  const after = outcomeOf(existing("lb1.conf", text), newcomer());
  expect(after).toBe(text.replace("MASTER", "BACKUP").replace("150", "100"));
});

describe("the test cases' sound fleets", () => {
  const folders = new Set(filesBelow("test/cases").map((file) => file.split("/").slice(0, 3).join("/")));
  const sound = [...folders].filter((folder) => folder.includes("/sound-"));

  test("are there", () => expect(sound.length).toBeGreaterThan(5));

  test.each(sound.map((folder) => [folder]))(
    "%s: every host has a partner that fits, or a question",
    (folder) => {
      for (const file of filesBelow(folder).filter((each) => each.endsWith(".conf"))) {
        const outcome = derive(existing(file, textOf(file)), newcomer({ name: "fresh" }), () => "fresh.conf");
        const asked = outcome.is === "problems" && outcome.problems.every(({ is }) => is === "missing");
        expect({ file, fits: outcome.is === "files" || asked }).toEqual({ file, fits: true });
      }
    },
  );
});
