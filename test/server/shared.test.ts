/** Files that a client hands over. */
import { describe, expect, test } from "vitest";
import type { Finder } from "../../server/session.ts";
import { SharedFiles } from "../../server/shared.ts";
import { completionAt } from "../../src/language/complete/complete.ts";
import { looksLikeConfiguration } from "../../src/language/recognise.ts";
import { Workspace } from "../../src/language/workspace.ts";

const nothing: Finder = { read: () => undefined, matches: () => undefined, find: async () => [] };
const top = "vscode-test-web://mount/";

function handedOver(...names: readonly string[]): SharedFiles {
  const shared = new SharedFiles(nothing);
  for (const name of names) shared.take(top + name, "vrrp_instance VI_1 {\n}\n");
  return shared;
}

describe("an include pattern", () => {
  const shared = handedOver("a.conf", "b.conf", ".c.conf", "conf.d/d.conf", "conf.d/e.conf", "f.keepalived");
  test.each<[pattern: string, files: readonly string[] | undefined]>([
    ["a.conf", ["a.conf"]],
    ["./a.conf", ["a.conf"]],
    ["*.conf", ["a.conf", "b.conf"]],
    [".*.conf", [".c.conf"]],
    ["?.conf", ["a.conf", "b.conf"]],
    ["[!b].conf", ["a.conf"]],
    ["{a,b}.conf", ["a.conf", "b.conf"]],
    ["conf.d/*.conf", ["conf.d/d.conf", "conf.d/e.conf"]],
    ["*/d.conf", ["conf.d/d.conf"]],
    ["/a.conf", ["a.conf"]],
    ["aXconf.conf", []],
    ["f.keepalived", ["f.keepalived"]],
    ["../a.conf", undefined],
    ["vips.txt", undefined],
    ["conf.d/*", undefined],
  ])("%s", (pattern, files) => {
    const found = shared.matches(pattern, top);
    expect(found?.files).toEqual(files?.map((file) => top + file));
  });

  test("from a folder goes from there", () => {
    expect(shared.matches("d.conf", `${top}conf.d/`)?.files).toEqual([`${top}conf.d/d.conf`]);
  });
});

test("another finder is asked for everything else", async () => {
  const there = "file:///x/there.conf";
  const shared = new SharedFiles({
    read: (file) => (file === there ? "beyond" : undefined),
    matches: () => ({ files: [there], directories: [] }),
    find: async () => [there],
  });
  shared.take("file:///y/a.conf", "global_defs {\n}\n");
  expect(shared.read(there)).toBe("beyond");
  expect(shared.matches("*.conf", "file:///x/")?.files).toEqual([there]);
  expect(await shared.find("file:///x/", true, looksLikeConfiguration)).toEqual([there]);
});

test("configurations are found, in the folder itself or below as well", async () => {
  const shared = handedOver("a.conf", "sub/b.conf");
  shared.take(`${top}nginx.conf`, "server {\n}\n");
  expect(await shared.find(top, true, looksLikeConfiguration)).toEqual([`${top}a.conf`, `${top}sub/b.conf`]);
  expect(await shared.find(top, false, looksLikeConfiguration)).toEqual([`${top}a.conf`]);
});

test("what is gone is gone", () => {
  const shared = handedOver("a.conf");
  shared.take(`${top}a.conf`, null);
  expect(shared.read(`${top}a.conf`)).toBeUndefined();
});

test("a folder that goes takes its files with it, and no others", async () => {
  const shared = handedOver("a.conf", "sub/b.conf", "sub2/c.conf");
  shared.take(`${top}sub`, null);
  expect(await shared.find(top, true, looksLikeConfiguration)).toEqual([`${top}a.conf`, `${top}sub2/c.conf`]);
});

test.each<[typed: string, offered: readonly string[]]>([
  ["", ["b.conf", "f.keepalived", "conf.d/", "deep/"]],
  ["conf.d/", ["conf.d/d.conf", "conf.d/e.conf"]],
  ["deep/", ["deep/er/"]],
  ["none/", []],
])("an include of %j is completed from them", (typed, offered) => {
  const names = ["a.conf", "b.conf", "conf.d/d.conf", "conf.d/e.conf", "deep/er/g.conf", "f.keepalived"];
  const workspace = new Workspace(handedOver(...names));
  workspace.setFolders([top]);
  const line = `include ${typed}`;
  workspace.setOpen(`${top}a.conf`, `${line}\nvrrp_instance VI_1 {\n}\n`);
  const view = workspace.view(`${top}a.conf`);
  const items = view && completionAt(view, line.length)?.items;
  expect(items?.map(({ label }) => label)).toEqual(offered);
});
