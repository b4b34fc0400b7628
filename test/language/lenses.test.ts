/** What stands above instances and behind lines. */
import { describe, expect, test } from "vitest";
import { explanationOf, takeoverTables } from "../../src/language/answers.ts";
import { inlaysIn } from "../../src/language/inlays.ts";
import { lensesIn } from "../../src/language/lenses.ts";
import { rules } from "../../src/rules/index.ts";
import { textOf } from "../support/project.ts";
import { viewOf, workspaceOf } from "../support/workspace.ts";

const tutorial = {
  "host-a.conf": textOf("examples/tutorial/host-a.conf"),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

const tracked = (priority: number, more = "") => `vrrp_script chk {
  script "/usr/bin/true"
  weight -60
}
vrrp_instance web {
  interface eth0
  virtual_router_id 7
  priority ${priority}
  advert_int 1
  virtual_ipaddress {
    10.0.0.9/24
  }
  track_script {
    chk
  }
${more}}
`;

/** Hints behind each line, as a user sees them. */
function withInlays(texts: Readonly<Record<string, string>>, name: string): string[] {
  const view = viewOf(workspaceOf(texts), name);
  return inlaysIn(view, { start: 0, end: view.text.length }).map(({ offset, label }) => {
    const { line } = view.lines.positionAt(offset);
    const { start } = view.lines.lineSpan(line);
    return `${view.text.slice(start, offset).trim()} ← ${label}`;
  });
}

describe("lenses", () => {
  test("of the tutorial name role and partner of each instance", () => {
    const view = viewOf(workspaceOf(tutorial), "host-a.conf");
    expect(
      lensesIn(view).map(({ at, title }) => `${view.text.slice(at.span.start, at.span.end)}: ${title}`),
    ).toEqual([
      "vrrp_instance ha-internal-1: master while all is well, priority 100",
      "vrrp_instance ha-internal-1: BACKUP on host-b, priority 99",
      "vrrp_instance ha-internal-2: takes over after 3.613 s as number 2 of 2",
      "vrrp_instance ha-internal-2: MASTER on host-b, priority 100",
    ]);
  });

  test("of an instance alone say so", () => {
    const view = viewOf(workspaceOf({ "a.conf": tracked(100) }), "a.conf");
    expect(lensesIn(view).map(({ title }) => title)).toEqual(["no partner in these files"]);
    // What is not known of it changes nothing about that.
    const unsure = viewOf(workspaceOf({ "a.conf": `include none.conf\n${tracked(100)}` }), "a.conf");
    expect(lensesIn(unsure).map(({ title }) => title)).toEqual(["no partner in these files"]);
  });
});

describe("inlay hints", () => {
  test("say what keepalived uses of a password, and when the partner takes over", () => {
    expect(withInlays(tutorial, "host-a.conf")).toEqual([
      "advert_int 1 ← host-b takes over after 3.613 s",
      "auth_pass 1-internal-ha ← used: 1-intern",
      "advert_int 1 ← takes over after 3.613 s",
      "auth_pass 2-internal-ha ← used: 2-intern",
    ]);
  });

  test("say what a failing check makes of a priority", () => {
    expect(withInlays({ "a.conf": tracked(150), "b.conf": tracked(100) }, "a.conf")).toEqual([
      "priority 150 ← 90 when a check fails",
      "advert_int 1 ← b takes over after 3.609 s",
    ]);
  });

  test("of a file for several hosts name the host", () => {
    const text = tracked(150).replace("  priority 150", "  @one priority 150\n  @two priority 100");
    expect(withInlays({ "keepalived.conf": text }, "keepalived.conf")).toEqual([
      "@one priority 150 ← one: 90 when a check fails",
      "@two priority 100 ← two: 40 when a check fails",
      "advert_int 1 ← one: two takes over after 3.609 s",
      "advert_int 1 ← two: takes over after 3.609 s",
    ]);
  });
});

describe("answers to our own client", () => {
  test("tell who takes over, with the places", () => {
    const view = viewOf(workspaceOf(tutorial), "host-a.conf");
    const answer = takeoverTables(view, (file) => file);
    if ("reason" in answer) throw new Error(answer.reason);
    expect(
      answer.routers.map(({ vrid, turns }) => [vrid, turns.map(({ host, sum }) => `${host} ${sum}`)]),
    ).toEqual([
      [1, ["host-a 3 × 1 s + 0.609 s", "host-b 3 × 1 s + 0.613 s"]],
      [2, ["host-b 3 × 1 s + 0.609 s", "host-a 3 × 1 s + 0.613 s"]],
    ]);
    expect(answer.warnings).toHaveLength(1);
  });

  test("explain every rule, and say so where there is none", () => {
    for (const rule of rules) expect(explanationOf(rule.id)).toMatchObject({ title: rule.id });
    expect(explanationOf("nothing")).toHaveProperty("reason");
  });
});
