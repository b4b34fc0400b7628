/** Files that a client hands over, because the server can not read them: in a browser, or in a folder that is on no disk. */
import picomatch from "picomatch/posix.js";
import { beside, folderOf, isWithin } from "../src/language/paths.ts";
import type { Finder } from "./session.ts";

/** A finder that knows what was handed over, and asks another one for all else. */
export class SharedFiles implements Finder {
  readonly #texts = new Map<string, string>();
  readonly #beyond: Finder;

  constructor(beyond: Finder) {
    this.#beyond = beyond;
  }

  /** Takes a file's text; null means that the file is gone, or the folder with all that is in it. */
  take(file: string, text: string | null): void {
    if (text !== null) this.#texts.set(file, text);
    else for (const each of this.#texts.keys()) if (isWithin(each, file)) this.#texts.delete(each);
  }

  read(file: string): string | undefined {
    return this.#texts.get(file) ?? this.#beyond.read(file);
  }

  /** Clients hand over configurations only, so about patterns for other files nothing is known here. */
  matches(
    pattern: string,
    folder: string,
  ): { readonly files: readonly string[]; readonly directories: readonly string[] } | undefined {
    const isOurs = [...this.#texts.keys()].some((file) => file.startsWith(folder));
    if (!isOurs) return this.#beyond.matches(pattern, folder);
    if (!/\.(conf|keepalived)$/.test(pattern) || pattern.split("/").includes("..")) return undefined;
    const base = pattern.startsWith("/") ? beside(folder, "/") : folder;
    // The library knows only one of the two signs for "none of these".
    const path = pattern.replace(/^\//, "").replaceAll("[!", "[^");
    const isMatch = picomatch(path, { noglobstar: true, noextglob: true });
    const files = [...this.#texts.keys()].filter(
      (file) => file.startsWith(base) && isMatch(file.slice(base.length)),
    );
    return { files: files.sort(), directories: [] };
  }

  watch(folders: readonly string[], changed: (file: string) => void): () => void {
    return this.#beyond.watch?.(folders, changed) ?? (() => {});
  }

  async find(folder: string, deep: boolean, fits: (text: string) => boolean): Promise<readonly string[]> {
    const isThere = (file: string) => (deep ? file.startsWith(folder) : folderOf(file) === folder);
    const own = [...this.#texts].flatMap(([file, text]) => (isThere(file) && fits(text) ? [file] : []));
    return [...new Set([...own.sort(), ...(await this.#beyond.find(folder, deep, fits))])];
  }
}
