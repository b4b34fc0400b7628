/** What hover says at marked places, and that it knows every keyword of the schema. */
import { describe, expect, test } from "vitest";
import { hoverAt } from "../../src/language/hover/hover.ts";
import { everyKeyword } from "../../src/schema/index.ts";
import { marked } from "../support/asking.ts";
import { inPlace } from "../support/in-place.ts";

const host = (name: string, priority: number) => `vrrp_script chk {
    script "/usr/libexec/check"
    interval 2
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${priority}
    advert_int 1
    unicast_src_ip 192.0.2.${name === "a" ? 1 : 2}
    authentication {
        auth_type PASS
        auth_pass secret-long
    }
    track_script {
        chk weight -60
    }
    virtual_ipaddress {
        192.0.2.100/24 dev eth0
    }
}
`;

const group = "vrrp_sync_group G {\n    group {\n        VI_1\n    }\n}\n";

type Texts = Readonly<Record<string, string>>;

function hoverIn(texts: Texts) {
  const { view, offset } = marked(texts);
  const found = hoverAt(view, offset);
  return { word: found && view.text.slice(found.span.start, found.span.end), text: found?.markdown ?? "" };
}

/** Hover on a word of host a, which is before host b. */
function onA(word: string, behind = "") {
  const text = host("a", 150) + behind;
  const at = text.indexOf(word);
  expect(at).toBeGreaterThan(-1);
  return hoverIn({ "a.conf": `${text.slice(0, at + 1)}‸${text.slice(at + 1)}`, "b.conf": host("b", 100) });
}

describe("over all hosts", () => {
  test("an address tells who holds it and who takes over when", () => {
    const { word, text } = onA("192.0.2.100/24");
    expect(word).toBe("192.0.2.100/24");
    expect(text).toContain("**a (VI_1, priority 150)** holds it while all hosts work");
    expect(text).toContain("b (VI_1, priority 100) takes over after 3.609 s = 3 × 1 s + 0.609 s");
  });

  test("an address that the other host lacks", () => {
    const texts = {
      "a.conf": host("a", 150).replace("192.0.2.100/24", "192.0.2.100/24\n 192.0.2.10‸1/24"),
      "b.conf": host("b", 100),
    };
    expect(hoverIn(texts).text).toContain("b: not in the file, the address is lost there.");
  });

  test("a priority tells the order, also after a failed check", () => {
    const { word, text } = onA("priority 150");
    expect(word).toBe("priority");
    expect(text).toContain("| a | VI_1 | 150 | is master |");
    expect(text).toContain("| b | VI_1 | 100 | after 3.609 s = 3 × 1 s + 0.609 s |");
    expect(text).toContain("- script chk fails on a: 90, b becomes master");
    expect(text).toContain("- script chk fails on b: 40\n");
    expect(text).toContain("Default: 100");
    expect(onA("150\n").text).toContain("script chk fails on a: 90, b becomes master");
  });

  test.each([
    ["weight -60", 150, "90, b becomes master"],
    ["weight -50", 150, "100, as high as b: the address decides"],
    ["weight -40", 150, "110, a stays master"],
    ["weight 0", 150, "FAULT, b becomes master"],
    ["weight 60 reverse", 150, "90, b becomes master"],
    ["weight -60 reverse", 150, "150, a stays master"],
    ["weight 20", 90, "90, b becomes master"],
    ["weight -20", 90, "70\n"],
    ["weight 5", 98, "98, b becomes master"],
  ])("a check with %s on a priority of %i", (weight, priority, expected) => {
    const own = host("a", priority).replace("weight -60", weight).replace("prio", "pr‸io");
    const { text } = hoverIn({
      "a.conf": own,
      "b.conf": host("b", 100).replace("chk weight -60", "chk weight 0"),
    });
    expect(`${text}\n`).toContain(`- script chk fails on a: ${expected}`);
  });

  test("a host that does not preempt stays backup", () => {
    const other = host("b", 100).replace("state BACKUP", "state BACKUP\n    nopreempt");
    const { text } = hoverIn({ "a.conf": host("a", 150).replace("prio", "pr‸io"), "b.conf": other });
    expect(text).toContain("fails on a: 90, but b has nopreempt and does not take over");
  });

  test("a VRID tells the members", () => {
    expect(onA("virtual_router_id").text).toContain("- a: VI_1 on eth0, VRID 51\n- b: VI_1 on eth0, VRID 51");
    expect(hoverIn({ "a.conf": host("a", 150).replace("virtual_router", "virtual‸_router") }).text).toContain(
      "No other host has this virtual router.",
    );
  });

  test("an interval tells how long each host waits", () => {
    const { text } = onA("advert_int");
    expect(text).toContain("- a: 3.414 s = 3 × 1 s + 0.414 s");
    expect(text).toContain("- b: 3.609 s = 3 × 1 s + 0.609 s");
  });

  test("a password tells what is used of it, and never another host's", () => {
    const { text } = onA("auth_pass");
    expect(text).toContain("the first 8 of 11 bytes: `secret-l`");
    expect(text).toContain("b uses the same");
    const other = { "a.conf": host("a", 150).replace("secret-long", "mi‸ne"), "b.conf": host("b", 100) };
    expect(hoverIn(other).text).toContain("b uses another one");
    expect(hoverIn(other).text).not.toContain("secret");
  });

  test("names of instances and groups show the table", () => {
    const table = "| b | VI_1 | 100 | after 3.609 s";
    expect(onA("VI_1 {").text).toContain(table);
    expect(onA("VI_1\n    }", group).text).toContain(table);
    expect(onA("G {", group).text).toContain(table);
  });

  test("one file for two hosts: each host's numbers", () => {
    const text = host("a", 100).replace("priority 100", "@a prio‸rity 150\n    @b priority 100");
    const shown = hoverIn({ "keepalived.conf": text }).text;
    expect(shown).toContain("| a | VI_1 | 150 | is master |");
    expect(shown).toContain("| b | VI_1 | 100 |");
  });
});

describe("names and words", () => {
  test("a tracked script shows its definition, that of another host where there is none here", () => {
    expect(onA("chk weight").text).toContain(
      'vrrp_script chk {\n    script "/usr/libexec/check"\n    interval 2\n}',
    );
    const without = host("a", 150)
      .replace(/vrrp_script[^}]*}/, "")
      .replace("chk weight", "c‸hk weight");
    expect(hoverIn({ "a.conf": without, "b.conf": host("b", 100) }).text).toContain(
      "a does not define it; b does",
    );
  });

  test("options and choices", () => {
    expect(onA("dev eth0").text).toContain("`dev INTERFACE`: The interface that gets the address.");
    expect(onA("weight -60").text).toContain("Changes the priority");
    expect(onA("BACKUP").text).toContain("`BACKUP`: Listens first");
    expect(onA("eth0\n").text).toContain("network interface");
  });

  test("a keyword of many options names them", () => {
    const { text } = onA("virtual_ipaddress");
    expect(text).toContain("- Options: `dev`, ");
    expect(text.split("\n").length).toBeLessThan(12);
  });

  test("in a file that is included by one host, with the peer's part in it", () => {
    const instance = host("a", 150).replace("192.0.2.100/24", "192.0.2.1‸00/24");
    const texts = { "a.conf": "include vi.inc\n", "vi.inc": instance, "b.conf": host("b", 100) };
    expect(hoverIn(texts).text).toContain("b (VI_1, priority 100) takes over after 3.609 s");
  });

  test("variables by host", () => {
    const text =
      "@a $PRIO=150\n@b $PRIO=100\n$NET=10.0\n$FULL=${NET}.1\nvrrp_instance A {\n    priority $PR‸IO\n}\n";
    expect(hoverIn({ "keepalived.conf": text })).toEqual({
      word: "$PRIO",
      text: "`$PRIO`\n\n- a: `150`\n- b: `100`",
    });
    const inWord = text.replace("‸", "").replace("priority $PRIO", "mcast_src_ip ${F‸ULL}.2");
    expect(hoverIn({ "a.conf": inWord })).toEqual({ word: "${FULL}", text: "`$FULL`\n\n- `10.0.1`" });
    expect(hoverIn({ "a.conf": "$N‸ET=10.0\n" }).text).toContain("`10.0`");
    expect(hoverIn({ "a.conf": "vrrp_instance A {\n  priority $NO‸NE\n}\n" }).text).toContain(
      "Nothing defines",
    );
    expect(
      hoverIn({ "a.conf": "include v.inc\nvrrp_instance A {\n  priority $P‸\n}\n", "v.inc": "$P=7\n" }).text,
    ).toContain("`7`");
  });

  test("conditions, includes and silencing comments", () => {
    const texts = "vrrp_instance A {\n    @on‸e priority 10\n    @two priority 20\n}\n";
    expect(hoverIn({ "a.conf": texts }).text).toContain("Here that is: one.");
    expect(hoverIn({ "a.conf": texts.replace("@on‸e", "@^on‸e") }).text).toContain("Here that is: two.");
    expect(hoverIn({ "a.conf": "include par‸t.inc\n", "part.inc": "" }).text).toContain("Reads part.inc.");
    expect(hoverIn({ "a.conf": "# vrrp-lint-disable-next-line lex‸-bom\nglobal_defs {\n}\n" })).toEqual({
      word: "lex-bom",
      text: expect.stringContaining("byte order mark"),
    });
  });

  test("an include of a pattern: the files that it finds, not others whose names are alike", () => {
    const text = "include conf.d/*.con‸f\ninclude checks.conf\n";
    const { text: said } = hoverIn({ "a.conf": text, "conf.d/x.conf": "", "checks.conf": "" });
    expect(said).toContain("Reads conf.d/x.conf.");
  });

  test("a line that stands for several: what it repeats, and the words in it as elsewhere", () => {
    const sequence = (text: string) => hoverIn({ "a.conf": text });
    expect(sequence("~S‸EQ(N, 1, 3) vrrp_script c$N {\n}\n")).toEqual({
      word: "~SEQ(N, 1, 3)",
      text: expect.stringContaining("`${N}` in it counts from the first number to the last"),
    });
    expect(sequence("~LST({A, B},‸ {1, 2}, {3, 4}) vrrp_script c$A {\n}\n").text).toContain(
      "`${A}`, `${B}` in it stands for one value",
    );
    expect(sequence("~SEQ(N, 1, 3) vrrp_scr‸ipt c$N { script /x }\n").word).toBe("vrrp_script");
  });

  test("nothing on blanks, comments and at the end", () => {
    for (const text of ["‸", "vrrp_instance A {\n  ‸  \n}\n", "# a com‸ment\n", "vrrp_instance A {\n}\n‸"])
      expect(hoverIn({ "a.conf": text }).word).toBeUndefined();
  });
});

test("every keyword of the schema shows its explanation", () => {
  const silent = everyKeyword().filter(({ path, keyword: { name, example, doc } }) => {
    const text = inPlace(path, example);
    const from = text.lastIndexOf(example);
    const at = from + Math.max(0, example.search(new RegExp(`^${name}(?![\\w-])`, "m")));
    const { word, text: shown } = hoverIn({ "a.conf": `${text.slice(0, at + 1)}‸${text.slice(at + 1)}` });
    return word !== name || !shown.includes(doc);
  });
  expect(silent.map(({ path }) => path)).toEqual([]);
});
