/** What completion offers at marked places, and laws over the whole schema. */
import { describe, expect, test } from "vitest";
import { completionAt, documentationOf } from "../../src/language/complete/complete.ts";
import type { Item } from "../../src/language/complete/item.ts";
import { piecesOf, plainText, snippetText } from "../../src/language/snippet.ts";
import { rules } from "../../src/rules/index.ts";
import { everyKeyword } from "../../src/schema/index.ts";
import { marked } from "../support/asking.ts";
import { lintTexts } from "../support/fleet.ts";
import { inPlace } from "../support/in-place.ts";

/** Host b, whole. */
const peer = `global_defs {
    router_id b
    script_user nobody
}
vrrp_script chk {
    script "/usr/libexec/check it"
}
vrrp_instance VI_1 {
    state MASTER
    interface eth0
    virtual_router_id 51
    priority 150
    advert_int 2
    unicast_src_ip 192.0.2.1
    unicast_peer {
        192.0.2.2
    }
    authentication {
        auth_type PASS
        auth_pass "s3 cret"
    }
    track_script {
        chk weight -20
    }
    virtual_ipaddress {
        192.0.2.100/24 dev eth0
        192.0.2.101/24 dev eth0
    }
}
`;

/** Host a, which shares an address with b, with some lines more in its instance. */
const own = (lines: string) => `vrrp_instance VI_1 {
    interface eth1
    ${lines}
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;

type Texts = Readonly<Record<string, string>>;

/** The items at the mark, the most likely first. */
function itemsIn(texts: Texts): readonly Item[] {
  const { view, offset } = marked(texts);
  const items = completionAt(view, offset)?.items ?? [];
  return items.toSorted((one, other) => (one.sort < other.sort ? -1 : one.sort > other.sort ? 1 : 0));
}

const labelsIn = (texts: Texts) => itemsIn(texts).map(({ label }) => label);

/** The text after an item was chosen. */
function chosen(texts: Texts, label: string): string {
  const { view, offset } = marked(texts);
  const found = completionAt(view, offset);
  const item = found?.items.find((each) => each.label === label);
  if (!found || !item) throw new Error(`${label} is not offered.`);
  const inserted = item.snippet ? plainText(item.snippet) : item.text;
  return view.text.slice(0, found.span.start) + inserted + view.text.slice(found.span.end);
}

describe("values that follow from the other host", () => {
  const rows: readonly [string, readonly string[]][] = [
    ["virtual_router_id ‸", ["51"]],
    ["virtual_router_id 7‸7", ["51"]],
    ["priority ‸", ["140", "160", "100"]],
    ["state MASTER\n    priority ‸", ["160", "140", "100"]],
    ["state ‸", ["BACKUP", "MASTER"]],
    ["interface ‸", ["eth0", "eth1"]],
    ["advert_int ‸", ["2", "1"]],
    ["version ‸", ["2", "3"]],
    ["unicast_src_ip ‸", ["192.0.2.2"]],
    ["unicast_peer {\n        ‸\n    }", ["192.0.2.1"]],
    ["unicast_peer {\n        192.0.2.1\n        ‸\n    }", []],
    ["authentication {\n        auth_pass ‸\n    }", ["s3 cret"]],
    ["authentication {\n        auth_type ‸\n    }", ["PASS", "AH"]],
    ["track_script {\n        ‸\n    }", ["chk weight -20", "chk"]],
    ["track_script {\n        chk ‸\n    }", ["weight"]],
    ["track_script {\n        chk weight ‸\n    }", ["-20"]],
    ["virtual_ipaddress {\n        192.0.2.101/24 dev ‸\n    }", ["eth1", "eth0"]],
    ["track_script {\n        chk weight -20 ‸\n    }", ["reverse", "noreverse", "weight"]],
    ["virtual_ipaddress_excluded {\n        ‸\n    }", []],
  ];
  test.each(rows)("%j", (line, expected) => {
    expect(labelsIn({ "a.conf": own(line), "b.conf": peer })).toEqual(expected);
  });

  test("the default is marked among the values that may stand there", () => {
    const items = itemsIn({ "a.conf": "virtual_server 192.0.2.1 80 {\n    lvs_method ‸\n}\n" });
    expect(items.filter(({ detail }) => /· default$/.test(detail)).map(({ label }) => label)).toEqual([
      "NAT",
    ]);
  });

  test("addresses that only the other host has, on this host's interface", () => {
    const text = own("").replace("192.0.2.100/24\n", "192.0.2.100/24\n        ‸\n");
    expect(labelsIn({ "a.conf": text, "b.conf": peer })).toEqual(["192.0.2.101/24 dev eth1"]);
  });

  test("a password is quoted where it has to be, once", () => {
    const line = (text: string) => own(`authentication {\n        auth_pass ${text}\n    }`);
    const expected = 'auth_pass "s3 cret"\n';
    for (const text of ["‸", "x‸y", '"‸"', '"x‸"', '"a ‸b"'])
      expect(chosen({ "a.conf": line(text), "b.conf": peer }, "s3 cret")).toContain(expected);
  });

  test("in one file for two hosts, the other host is the one of the other condition", () => {
    const text = own("virtual_router_id 51\n    @a priority 150\n    @b priority ‸");
    expect(labelsIn({ "keepalived.conf": text })).toEqual(["100", "200"]);
    expect(labelsIn({ "keepalived.conf": text.replace("‸", "1‸0") })).toEqual(["100", "200"]);
  });

  test("a VRID that no host has on the interface, for either family apart", () => {
    const other = (name: string, vrid: number, device: string, address: string) =>
      `vrrp_instance ${name} {\n    interface ${device}\n    virtual_router_id ${vrid}\n    virtual_ipaddress {\n        ${address}\n    }\n}\n`;
    const fresh = "vrrp_instance NEW {\n    interface eth1\n    virtual_router_id ‸\n}\n";
    const [first, second] = [other("A", 3, "eth1", "10.0.0.1"), other("B", 4, "eth1", "10.0.0.2")];
    const far = other("C", 9, "eth2", "10.0.0.3") + other("D", 12, "eth1", "2001:db8::1");
    const settings = '{ "hosts": { "a": "a.conf", "b": "b.conf" } }';
    expect(
      labelsIn({ "a.conf": first + fresh, "b.conf": second + far, ".vrrplintrc.json": settings }),
    ).toEqual(["5", "1"]);
  });
});

describe("values that depend on a word before them", () => {
  const server = (line: string) => `virtual_server 192.0.2.1 80 {\n    ${line}\n}\n`;
  const rows: readonly [string, readonly string[]][] = [
    ["lvs_method ‸", ["NAT", "DR", "TUN"]],
    ["lvs_method DR ‸", []],
    ["lb_kind NAT ‸", []],
    ["sorry_server_lvs_method TUN ‸", ["type", "port", "nocsum", "csum", "remcsum"]],
    ["lvs_method TUN type ‸", ["ipip", "gue", "gre"]],
  ];
  test.each(rows)("%j", (line, expected) => {
    expect(labelsIn({ "a.conf": server(line) })).toEqual(expected);
  });
});

describe("names", () => {
  const script = 'vrrp_script one {\n    script "/bin/true"\n}\n';
  const track = "vrrp_instance VI_1 {\n    track_script {\n        ‸\n    }\n}\n";

  test("of scripts, from included files as well", () => {
    expect(labelsIn({ "a.conf": `include more.inc\n${track}`, "more.inc": script })).toEqual(["one"]);
  });

  test("those that are listed already are left out", () => {
    const twice = `${script}${script.replace("one", "two")}${track.replace("‸", "one\n        ‸")}`;
    expect(labelsIn({ "a.conf": twice })).toEqual(["two"]);
  });

  test("of instances that are in no group yet", () => {
    const instances = ["A", "B", "C"]
      .map((name) => `vrrp_instance ${name} {\n    interface eth0\n}\n`)
      .join("");
    const groups = "vrrp_sync_group G {\n    group {\n        B\n    }\n}\nvrrp_sync_group H {\n    ‸\n}\n";
    expect(chosen({ "a.conf": instances + groups }, "group")).toContain("group {\n\tA\n\tC\n}");
    expect(labelsIn({ "a.conf": instances + groups.replace("‸", "group {\n    ‸\n    }") })).toEqual([
      "A",
      "C",
    ]);
  });

  test("of what the host has in the snippet of a block that lists such names", () => {
    const none = own("‸");
    expect(chosen({ "a.conf": none }, "track_script")).toContain("\n\tcheck_service\n}");
    const two = `${script}${script.replace("one", "two")}${none}`;
    expect(chosen({ "a.conf": two }, "track_script")).toContain("track_script {\n\tone\n}");
    const snippet = itemsIn({ "a.conf": two }).find(({ label }) => label === "track_script")?.snippet ?? [];
    expect(snippetText(snippet)).toBe("track_script {\n\t${1|one,two|}\n}$0");
  });

  test("of interfaces, without the instance's own where it tracks some", () => {
    const other = "vrrp_instance VI_2 {\n    interface eth9\n}\n";
    expect(labelsIn({ "a.conf": `${own("track_interface {\n        ‸\n    }")}${other}` })).toEqual(["eth9"]);
  });

  test("of instances in a group, and of a group's missing instance in a header", () => {
    const group = (text: string) => `vrrp_sync_group G {\n    group {\n        ${text}\n    }\n}\n`;
    expect(labelsIn({ "a.conf": `${group("‸")}vrrp_instance VI_9 {\n    interface eth0\n}\n` })).toEqual([
      "VI_9",
    ]);
    expect(labelsIn({ "a.conf": `${group("VI_7")}vrrp_instance ‸ {\n}\n` })).toEqual(["VI_7"]);
  });

  test("of variables, in braces where text follows", () => {
    const text = (use: string) => `$NET=192.0.2\n$DEV=eth0\nvrrp_instance A {\n    ${use}\n}\n`;
    expect(labelsIn({ "a.conf": text("interface $‸") }).slice(0, 2)).toEqual(["NET", "DEV"]);
    expect(chosen({ "a.conf": text("interface $‸") }, "DEV")).toContain("interface $DEV\n");
    expect(chosen({ "a.conf": text("interface ${D‸") }, "DEV")).toContain("interface ${DEV}\n");
    expect(chosen({ "a.conf": text("interface ${D‸X}") }, "DEV")).toContain("interface ${DEV}\n");
    expect(chosen({ "a.conf": text("mcast_src_ip $‸.1") }, "NET")).toContain("mcast_src_ip ${NET}.1\n");
    // One that is defined on this line or below does not count yet.
    const labels = labelsIn({ "a.conf": "$A=1\n$B=$‸\n$C=3\n" });
    expect(labels.filter((label) => /^[A-Z]$/.test(label))).toEqual(["A"]);
  });

  test("of config-ids", () => {
    expect(labelsIn({ "a.conf": "@one $A=1\n@two $A=2\n@‸ $A=3\n" })).toEqual(["one", "two"]);
    expect(chosen({ "a.conf": "@one $A=1\n@^o‸n $A=3\n" }, "one")).toContain("@^one $A=3\n");
  });

  test("of files to include", () => {
    const texts = { "a.conf": "include ‸", "conf.d/x.conf": "", "conf.d/y.conf": "" };
    expect(labelsIn({ ...texts, "part.inc": "" })).toContain("part.inc");
    expect(labelsIn({ ...texts, "a.conf": "include conf.d/x‸" })).toEqual(["conf.d/x.conf", "conf.d/y.conf"]);
    expect(chosen({ ...texts, "a.conf": "include conf.d/‸*.inc" }, "conf.d/y.conf")).toBe(
      "include conf.d/y.conf",
    );
    const below = (path: string) => labelsIn({ "sub/a.conf": `include ${path}‸`, "conf.d/x.conf": "" });
    expect(below("../conf.d/")).toEqual(["../conf.d/x.conf"]);
    expect(below("/cluster/conf.d/")).toEqual(["/cluster/conf.d/x.conf"]);
    for (const elsewhere of ["/etc/", "../../", "/"]) expect(below(elsewhere)).toEqual([]);
  });

  test("of rules in a silencing comment, first those that speak on the next line", () => {
    const text = "# vrrp-lint-disable-next-line ‸\nvrrp_instance VI_1 {\n}\n";
    const items = itemsIn({ "a.conf": text });
    expect(items.map(({ label }) => label).toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
    const [first] = items;
    expect(first?.sort.startsWith("0")).toBe(true);
    const without = text.replace(/^.*\n/, "");
    expect(lintTexts({ "a.conf": without }).map(({ rule }) => rule)).toContain(first?.label);
    expect(first?.subject && documentationOf(first.subject)).toContain(first?.detail);
    expect(labelsIn({ "a.conf": "# vrrp-lint-disable-next-line lex-bom ‸\n" })).not.toContain("lex-bom");
    expect(labelsIn({ "a.conf": "# v‸\n" })).toHaveLength(2);
    expect(labelsIn({ "a.conf": "# written by ‸\n" })).toEqual([]);
  });
});

describe("keywords", () => {
  test("missing ones first, those that stand there once last", () => {
    const labels = labelsIn({ "a.conf": own("‸"), "b.conf": peer });
    expect(labels.slice(0, 3)).toEqual(["state", "virtual_router_id", "priority"]);
    expect(labels.slice(0, 9)).toContain("unicast_peer");
    expect(labels.slice(-2)).toContain("interface");
  });

  test("bring the other host's values and lines", () => {
    const texts = { "a.conf": own("‸"), "b.conf": peer };
    expect(chosen(texts, "virtual_router_id")).toContain("virtual_router_id 51\n");
    expect(chosen(texts, "authentication")).toContain('auth_pass "s3 cret"\n');
    expect(chosen(texts, "track_script")).toContain("\n\tchk weight -20\n}");
    expect(chosen(texts, "unicast_peer")).toContain("\n\t192.0.2.1\n}");
  });

  test("keep what follows on the line", () => {
    expect(chosen({ "a.conf": own("prio‸ 120") }, "priority")).toContain("    priority 120\n");
    expect(chosen({ "a.conf": "vrrp_i‸ VI_1 {\n}\n" }, "vrrp_instance")).toBe("vrrp_instance VI_1 {\n}\n");
    expect(chosen({ "a.conf": own("pri‸ority 120") }, "preempt_delay")).toContain("    preempt_delay 120\n");
  });

  test("in a block on one line, in an unclosed block, at the end without line end", () => {
    expect(labelsIn({ "a.conf": "vrrp_instance A { authentication { ‸ } }" }).toSorted()).toContain(
      "auth_pass",
    );
    expect(labelsIn({ "a.conf": "vrrp_instance A {\n    state BACKUP\n    prio‸" })).toContain("priority");
    expect(
      labelsIn({ "a.conf": "vrrp_instance A {\n    ‸\nvrrp_instance B {\n    interface eth0\n}\n" }),
    ).toContain("priority");
    expect(labelsIn({ "a.conf": "‸" })).toEqual(
      expect.arrayContaining(["vrrp_instance", "include", "$NAME=", "@id", "~SEQ", "~LST"]),
    );
  });

  test("in a file that is included in a block", () => {
    const main = "vrrp_instance A {\n    include part.inc\n}\n";
    expect(labelsIn({ "a.conf": main, "part.inc": "nopreempt\n‸\n" })).toContain("priority");
  });

  test("too new ones are marked where the release is known", () => {
    const settings = '{ "hosts": { "a": "a.conf" }, "target": "2.2.7" }';
    const items = itemsIn({ "a.conf": own("‸"), ".vrrplintrc.json": settings });
    const item = items.find(({ label }) => label === "timer_expired_backup");
    expect(item?.detail).toMatch(/too new: a runs 2\.2\.7/);
    const known = items.find(({ label }) => label === "nopreempt");
    expect(known && item && known.sort < item.sort).toBe(true);
  });

  test("a new instance gets a free VRID and a free name, or one that something waits for", () => {
    const text = `${own("virtual_router_id 51")}‸`;
    const fresh = chosen({ "a.conf": text }, "vrrp_instance");
    expect(fresh).toContain("vrrp_instance VI_2 {\n");
    expect(fresh).toContain("virtual_router_id 52\n");
    const group = "vrrp_sync_group G {\n    group {\n        VI_1\n        inner\n    }\n}\n";
    expect(chosen({ "a.conf": group + text }, "vrrp_instance")).toContain("vrrp_instance inner {\n");
    const script = 'vrrp_script check_service {\n    script "/bin/true"\n}\n';
    expect(chosen({ "a.conf": `${script}‸` }, "vrrp_script")).toContain("vrrp_script check_service_2 {\n");
  });

  test("are not offered by a blank, which is indentation", () => {
    const { view, offset } = marked({ "a.conf": own(" ‸") });
    expect(completionAt(view, offset, " ")).toBeUndefined();
  });
});

describe("every keyword of the schema", () => {
  test("is offered in its block for the first letters of its name", () => {
    const lacking = everyKeyword().filter(({ path, keyword: { name } }) => {
      const { view, offset } = marked({ "a.conf": inPlace(path, `${name.slice(0, 3)}‸`) });
      const found = completionAt(view, offset);
      const item = found?.items.find(({ label }) => label === name);
      const replaces = found && view.text.slice(found.span.start, found.span.end) === name.slice(0, 3);
      const doc = item?.subject && documentationOf(item.subject);
      return !replaces || !doc;
    });
    expect(lacking.map(({ path }) => path)).toEqual([]);
  });

  test("brings a snippet that reads without new findings, but for what the list says already", () => {
    const bad = everyKeyword().flatMap(({ path, keyword }) => {
      const before = lexicalIn(inPlace(path, ""));
      const text = plainText(piecesOf(keyword));
      const { build, deprecated, since } = keyword;
      const told = [
        ...(build === undefined ? [] : ["lex-build-option-keyword"]),
        ...(deprecated ? ["lex-deprecated-keyword"] : []),
        ...(since === undefined ? [] : ["lex-keyword-too-new"]),
      ];
      const fresh = lexicalIn(inPlace(path, text)).filter(
        (rule) => !before.includes(rule) && !told.includes(rule),
      );
      return fresh.map((rule) => `${path}: ${rule}`);
    });
    expect(bad).toEqual([]);
  });

  test("has a snippet that begins with its name and ends with the cursor", () => {
    for (const { keyword } of everyKeyword()) {
      expect(snippetText(piecesOf(keyword)).startsWith(keyword.name)).toBe(true);
      expect(snippetText(piecesOf(keyword)).endsWith("$0")).toBe(true);
    }
  });
});

function lexicalIn(text: string): readonly string[] {
  return lintTexts({ "a.conf": text }).flatMap(({ rule }) => (rule.startsWith("lex-") ? [rule] : []));
}
