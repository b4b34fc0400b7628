/** The paths in a settings file follow files that get other names. */
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/edits.ts";
import type { Renaming } from "../../src/language/included.ts";
import { followInSettings } from "../../src/language/renamed-settings.ts";

const top = "file:///etc/keepalived/";
const settings = `{
  "hosts": { "lb1": "lb1/keepalived.conf", "lb2": "./lb2/keepalived.conf", "old": "none.conf" },
  "target": { "lb1": "2.2.7", "lb2/keepalived.conf": "2.2.8" },
  "rules": { "lex-bom": "off" }
}
`;

/** The settings after the renaming; there is every file but those with "none" in their names. */
function followed(renaming: Renaming, text = settings): string {
  const isThere = (file: string) => !file.includes("none");
  return applyEdits(text, followInSettings(`${top}.vrrplintrc.json`, text, [renaming], isThere));
}

const inFolder = (from: string, to: string): Renaming => ({ from: `${top}${from}`, to: `${top}${to}` });

describe("settings", () => {
  test("name a host's file by its new name", () => {
    expect(followed(inFolder("lb1/keepalived.conf", "first.conf"))).toBe(
      settings.replace("lb1/keepalived.conf", "first.conf"),
    );
  });

  test("follow a folder in hosts and in releases by file, but keep the names of hosts", () => {
    expect(followed(inFolder("lb2", "two"))).toBe(
      settings.replace("./lb2/keepalived.conf", "two/keepalived.conf").replace("lb2/keep", "two/keep"),
    );
    expect(followed(inFolder("lb1", "one"))).toBe(settings.replace("lb1/keepalived", "one/keepalived"));
  });

  test("lead to where they led when they move themselves", () => {
    expect(followed(inFolder(".vrrplintrc.json", "lb1/.vrrplintrc.json"))).toBe(
      settings
        .replace('"lb1/keepalived.conf"', '"keepalived.conf"')
        .replace("./lb2/keepalived.conf", "../lb2/keepalived.conf")
        .replace('"lb2/keepalived.conf"', '"../lb2/keepalived.conf"'),
    );
  });

  test("keep a path from the root such a path", () => {
    const text = '{ "hosts": { "a": "/etc/keepalived/a.conf" } }';
    expect(followed(inFolder("a.conf", "b.conf"), text)).toBe(text.replace("a.conf", "b.conf"));
  });

  test("stay as they are where nothing in them moves, or where they are no JSON", () => {
    for (const text of [settings, '{ "hosts": ["a.conf"] }', '{ "hosts": "a.conf" }', "[]", "{", ""])
      expect(followed(inFolder("other", "another"), text)).toBe(text);
    expect(followed(inFolder("none.conf", "new.conf"))).toBe(settings);
  });
});
