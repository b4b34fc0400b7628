/** Statements from lines: what the author meant, what is structurally wrong, and which lines keepalived loses. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineMap } from "../../src/lines.ts";
import { rootKeywords } from "../../src/schema/index.ts";
import { inside, type Statement } from "../../src/schema/statement.ts";
import { buildTree } from "../../src/schema/tree.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";
import { anyText, configuration, seed } from "../support/texts.ts";

const treeOf = (text: string) => buildTree(expand(parseSource("x.conf", text)), rootKeywords);

/** Statements with what is inside in parentheses: `vrrp_instance VI_1(priority 1)`. */
function shown(statements: readonly Statement[]): string {
  const one = (statement: Statement) => {
    const words = statement.words.map(({ text }) => text).join(" ");
    return statement.body ? `${words}(${shown(inside(statement))})` : words;
  };
  return statements.map(one).join(", ");
}

/** `line kind` for each finding. */
function findings(text: string): string[] {
  const map = lineMap(text);
  return treeOf(text).findings.map(({ kind, at }) => `${map.positionAt(at.span.start).line} ${kind}`);
}

const instance = (...lines: string[]) => `vrrp_instance V {\n${lines.join("\n")}\n}\n`;

describe("sound files have no findings", () => {
  test.each<[string, string, string]>([
    [
      "blocks in blocks",
      instance("authentication {", "auth_type PASS", "}"),
      "vrrp_instance V(authentication(auth_type PASS))",
    ],
    [
      "data",
      instance("virtual_ipaddress {", "10.0.0.1/24 dev eth0", "}"),
      "vrrp_instance V(virtual_ipaddress(10.0.0.1/24 dev eth0))",
    ],
    ["a brace on the next line", "vrrp_instance V\n{\npriority 1\n}\n", "vrrp_instance V(priority 1)"],
    ["glued braces", "vrrp_instance V{priority 1}\n", "vrrp_instance V(priority 1)"],
    [
      "data beside its braces",
      instance("track_interface { eth0 }"),
      "vrrp_instance V(track_interface(eth0))",
    ],
    [
      "wild but balanced indentation",
      "vrrp_instance V {\n  virtual_ipaddress {\n10.0.0.1\n}\n      priority 1\n        }\n",
      "vrrp_instance V(virtual_ipaddress(10.0.0.1), priority 1)",
    ],
  ])("%s", (_name, text, tree) => {
    expect(findings(text)).toEqual([]);
    expect(shown(treeOf(text).statements)).toBe(tree);
  });
});

describe("broken files", () => {
  test.each<[string, string, string, string[]]>([
    [
      "unknown keyword",
      instance("prioritty 1", "priority 1"),
      "vrrp_instance V(prioritty 1, priority 1)",
      ["2 unknown-keyword"],
    ],
    [
      "unknown block",
      instance("virtual_ipadress {", "10.0.0.1", "}", "priority 1"),
      "vrrp_instance V(virtual_ipadress(10.0.0.1), priority 1)",
      ["2 unknown-block", "3 lost-line", "5 lost-line", "6 lost-line"],
    ],
    ["wrong block", instance("router_id x"), "vrrp_instance V(router_id x)", ["2 wrong-block"]],
    [
      "extra close",
      "vrrp_instance V {\n}\n}\nvrrp_instance W {\n}\n",
      "vrrp_instance V(), vrrp_instance W()",
      ["3 extra-close"],
    ],
    [
      "unexpected open",
      instance("priority 1 {", "advert_int 1", "}"),
      "vrrp_instance V(priority 1, advert_int 1)",
      ["2 unexpected-open", "5 lost-line"],
    ],
    [
      "an opening brace too many here and one too few there",
      "global_defs {\n  router_id a {\n}\nvrrp_instance V {\n  virtual_ipaddress\n    10.0.0.1\n  }\n}\n",
      "global_defs(router_id a), vrrp_instance V(virtual_ipaddress(10.0.0.1))",
      ["2 unexpected-open", "1 missing-close", "5 missing-open", "8 lost-line"],
    ],
    [
      "a block inside another, indented or not",
      "vrrp_instance V {\n  priority 1\n  vrrp_script S {\n  }\n}\nvrrp_instance W {\npriority 1\nvrrp_script S {\n}\n}\n",
      "vrrp_instance V(priority 1, vrrp_script S()), vrrp_instance W(priority 1, vrrp_script S())",
      ["3 wrong-block", "8 wrong-block", "5 lost-line", "10 lost-line"],
    ],
    [
      "missing close, told by indentation",
      "vrrp_instance V {\n  virtual_ipaddress {\n    10.0.0.1\n  priority 1\n}\nvrrp_instance W {\n  priority 2\n}\n",
      "vrrp_instance V(virtual_ipaddress(10.0.0.1), priority 1), vrrp_instance W(priority 2)",
      ["2 missing-close", "4 lost-line", "6 lost-line", "7 lost-line"],
    ],
    [
      "missing close at the end",
      "vrrp_instance V {\n  priority 1\n",
      "vrrp_instance V(priority 1)",
      ["1 missing-close"],
    ],
    [
      "missing open",
      "vrrp_instance V\n  priority 1\n}\n",
      "vrrp_instance V(priority 1)",
      ["1 missing-open", "2 lost-line", "3 lost-line"],
    ],
    [
      "missing open with a block inside",
      "virtual_server 10.0.0.1 80\n  delay_loop 6\n  real_server 10.0.0.2 80 {\n  }\n}\n",
      "virtual_server 10.0.0.1 80(delay_loop 6, real_server 10.0.0.2 80())",
      ["1 missing-open", "2 lost-line", "3 lost-line", "4 lost-line", "5 lost-line"],
    ],
    [
      "missing open before a neighbour",
      instance("track_interface", "priority 1"),
      "vrrp_instance V(track_interface, priority 1)",
      ["2 missing-open", "3 lost-line"],
    ],
  ])("%s", (_name, text, tree, found) => {
    expect(findings(text)).toEqual(found);
    expect(shown(treeOf(text).statements)).toBe(tree);
  });

  test("a lost line names its cause", () => {
    const text = instance("virtual_ipadress {", "10.0.0.1", "}", "priority 1");
    const { findings } = treeOf(text);
    const cause = findings.find(({ kind }) => kind === "unknown-block")?.at;
    const lost = findings.filter(({ kind }) => kind === "lost-line");
    expect(lost.map(({ related }) => related?.[0]?.at)).toEqual(lost.map(() => cause));
  });

  test("an unknown name gets the nearest known one of its block", () => {
    const { findings } = treeOf(instance("prioritty 1", "virtual_ipadress {", "}"));
    expect(findings.map(({ suggestion }) => suggestion).slice(0, 2)).toEqual([
      "priority",
      "virtual_ipaddress",
    ]);
  });
});

test("any text gives a tree that holds every line of words once", () => {
  const holds = (text: string) => {
    const expansion = expand(parseSource("x.conf", text));
    const { statements } = buildTree(expansion, rootKeywords);
    const count = (list: readonly Statement[]): number =>
      list.reduce((sum, one) => sum + 1 + count(inside(one)), 0);
    expect(count(statements)).toBe(expansion.lines.filter(({ is }) => is === "words").length);
  };
  fc.assert(fc.property(fc.oneof(anyText, configuration), holds), { seed, numRuns: 2_000 });
});

test.each<[string, string]>([
  ["stray braces", "{\n"],
  ["unknown blocks", "a {\n"],
  ["known blocks", "vrrp_instance a {\n"],
])("100,000 unclosed %s are no problem", (_name, line) => {
  expect(treeOf(line.repeat(100_000)).findings.length).toBeGreaterThan(0);
});
