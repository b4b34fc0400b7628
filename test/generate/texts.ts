/** Generated files as texts by name. */
import type { Generated } from "../../src/generate/generate.ts";

/** The texts of files by their names. */
export function textsOfHosts(files: readonly Generated[]): Record<string, string> {
  return Object.fromEntries(files.map(({ file, text }) => [file, text]));
}
