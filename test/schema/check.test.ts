import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { bind } from "../../src/schema/bind.ts";
import { checkStatements } from "../../src/schema/check.ts";
import { everyKeyword, rootKeywords } from "../../src/schema/index.ts";
import { type Finding, type Statement, walk } from "../../src/schema/statement.ts";
import { buildTree } from "../../src/schema/tree.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";

const file = "a.conf";

function treeOf(text: string): readonly Statement[] {
  return buildTree(expand(parseSource(file, text)), rootKeywords).statements;
}

/** `kind text` of each finding, with the text it stands at. */
function check(text: string): string[] {
  return checkStatements(treeOf(text)).map(
    ({ kind, at: { span } }) => `${kind} ${text.slice(span.start, span.end)}`,
  );
}

function inInstance(lines: string): string {
  return `vrrp_instance VI_1 {\n${lines}\n}\n`;
}

describe("keywords", () => {
  it.each<[string, string[]]>([
    ["priority 100", []],
    ["priority", ["missing-value priority"]],
    ["priority 0", ["out-of-range 0"]],
    ["priority x", ["bad-number x"]],
    ["priority 100 200 300", ["extra-words 200 300"]],
    ["priority x y", ["bad-number x", "extra-words y"]],
    ["nopreempt", []],
    ["nopreempt off now", ["flag-with-argument off now"]],
    ["strict_mode", []],
    ["strict_mode off", []],
    ["strict_mode maybe", ["bad-bool maybe"]],
    ["state master", ["bad-word master"]],
    ["interface an_interface_too_long", ["too-long an_interface_too_long"]],
    ["mcast_src_ip host.example", ["bad-address host.example"]],
    ["notify_master /usr/bin/a", []],
    ["notify_master '/usr/bin/a b c' root root", []],
    ["notify_master /usr/bin/a root root more", ["extra-words more"]],
    ['notify_master "/usr/bin/a', ["missing-value notify_master"]],
    ["no_such_keyword 1 2 3", []],
    ["priority $UNKNOWN_VALUE", []],
    [`priority \${_ENV PRIO} 5`, []],
  ])("%j", (line, expected) => {
    expect(check(inInstance(line))).toEqual(expected);
  });
});

describe("lines of data", () => {
  it.each<[string, string[]]>([
    ["virtual_ipaddress {\n10.0.0.1/24 dev eth0 label eth0:1 no_track\n}", []],
    ["virtual_ipaddress {\n10.0.0.1/24 dev\n}", ["bad-option dev"]],
    ["virtual_ipaddress {\n10.0.0.1/24 10.0.0.2/24 dev eth0\n}", ["bad-option 10.0.0.2/24"]],
    ["virtual_ipaddress {\n10.0.0.1/24 label a-label-too-long\n}", ["too-long a-label-too-long"]],
    [
      "virtual_ipaddress {\n10.0.0.1/40\n10.0.0.300\n}",
      ["bad-address 10.0.0.1/40", "bad-address 10.0.0.300"],
    ],
    ["virtual_ipaddress foo bar {\n10.0.0.1\n}", ["block-extra-words foo bar"]],
    ["track_script {\nchk weight -20 reverse\n}", []],
    ["track_script {\nchk weight -2000\n}", ["out-of-range -2000"]],
    ["virtual_routes {\nanything at all here\n}", ["bad-option anything"]],
    ["virtual_routes {\n10.0.0.0/8 via 10.0.0.1 track 27\n}", ["bad-option track"]],
    ["virtual_routes {\nvia inet 10.0.0.1 metric 5 to 10.0.0.0/8\n}", []],
    ["virtual_routes {\n10.0.0.0/8 dev eth0 mtu lock\n}", ["bad-option mtu"]],
    ["virtual_routes {\ninet default via 10.0.0.1\n}", ["incomplete-line inet"]],
    ["virtual_routes {\nvia 10.0.0.1 default\n}", ["mixed-families default"]],
    ["virtual_routes {\n10.0.0.0/8 nexthop via 10.0.0.1 nexthop via 10.0.0.2 weight 5\n}", []],
    ["virtual_routes {\n10.0.0.0/8 nexthop via 10.0.0.1 table 5\n}", ["misplaced-option table"]],
    ["virtual_rules {\nfrom 10.0.0.0/8 table 0\n}", ["out-of-range 0"]],
    ["virtual_rules {\ntable 5 blackhole\n}", ["second-option blackhole"]],
    ["virtual_rules {\ngoto 5 priority 5\n}", ["lacks-companion goto"]],
    ["virtual_rules {\nblackhole realms 5\n}", ["lacks-companion realms"]],
  ])("%j", (lines, expected) => {
    expect(check(inInstance(lines))).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["192.0.2.1 80", []],
    ["192.0.2.1-20 80", []],
    ["192.0.2.1-192.0.2.20", []],
    ["192.0.2.20-10 80", ["bad-address 192.0.2.20-10"]],
    ["192.0.2.1/24 80", ["bad-address 192.0.2.1/24"]],
    ["192.0.2.1 http", ["bad-number http"]],
    ["fwmark 5 inet6", []],
    ["fwmark", ["missing-value fwmark"]],
    ["fwmark 5 ipv6", ["bad-word ipv6"]],
  ])("of a server group: %s", (line, expected) => {
    expect(check(`virtual_server_group G {\n${line}\n}\n`)).toEqual(expected);
  });

  it("several words on a line of names are several names", () => {
    expect(check("vrrp_sync_group G {\ngroup {\nVI_1 VI_2\n}\n}\n")).toEqual([]);
  });
});

test("findings say what is expected and what was probably meant", () => {
  const found = (text: string): Partial<Finding> | undefined => checkStatements(treeOf(inInstance(text)))[0];
  expect(found("priority 300")?.expected).toBe("a whole number from 1 to 255");
  expect(found("state backup")).toMatchObject({ expected: "MASTER or BACKUP", suggestion: "BACKUP" });
  expect(found("track_interface {\neth1 wieght 5\n}")).toMatchObject({
    kind: "bad-option",
    suggestion: "weight",
  });
  expect(found("track_interface {\neth1 weight\n}")?.expected).toMatch(/ after weight$/);
});

test("a binding takes every word of the line exactly once", () => {
  for (const { keyword } of everyKeyword()) {
    for (const statement of walk(treeOf(keyword.example))) {
      const binding = bind(statement);
      if (!binding) continue;
      const taken = [...binding.bound, ...binding.options].map(({ word }) => word);
      expect(new Set([...taken, ...binding.surplus])).toEqual(new Set(binding.words));
      expect(taken.length + binding.surplus.length).toBe(binding.words.length);
    }
  }
});

const names = everyKeyword().map(({ keyword }) => keyword.name);
const word = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(
    "{",
    "}",
    '"',
    "'",
    "100",
    "-1",
    "0x1",
    "on",
    "Off",
    "10.0.0.1/24",
    "fe80::1",
    "dev",
    "weight",
  ),
  fc.string({ maxLength: 6 }),
);
const text = fc
  .array(fc.array(word, { maxLength: 6 }), { maxLength: 25 })
  .map((lines) => lines.map((words) => words.join(" ")).join("\n"));

test("any tree gives findings that lie in the text and name their statement, without exception", () => {
  fc.assert(
    fc.property(text, (source) => {
      const statements = treeOf(source);
      const known = new Set(walk(statements));
      for (const { at, statement, expected } of checkStatements(statements)) {
        expect(at.span.start).toBeGreaterThanOrEqual(0);
        expect(at.span.end).toBeLessThanOrEqual(source.length);
        expect(at.span.start).toBeLessThanOrEqual(at.span.end);
        expect(statement && known.has(statement)).toBe(true);
        expect(expected).toBeTruthy();
      }
    }),
    { numRuns: 500 },
  );
});
