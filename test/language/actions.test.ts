/** What the editor offers to do about a finding. */
import { describe, expect, test } from "vitest";
import { applyEdits, applyFixes } from "../../src/edits.ts";
import { fixAll, fixesAt, hasSafeFixes, silencingAt } from "../../src/language/actions.ts";
import { rules } from "../../src/rules/index.ts";
import { lintTexts, unmarked } from "../support/fleet.ts";
import { textOf } from "../support/project.ts";
import { folder, settingsNaming, viewOf, workspaceOf } from "../support/workspace.ts";

const withFix = rules.flatMap((rule) =>
  rule.bad().flatMap(({ input, fixed, target }) => {
    const texts = unmarked(input).texts;
    const hosts = Object.keys(texts).filter((name) => !name.includes("/"));
    return fixed && !target && hosts.length === Object.keys(texts).length
      ? [{ id: rule.id, rule, texts, hosts }]
      : [];
  }),
);

describe("quick fixes", () => {
  test.each(withFix)(
    "of $id are what the rule offers, whatever file they change",
    ({ rule, texts, hosts }) => {
      const workspace = workspaceOf({ ...texts, ".vrrplintrc.json": settingsNaming(hosts) });
      for (const { at, fixes } of lintTexts(texts, rule)) {
        const view = viewOf(workspace, at.file);
        const offered = fixesAt(view, at.span).filter(({ diagnostic }) => diagnostic?.rule === rule.id);
        const results = offered.map(({ edits }) => textsAfter(texts, edits));
        for (const fix of fixes) expect(results).toContainEqual(textsAfter(texts, fix.edits));
      }
    },
  );
});

/** The texts after edits, by name. */
function textsAfter(texts: Readonly<Record<string, string>>, edits: Parameters<typeof applyEdits>[1]) {
  const here = edits.map(({ at, text }) => ({ at: { ...at, file: at.file.replace(folder, "") }, text }));
  const fix = { title: "", safe: true, edits: here };
  return { ...texts, ...Object.fromEntries(applyFixes(new Map(Object.entries(texts)), [fix])) };
}

const tutorial = {
  "host-a.conf": textOf("examples/tutorial/host-a.conf"),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

describe("silencing", () => {
  test.each(["here", "in this file"])(
    "every finding of the tutorial %s leaves none of that rule",
    (where) => {
      const workspace = workspaceOf(tutorial);
      const view = viewOf(workspace, "host-a.conf");
      expect(view.diagnostics.length).toBeGreaterThan(5);
      for (const found of view.diagnostics) {
        const action = silencingAt(view, found.at.span).find(
          ({ title }) => title === `Silence ${found.rule} ${where}`,
        );
        const changed = applyEdits(view.text.toString(), action?.edits ?? []);
        const later = viewOf(workspace.withTexts(new Map([[view.file, changed]])), "host-a.conf");
        const same = (rule: string) => later.diagnostics.filter((each) => each.rule === rule).length;
        const before = view.diagnostics.filter((each) => each.rule === found.rule).length;
        expect(same(found.rule)).toBe(where === "here" ? before - onLine(view, found) : 0);
        expect(same("lint-unused-silencer")).toBe(0);
      }
    },
  );

  test("a second rule joins the comment that stands there", () => {
    const text = "# vrrp-lint-disable-next-line lex-unknown-keyword\nvrrp_instance VI {\n}\n";
    const view = viewOf(workspaceOf({ "a.conf": text }), "a.conf");
    const [action] = silencingAt(view, { start: text.indexOf("vrrp_instance"), end: text.indexOf("VI") });
    expect(applyEdits(text, action?.edits ?? [])).toMatch(
      /^# vrrp-lint-disable-next-line lex-unknown-keyword \S+\nvrrp_/,
    );
  });
});

function onLine(
  view: ReturnType<typeof viewOf>,
  { at, rule }: { at: { span: { start: number } }; rule: string },
) {
  const line = (offset: number) => view.lines.positionAt(offset).line;
  return view.diagnostics.filter(
    (each) => each.rule === rule && line(each.at.span.start) === line(at.span.start),
  ).length;
}

describe("everything at once", () => {
  test("mends what --fix mends, in one file or in all", () => {
    const workspace = workspaceOf(tutorial);
    const file = `${folder}host-a.conf`;
    const one = fixAll(workspace, file, true) ?? [];
    expect(one.map(({ at }) => at.file)).toEqual([file]);
    const all = fixAll(workspace, file, false) ?? [];
    expect(all).toHaveLength(2);
    const mended = textsAfter(tutorial, all);
    expect(
      lintTexts(mended).filter(({ severity }) => severity === "error" || severity === "warning"),
    ).toEqual([]);
    expect(fixAll(workspaceOf(mended), file, false)).toBeUndefined();
    expect(textsAfter(tutorial, one)).toEqual({ ...tutorial, "host-a.conf": mended["host-a.conf"] });
  });
});

const fixable = rules.flatMap(({ id, bad }) =>
  bad().flatMap(({ input, fixed, target }) => {
    const { texts } = unmarked(input);
    const isPlain = Object.keys(texts).every((name) => !name.includes("/"));
    return fixed && !target && isPlain ? [{ id, texts }] : [];
  }),
);

test.each(fixable)(
  "all safe fixes of an example of $id: offered when there are some, and each text is whole",
  ({ texts }) => {
    const names = Object.keys(texts);
    const workspace = workspaceOf({ ...texts, ".vrrplintrc.json": settingsNaming(names) });
    for (const name of names) {
      const edits = fixAll(workspace, folder + name, false);
      if (edits) expect(hasSafeFixes(workspace, folder + name, false)).toBe(true);
      const after = textsAfter(texts, edits ?? []);
      const again = workspaceOf({ ...after, ".vrrplintrc.json": settingsNaming(names) });
      expect(fixAll(again, folder + name, false)).toBeUndefined();
    }
  },
);
