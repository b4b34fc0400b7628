/** Patterns of file names: those of the command line, and those of keepalived's include. */
import { statSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";

/** True for text that holds a sign of a pattern. */
export function isPattern(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** Files that match a pattern of the command line, where `**` crosses folders; sorted, relative when it was relative. */
export function filesMatching(pattern: string, cwd: string): string[] {
  const options = { cwd, absolute: path.isAbsolute(pattern), expandDirectories: false };
  return globSync(pattern, options).sort(byName);
}

/** The `*.conf` files in a folder and its folders, sorted, as paths that start with the folder's own. */
export function confFilesIn(folder: string, cwd: string): string[] {
  const found = globSync("**/*.conf", { cwd: path.resolve(cwd, folder), expandDirectories: false });
  return found.sort(byName).map((file) => path.join(folder, file));
}

/** What glob(7), as keepalived calls it, finds for an include pattern: no `**`, no leading dots, braces work. */
export function includeMatches(
  pattern: string,
  folder: string,
): { readonly files: string[]; readonly directories: string[] } {
  const options = {
    cwd: folder,
    absolute: true,
    onlyFiles: false,
    expandDirectories: false,
    globstar: false,
    extglob: false,
  };
  const matches = isPattern(pattern)
    ? globSync(pattern, options).sort(byName)
    : [path.resolve(folder, pattern)];
  const files: string[] = [];
  const directories: string[] = [];
  for (const match of matches) {
    const kind = kindOf(match);
    if (kind === "directory") directories.push(match);
    else if (kind === "file") files.push(match);
  }
  return { files, directories };
}

/** What stands at a path, following links; "nothing" also where the system does not let us look. */
export function kindOf(file: string): "file" | "directory" | "nothing" {
  try {
    return statSync(file).isDirectory() ? "directory" : "file";
  } catch {
    return "nothing";
  }
}

/** By code unit, as glob(3) sorts in the C locale. */
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
