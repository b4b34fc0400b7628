/** Where the cursor is: in which block and on which statement, in whole, broken and included texts. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockAt, cursorAt, statementAt } from "../../src/language/cursor.ts";
import { pathOf, type Statement, walk } from "../../src/schema/statement.ts";
import { anyText, configuration } from "../support/texts.ts";
import { folder, viewOf, workspaceOf } from "../support/workspace.ts";

const shown = (statement: Statement | undefined) => (statement ? pathOf(statement) : "top");

/** Block and statement at the mark of the first text. */
function placesAt(texts: Readonly<Record<string, string>>): string {
  const name = Object.keys(texts).find((each) => texts[each]?.includes("‸")) ?? "";
  const offset = (texts[name] ?? "").indexOf("‸");
  const clean = Object.entries(texts).map(([each, text]) => [each, text.replace("‸", "")]);
  const view = viewOf(workspaceOf(Object.fromEntries(clean), ["a.conf"]), name);
  const at = cursorAt(view, offset);
  return `${shown(at?.block)} ${at?.statement ? shown(at.statement) : "nothing"}`;
}

describe("block and statement", () => {
  const instance = "vrrp_instance";
  const rows: readonly [string, string][] = [
    ["vrrp_instance A {\n  ‸\n}\n", `${instance} nothing`],
    ["vrrp_instance A {\n  prio‸\n}\n", `${instance} ${instance}/prio`],
    ["vrrp_instance A‸ {\n}\n", `top ${instance}`],
    ["vrrp_instance A {‸", `${instance} nothing`],
    ["vrrp_instance A {\n  priority 1\n‸", `${instance} nothing`],
    ["vrrp_instance A {\n  priority  ‸\n}\n", `${instance} ${instance}/priority`],
    ["vrrp_instance A {\n  priority 1\n}\n‸", "top nothing"],
    ["vrrp_instance A {\n  priority 1\n‸}\n", `${instance} nothing`],
    [
      "vrrp_instance A {\n  authentication { auth_type‸ PASS }\n}\n",
      `${instance}/authentication ${instance}/authentication/auth_type`,
    ],
    ["vrrp_instance A {\n  priority 1\n‸\nvrrp_instance B {\n  priority 2\n}\n", `${instance} nothing`],
    ["vrrp_instance A {\n  priority 1\nvrrp_instance B {\n  priority 2\n}\n‸", "top nothing"],
    ["$T=track_interface { \\\n eth0 \\\n }\nvrrp_instance A {\n  ‸\n  $T\n}\n", `${instance} nothing`],
    ["$T=track_interface { \\\n eth0 \\\n }\n‸\nvrrp_instance A {\n  $T\n}\n", "top nothing"],
    [
      "$T=track_interface { \\\n eth0‸ \\\n }\nvrrp_instance A {\n  $T\n}\n",
      `top ${instance}/track_interface/eth0`,
    ],
  ];
  test.each(rows)("%j", (text, expected) => {
    expect(placesAt({ "a.conf": text })).toBe(expected);
  });

  test("in a file that is included inside a block", () => {
    const main = "vrrp_instance A {\n  include part.inc\n}\n";
    expect(placesAt({ "a.conf": main, "part.inc": "priority 1\n‸\n" })).toBe(`${instance} nothing`);
    expect(placesAt({ "a.conf": main, "part.inc": "‸\npriority 1\n" })).toBe(`${instance} nothing`);
  });
});

describe("the quick search", () => {
  test("finds the statement that a search through all of them finds", () => {
    const text = fc.oneof({ weight: 3, arbitrary: configuration }, anyText);
    fc.assert(
      fc.property(text, fc.double({ min: 0, max: 1, noNaN: true }), (content, share) => {
        const view = viewOf(workspaceOf({ "a.conf": content }, ["a.conf"]), "a.conf");
        const [host] = view.hosts;
        if (!host) return;
        const offset = Math.floor(share * content.length);
        let slow: Statement | undefined;
        for (const statement of walk(host.statements)) {
          const { at } = statement.line;
          if (at.file === view.file && at.span.start <= offset && offset <= at.span.end) slow = statement;
        }
        expect(statementAt(host, `${folder}a.conf`, offset)).toBe(slow);
        blockAt(host, view.file, offset);
      }),
    );
  });
});
