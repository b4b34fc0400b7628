/** Every rule's own examples: what is marked is reported, exactly; good is silent; a fix mends. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findRule, rules } from "../../src/rules/index.ts";
import { lintTexts, placesOf, textsOf, unmarked, withFirstFixes } from "../support/fleet.ts";
import { root } from "../support/project.ts";

describe("the list of rules", () => {
  test("holds every rule file, under its file's name", () => {
    const files = readdirSync(path.join(root, "src/rules")).flatMap(
      (file) => /^((?:lex|vrrp|xh|lint)-.*)\.ts$/.exec(file)?.[1] ?? [],
    );
    expect(rules.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  test("names each rule once", () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) expect(findRule(rule.id)).toBe(rule);
  });
});

/** Rules that mend line ends themselves. */
const ofLineEnds = ["lex-cr-only"];

test("every fix of every example ends its lines as the file does", () => {
  const wrong: string[] = [];
  for (const rule of rules.filter(({ id }) => !ofLineEnds.includes(id)))
    for (const { input, target } of rule.bad()) {
      const texts = Object.entries(unmarked(input).texts).map(([name, text]) => [
        name,
        text.replaceAll(/\r?\n/g, "\r\n"),
      ]);
      for (const { fixes } of lintTexts(Object.fromEntries(texts), rule, target))
        for (const { title, edits } of fixes)
          if (edits.some(({ text }) => /(?<!\r)\n/.test(text))) wrong.push(`${rule.id}: ${title}`);
    }
  expect(wrong).toEqual([]);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test("explains itself", () => {
    for (const text of [rule.summary, rule.why, rule.basis]) expect(text.trim()).not.toBe("");
    expect(rule.summary).not.toContain("\n");
    if (id !== "lint-unused-silencer") {
      expect(rule.bad().length, "bad examples").toBeGreaterThan(0);
      expect(rule.good().length, "good examples").toBeGreaterThan(0);
    }
  });

  test.each(rule.bad().map((example, index) => [index, example] as const))(
    "bad example %i",
    (_index, { input, fixed, target }) => {
      const { texts, places } = unmarked(input);
      const diagnostics = lintTexts(texts, rule, target);
      expect(placesOf(diagnostics)).toEqual(places);
      expect(places.length).toBeGreaterThan(0);
      const mended = withFirstFixes(texts, diagnostics);
      if (fixed === undefined) {
        expect(diagnostics.flatMap(({ fixes }) => fixes)).toEqual([]);
        return;
      }
      expect(mended).toEqual(textsOf(fixed));
      expect(lintTexts(mended, rule, target)).toEqual([]);
    },
  );

  test.each(rule.good().map((example, index) => [index, example] as const))(
    "good example %i",
    (_index, example) => {
      expect(lintTexts(textsOf(example), rule).map(({ message }) => message)).toEqual([]);
    },
  );
});
