/** Includes follow files that get other names. */
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/edits.ts";
import { followRenames, type Renaming } from "../../src/language/included.ts";
import { pathFrom } from "../../src/language/paths.ts";
import { parseSource } from "../../src/syntax/parse.ts";

/** The text of a file after the renaming; every include finds something, but for those with "none" in them. */
function followed(
  text: string,
  renamings: readonly Renaming[],
  file = "file:///etc/keepalived/a.conf",
): string {
  const isThere = (written: string) => !written.includes("none");
  const edits = followRenames([parseSource(file, text)], renamings, isThere);
  return applyEdits(text, edits);
}

const inFolder = (from: string, to: string) => [
  { from: `file:///etc/keepalived/${from}`, to: `file:///etc/keepalived/${to}` },
];

describe("an include", () => {
  test.each([
    ["names the file", "include x.conf\n", "x.conf", "y.conf", "include y.conf\n"],
    ["names a file that moves down", "include x.conf", "x.conf", "conf.d/x.conf", "include conf.d/x.conf"],
    ["names a file that moves up", "include d/x.conf", "d/x.conf", "../x.conf", "include ../x.conf"],
    [
      "names it from the root",
      "include /etc/keepalived/x.conf",
      "x.conf",
      "y.conf",
      "include /etc/keepalived/y.conf",
    ],
    [
      "has a condition, a kind and a comment",
      "@lb1 includer x.conf # scripts",
      "x.conf",
      "y",
      "@lb1 includer y # scripts",
    ],
    ["names a file below a folder", "include d/x.conf", "d", "e", "include e/x.conf"],
    ["is a pattern below a folder", "include d/*.conf", "d", "e", "include e/*.conf"],
    ["is a pattern for a file", "include d/*.conf", "d/x.conf", "d/y.conf", "include d/*.conf"],
    ["names another file", "include xx.conf", "x.conf", "y.conf", "include xx.conf"],
    ["is in quotes", 'include "x.conf"', "x.conf", "y.conf", 'include "x.conf"'],
    ["holds a variable", "include $D/x.conf", "$D/x.conf", "y.conf", "include $D/x.conf"],
    ["could not name the new file", "include x.conf", "x.conf", "x#2.conf", "include x.conf"],
  ])("%s", (_, text, from, to, expected) => {
    const path = (name: string) => new URL(name, "file:///etc/keepalived/").href;
    const name = (each: string) => (each.startsWith("..") ? path(each) : `file:///etc/keepalived/${each}`);
    expect(followed(text, [{ from: name(from), to: name(to) }])).toBe(expected);
  });

  test("in a file that moves leads to where it led", () => {
    const moved = inFolder("a.conf", "hosts/a.conf");
    expect(followed("include x.conf\ninclude d/*.conf\n", moved)).toBe(
      "include ../x.conf\ninclude ../d/*.conf\n",
    );
    expect(followed("include none.conf\ninclude /x.conf\n", moved)).toBe(
      "include none.conf\ninclude /x.conf\n",
    );
  });

  test("stays as it is where both move together", () => {
    const together = [{ from: "file:///etc/keepalived", to: "file:///srv/keepalived" }];
    expect(followed("include x.conf\ninclude *.conf\n", together)).toBe("include x.conf\ninclude *.conf\n");
  });

  test("follows two files that change places", () => {
    const both = [...inFolder("x.conf", "y.conf"), ...inFolder("y.conf", "x.conf")];
    expect(followed("include x.conf\ninclude y.conf\n", both)).toBe("include y.conf\ninclude x.conf\n");
  });
});

test("the way from a folder", () => {
  expect(pathFrom("/a/b/", "/a/b/c/d")).toBe("c/d");
  expect(pathFrom("/a/b/", "/a/c")).toBe("../c");
  expect(pathFrom("/a/b/", "/a/b")).toBe("");
  expect(pathFrom("/", "/a")).toBe("a");
});
