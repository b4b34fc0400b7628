/** Files that change while nobody has them open, where the client does not watch: the machine itself tells. */
import { expect, test } from "vitest";
import type { Finder, Session } from "../../server/session.ts";
import { Watching } from "../../server/watching.ts";
import { folder, workspaceOf } from "../support/workspace.ts";

test("settings are watched in the workspace's folder and where they were found, existing or not", async () => {
  const watched: string[] = [];
  const heard: string[] = [];
  let tell = (_file: string): void => {};
  const disk: Finder = {
    read: () => undefined,
    matches: () => undefined,
    find: async () => [],
    watch: (folders, changed) => {
      watched.push(...folders);
      tell = changed;
      return () => {};
    },
  };
  const texts = { "lb/one/a.conf": "global_defs {\n}\n", "lb/.vrrplintrc.json": "{}" };
  const workspace = workspaceOf(texts, ["lb/one/a.conf"]);
  const session = { workspace, client: { capabilities: {} } } as Session;
  const watching = new Watching(
    session,
    disk,
    (file) => heard.push(file),
    () => {},
  );
  await watching.follow([folder]);
  expect(watched.toSorted()).toEqual([folder, `${folder}lb/`, `${folder}lb/one/`]);
  for (const name of [".vrrplintrc.json", "lb/.vrrplintrc.json", "notes.txt"]) tell(folder + name);
  expect(heard).toEqual([`${folder}.vrrplintrc.json`, `${folder}lb/.vrrplintrc.json`]);
});
