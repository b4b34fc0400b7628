/** Files of this machine for the language server, by our names for URIs. The only part of it that reads files. */
import { type FSWatcher, readdirSync, readFileSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { glob } from "tinyglobby";
import { decode } from "../src/cli/encoding.ts";
import { includeMatches } from "../src/cli/glob.ts";
import type { Finder } from "./session.ts";

/** Larger files are no configuration that anybody wrote. */
const largestFile = 4 * 1024 * 1024;
/** More configurations than this are no one's cluster; those that are open count anyhow. */
const mostFiles = 2000;

const scheme = "file://";

export const disk: Finder = {
  read(file) {
    const path = pathOf(file);
    if (path === undefined) return undefined;
    try {
      const status = statSync(path);
      return status.isFile() && status.size <= largestFile ? decode(readFileSync(path))?.text : undefined;
    } catch {
      return undefined;
    }
  },
  matches(pattern, folder) {
    const path = pathOf(folder);
    if (path === undefined) return undefined;
    const { files, directories } = includeMatches(pattern, path);
    return { files: files.map(fileOf), directories: directories.map(fileOf) };
  },
  async find(folder, deep, fits) {
    const path = pathOf(folder);
    if (path === undefined) return [];
    const found = deep ? await below(path) : inFolder(path);
    const files = found.sort().slice(0, mostFiles).map(fileOf);
    return files.filter((file) => fits(disk.read(file) ?? ""));
  },
  watch(folders, changed) {
    const watchers = folders.flatMap((folder) => watcherOf(folder, changed) ?? []);
    return () => {
      for (const each of watchers) each.close();
    };
  },
};

const below = (folder: string) =>
  glob(["**/*.{conf,keepalived}"], {
    cwd: folder,
    absolute: true,
    expandDirectories: false,
    ignore: ["**/node_modules/**", "**/.git/**"],
  });

/** The same of one folder alone, which is asked for with the first file that is opened: patterns take a while to compile. */
function inFolder(folder: string): string[] {
  try {
    const names = readdirSync(folder, { withFileTypes: true });
    return names
      .filter((each) => !each.isDirectory() && /^[^.].*\.(conf|keepalived)$/.test(each.name))
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** Undefined for a folder that is not there or can not be watched: what happens in it is then seen when it is read. */
function watcherOf(folder: string, changed: (file: string) => void): FSWatcher | undefined {
  const path = pathOf(folder);
  if (path === undefined) return undefined;
  try {
    const watcher = watch(path, { persistent: false }, (_, name) => {
      if (name !== null) changed(`${folder}${name}`);
    });
    return watcher.on("error", () => watcher.close());
  } catch {
    return undefined;
  }
}

function pathOf(file: string): string | undefined {
  if (!file.startsWith(scheme)) return undefined;
  try {
    return fileURLToPath(
      `${scheme}${file.slice(scheme.length).split("/").map(encodeURIComponent).join("/")}`,
    );
  } catch {
    return undefined;
  }
}

function fileOf(path: string): string {
  return decodeURIComponent(pathToFileURL(path).href);
}
