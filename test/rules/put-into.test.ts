/** Lines that stand outside of their block: what the fixes make of them, in all ways of writing. */
import { describe, expect, test } from "vitest";
import { lintTexts, withFirstFixes } from "../support/fleet.ts";

const rules = ["lex-value-without-block", "lex-keyword-wrong-block"];

/** Two instances and a script, then the text. */
const head = ["A", "B"]
  .map(
    (name, index) =>
      `vrrp_instance ${name} {\n  interface eth0\n  virtual_router_id ${index + 1}\n  virtual_ipaddress {\n    192.0.2.${index + 1}/24\n  }\n}\n`,
  )
  .join("");

/** The text after the first fix of each finding of these rules, and how many there were. */
function mended(text: string, above = head): { readonly text: string; readonly count: number } {
  const found = lintTexts({ "a.conf": above + text }).filter(({ rule }) => rules.includes(rule));
  const after = withFirstFixes({ "a.conf": above + text }, found)["a.conf"] ?? "";
  return { text: after.slice(above.length), count: found.length };
}

const group = (...lines: string[]) => ["vrrp_sync_group G {", ...lines, "}", ""].join("\n");

describe("lines that belong in a block", () => {
  test.each<[string, string, string]>([
    ["with tabs", group("\tA", "\tB"), group("\tgroup {", "\t\tA", "\t\tB", "\t}")],
    [
      "with blank lines and comments",
      group("    A # first", "", "    # then", "    B"),
      group("    group {", "        A # first", "", "        # then", "        B", "    }"),
    ],
    ["two on a line", group("    A B"), group("    group {", "        A B", "    }")],
    [
      "beside their block",
      group("    A", "    group {", "        B", "    }"),
      group("    group {", "        B", "        A", "    }"),
    ],
    [
      "beside their empty block",
      group("    A", "    group {", "    }"),
      group("    group {", "        A", "    }"),
    ],
    ["without a line end", "vrrp_sync_group G { A B }", "vrrp_sync_group G { group { A B } }"],
    [
      "keywords of the top level's block",
      "router_id a\nscript_user root\n",
      "global_defs {\n    router_id a\n    script_user root\n}\n",
    ],
  ])("%s", (_what, before, after) => {
    for (const end of ["\n", "\r\n"]) {
      const lines = (text: string) => text.replaceAll("\n", end);
      const { text, count } = mended(lines(before), lines(head));
      expect(count).toBeGreaterThan(0);
      expect(text).toBe(lines(after));
      expect(mended(text, lines(head)).count).toBe(0);
    }
  });

  test("are put into one block, though others stand between them", () => {
    const found = lintTexts({ "a.conf": head + group("    A", "    global_tracking", "    B") });
    const [first, second] = found.filter(({ rule }) => rules.includes(rule)).map(({ fixes }) => fixes);
    expect(first?.map(({ safe }) => safe)).toEqual([true]);
    expect(second?.map(({ safe }) => safe)).toEqual([false]);
  });

  test.each([
    ["a name that nothing defines", group("    C")],
    ["a name that comes from a variable", `$X=A\n${group("    $X")}`],
    ["a name with words that its block does not take", `vrrp_instance C {\n    eth1 and more\n}\n`],
    ["a word that is like a keyword", "vrrp_instance C {\n    vresion3\n}\n"],
  ])("are not looked for in %s", (_what, text) => {
    const found = lintTexts({ "a.conf": head + text }).filter(({ rule }) => rules.includes(rule));
    expect(found.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
