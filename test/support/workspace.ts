/** A workspace over texts in memory, for features of the editor. */

import type { FileView } from "../../src/language/file-view.ts";
import { beside } from "../../src/language/paths.ts";
import { Workspace } from "../../src/language/workspace.ts";

/** Folder of the workspace that texts lie in. */
export const folder = "file:///cluster/";

/** Texts by name as a workspace; those named in `open` are open, all others are only found. */
export function workspaceOf(
  texts: Readonly<Record<string, string>>,
  open: readonly string[] = [],
): Workspace {
  const files = new Map(Object.entries(texts).map(([name, text]) => [`${folder}${name}`, text]));
  const workspace = new Workspace({
    read: (file) => files.get(file),
    matches: (pattern, from) => {
      const [before = "", after = ""] = beside(from, pattern).split("*");
      const found = [...files.keys()].filter((file) =>
        pattern.includes("*") ? file.startsWith(before) && file.endsWith(after) : file === before,
      );
      return { files: found, directories: [] };
    },
  });
  workspace.setFolders([folder]);
  workspace.setFound([...files.keys()].filter((file) => file.endsWith(".conf")));
  for (const name of open) workspace.setOpen(`${folder}${name}`, texts[name] ?? "");
  return workspace;
}

/** A file of the workspace in its fleet. */
export function viewOf(workspace: Workspace, name: string): FileView {
  const view = workspace.view(`${folder}${name}`);
  if (!view) throw new Error(`There is no ${name}.`);
  return view;
}

/** A settings file that says which files are the hosts. */
export function settingsNaming(files: readonly string[]): string {
  const hosts = Object.fromEntries(files.map((file) => [file.replace(/\.conf$/, ""), file]));
  return JSON.stringify({ hosts, complete: true });
}
