/** The page of a story. */
import { describe, expect, test } from "vitest";
import { pageOf } from "../../src/simulate/page.ts";
import { pair, play } from "./play.ts";

const story = play(pair(), { faults: ["10s kill a", "20s start a", "30s cut a b", "40s heal"] });
const page = pageOf(story);

/** The rectangles of a kind, by their tooltips. */
const rectangles = (text: string, kind: string) =>
  [...text.matchAll(new RegExp(`<rect class="${kind}"[^>]*><title>(.*?)</title>`, "g"))].map(
    ([, title]) => title,
  );

describe("the page", () => {
  test("shows who held the address when, and when that was not one host", () => {
    expect(rectangles(page, "held")).toEqual([
      "a holds the addresses: 3.414 s to 10.000 s",
      "a holds the addresses: 23.414 s to 60.000 s",
      "b holds the addresses: 13.024 s to 23.414 s",
      "b holds the addresses: 33.024 s to 40.024 s",
    ]);
    expect(rectangles(page, "wrong")).toEqual([
      "nobody for 3.414 s: 0.000 s to 3.414 s",
      "nobody for 3.024 s: 10.000 s to 13.024 s",
      "a and b for 7.000 s: 33.024 s to 40.024 s",
    ]);
    expect(rectangles(page, "runs")).toEqual([
      "a runs: 0.000 s to 10.000 s",
      "a runs: 20.000 s to 60.000 s",
      "b runs: 0.000 s to 60.000 s",
    ]);
  });

  test("needs nothing else", () => {
    expect(page).not.toMatch(/<script|<link|src=|href=|url\(|@import/);
  });

  test("closes what it opens, and every number is one", () => {
    const open: string[] = [];
    for (const [, end, name = "", empty] of page.matchAll(/<(\/?)([a-z]\w*)[^>]*?(\/?)>/g)) {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty && name !== "meta") open.push(name);
    }
    expect(open).toEqual([]);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("names that look like markup stay names", () => {
    const odd = pageOf(play({ '<b>&"x': Object.values(pair())[0] ?? "" }));
    expect(odd).not.toContain("<b>");
    expect(odd).toContain("&lt;b&gt;&amp;&quot;x");
  });

  test.each([1, 10, 3_600_000])("the axis of %s seconds has a handful of marks", (duration) => {
    const marks = pageOf(play(pair(), { duration })).match(/text-anchor="middle"/g) ?? [];
    expect(marks.length).toBeGreaterThan(2);
    expect(marks.length).toBeLessThan(9);
  });
});
