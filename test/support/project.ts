/** The project's own files, for tests that hold its house rules. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folder of the project. */
export const root = path.resolve(import.meta.dirname, "../..");

const leftOut = new Set(["node_modules", "dist", "coverage", ".git"]);

/** All files below a folder of the project, as paths relative to the project with `/`. */
export function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      if (leftOut.has(entry.name)) return [];
      const file = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(file) : [file];
    })
    .sort();
}

/** The text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** TypeScript without comments and without the inside of strings, for tests that look for words in code. */
export function codeOf(text: string): string {
  return text.replaceAll(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`/g,
    (found) => (found.startsWith("/") ? "" : '""'),
  );
}

/** What a TypeScript file imports, types included. */
export function importsOf(text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export)\b[^;"]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}
