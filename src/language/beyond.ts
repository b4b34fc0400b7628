/** Files that hosts read, or would read, beside those that every workspace is searched for. */
import type { Host } from "../model/host.ts";
import { baseName, beside, folderOf } from "./paths.ts";

/** Files of a folder, with a slash at its end, by a pattern with the usual signs. */
export interface Pattern {
  readonly folder: string;
  readonly pattern: string;
}

/** What a file is called that every folder of a workspace is watched for. */
const isUsual = (name: string) => /\.(conf|keepalived)$/.test(name);

/**
 * What an editor has to watch for some hosts besides configurations in the workspace's folders: what their files
 * include, whether it is there or not, and files outside of all folders.
 */
export function beyondFolders(hosts: readonly Host[], folders: readonly string[]): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  const add = (file: string) => {
    const inside = folders.some((folder) => file.startsWith(folder));
    if (!inside || !isUsual(baseName(file))) found.set(file, patternOf(file));
  };
  for (const { sources } of hosts)
    for (const source of sources) {
      const { path } = source;
      add(path);
      // Lines of a text that is being edited are put together only when they are asked for.
      if (!source.text.includes("include")) continue;
      for (const { text, parts } of source.lines)
        for (const { kind, start, end } of parts)
          if (kind === "includePath") add(beside(folderOf(path), text.slice(start, end)));
    }
  return [...found.values()];
}

/** The folder that is certain, and the rest, which may hold signs. */
function patternOf(file: string): Pattern {
  const sign = file.search(/[*?[{]/);
  const folder = folderOf(sign === -1 ? file : file.slice(0, sign));
  return { folder, pattern: file.slice(folder.length) };
}
