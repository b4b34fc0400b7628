import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit, Fix } from "../src/diagnostic.ts";
import { applyEdits, applyFixes, compatibleFixes } from "../src/edits.ts";

const edit = (file: string, start: number, end: number, text: string): Edit => ({
  at: { file, span: { start, end } },
  text,
});
const fix = (...edits: Edit[]): Fix => ({ title: "", safe: true, edits });

describe("applyFixes", () => {
  test("changes every file it names and returns only those", () => {
    const texts = new Map([
      ["a", "one two"],
      ["b", "one two"],
      ["c", "one two"],
    ]);
    const result = applyFixes(texts, [fix(edit("a", 0, 3, "1"), edit("b", 4, 7, "2"))]);
    expect([...result]).toEqual([
      ["a", "1 two"],
      ["b", "one 2"],
    ]);
  });

  test("an edit that overlaps an earlier fix is left for the next round, with its whole fix", () => {
    const texts = new Map([["a", "0123456789"]]);
    const result = applyFixes(texts, [
      fix(edit("a", 2, 5, "x")),
      fix(edit("a", 4, 6, "y"), edit("a", 8, 9, "z")),
    ]);
    expect(result.get("a")).toBe("01x56789");
  });

  test("two insertions at one place collide, neighbouring replacements do not", () => {
    const text = new Map([["a", "0123"]]);
    expect(applyFixes(text, [fix(edit("a", 2, 2, "x")), fix(edit("a", 2, 2, "y"))]).get("a")).toBe("01x23");
    expect(applyFixes(text, [fix(edit("a", 0, 2, "x")), fix(edit("a", 2, 4, "y"))]).get("a")).toBe("xy");
  });

  test("the same edit from two hosts that share a file counts once", () => {
    const same = () => fix(edit("a", 0, 1, "x"));
    expect(compatibleFixes([same(), same()])).toHaveLength(1);
    expect(applyFixes(new Map([["a", "01"]]), [same(), same()]).get("a")).toBe("x1");
  });

  test("a fix for a text that is not here is skipped", () => {
    expect(applyFixes(new Map([["a", "01"]]), [fix(edit("b", 0, 1, "x"), edit("a", 0, 1, "x"))]).size).toBe(
      0,
    );
  });
});

test("law: what lies outside the edits stays as it is", () => {
  const words = fc.array(fc.tuple(fc.string(), fc.string(), fc.boolean()), { maxLength: 8 });
  fc.assert(
    fc.property(words, (pieces) => {
      let text = "";
      let expected = "";
      const edits: Edit[] = [];
      for (const [word, replacement, change] of pieces) {
        if (change && word !== "") edits.push(edit("a", text.length, text.length + word.length, replacement));
        text += word;
        expected += change && word !== "" ? replacement : word;
      }
      expect(applyEdits(text, edits.reverse())).toBe(expected);
    }),
  );
});
