/** Where files lie in the repository: servers that show findings know them by their paths from its root. */
import path from "node:path";
import { nearestAbove } from "./settings.ts";
import { standardInput, type Texts } from "./texts.ts";
import type { World } from "./world.ts";

export interface Repository {
  /** The absolute path of its root. */
  readonly root: string;
  /** A file's path from the root, with slashes; undefined for standard input and for what lies elsewhere. */
  pathOf(file: string): string | undefined;
  /** A file's absolute path, links followed: servers show a file under its own name only. */
  absolute(file: string): string;
}

/**
 * The repository that holds a file: the folder of the nearest `.git`. Without one it is the workspace of GitHub Actions,
 * whose checkout may come without Git, or else the current folder.
 */
export function repositoryOf(file: string | undefined, texts: Texts, world: World): Repository {
  const folder = file === undefined || file === standardInput ? "." : path.dirname(texts.identity(file));
  const root = rootAbove(texts.identity(folder), texts, world);
  const known = new Map<string, string>();
  const absolute = (each: string) => {
    const found = known.get(each) ?? texts.identity(each);
    known.set(each, found);
    return found;
  };
  return {
    root,
    absolute,
    pathOf: (each) => (each === standardInput ? undefined : inside(root, absolute(each))),
  };
}

function rootAbove(folder: string, texts: Texts, { environment }: World): string {
  const git = nearestAbove(folder, ".git");
  if (git !== undefined) return path.dirname(git);
  const { GITHUB_WORKSPACE: workspace } = environment;
  const known = workspace ? texts.identity(workspace) : undefined;
  return known !== undefined && inside(known, path.join(folder, "x")) !== undefined
    ? known
    : texts.identity(".");
}

function inside(root: string, file: string): string | undefined {
  const relative = path.relative(root, file);
  const outside = relative === "" || relative.split(path.sep)[0] === ".." || path.isAbsolute(relative);
  return outside ? undefined : relative.replaceAll(path.sep, "/");
}
