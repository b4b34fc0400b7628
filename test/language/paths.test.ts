/** How hosts are called by their files. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostNames } from "../../src/language/paths.ts";

describe("hosts are called by their files", () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["by their names", { "etc/a.conf": "a", "etc/b.conf": "b", "keepalived.conf": "keepalived" }],
    ["by their folders", { "lb1/keepalived.conf": "lb1", "lb2/keepalived.conf": "lb2", "c.conf": "c" }],
    [
      "by the folders that differ",
      {
        "file:///net/lb1/etc/keepalived/keepalived.conf": "lb1",
        "file:///net/lb2/etc/keepalived/keepalived.conf": "lb2",
      },
    ],
    [
      "by as many folders as it takes",
      { "/x/one/lb/a.conf": "x/one/lb", "/x/two/lb/b/a.conf": "b", "/y/one/lb/a.conf": "y/one/lb" },
    ],
    [
      "with the name where a folder has none",
      { "keepalived.conf": "keepalived", "lb2/keepalived.conf": "lb2" },
    ],
    ["with the name where dots are the folder", { "./a.conf": "./a", "../a.conf": "../a" }],
    [
      "with the name where the folder alone is another's",
      { "lb1.conf": "lb1", "lb1/keepalived.conf": "lb1/keepalived", "lb2/keepalived.conf": "lb2" },
    ],
    ["without the scheme", { "untitled:lb1.conf": "lb1" }],
  ];
  test.each(rows)("%s", (_, names) => {
    expect(Object.fromEntries(hostNames(Object.keys(names)))).toEqual(names);
  });

  test("and never two of them alike", () => {
    const step = fc.constantFrom("a", "b", "lb1");
    const file = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => `/${steps.join("/")}.conf`);
    fc.assert(
      fc.property(fc.uniqueArray(file, { maxLength: 8 }), (files) => {
        const names = [...hostNames(files).values()];
        expect(new Set(names).size).toBe(files.length);
        expect(names).not.toContain("");
      }),
    );
  });
});
