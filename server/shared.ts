/** Files that a client hands over, because the server can not read them: in a browser, or in a folder that is on no disk. */
import { beside, folderOf } from "../src/language/paths.ts";
import { looksLikeConfiguration } from "../src/language/recognise.ts";
import type { Finder } from "./session.ts";

/** A finder that knows what was handed over, and asks another one for all else. */
export class SharedFiles implements Finder {
  readonly #texts = new Map<string, string>();
  readonly #beyond: Finder;

  constructor(beyond: Finder) {
    this.#beyond = beyond;
  }

  /** Takes a file's text; null means that the file is gone. */
  take(file: string, text: string | null): void {
    if (text === null) this.#texts.delete(file);
    else this.#texts.set(file, text);
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
    const expression = /\.(conf|keepalived)$/.test(pattern) && expressionOf(pattern);
    if (!expression) return undefined;
    const base = pattern.startsWith("/") ? beside(folder, "/") : folder;
    const files = [...this.#texts.keys()].filter(
      (file) => file.startsWith(base) && expression.test(file.slice(base.length)),
    );
    return { files: files.sort(), directories: [] };
  }

  async find(folder: string, deep: boolean): Promise<readonly string[]> {
    const isThere = (file: string) => (deep ? file.startsWith(folder) : folderOf(file) === folder);
    const own = [...this.#texts].flatMap(([file, text]) =>
      isThere(file) && looksLikeConfiguration(text) ? [file] : [],
    );
    return [...new Set([...own.sort(), ...(await this.#beyond.find(folder, deep))])];
  }
}

/** A pattern of glob(7) with braces, without `..`, as an expression over a path without its first slash. */
function expressionOf(pattern: string): RegExp | undefined {
  const path = pattern.replace(/^\//, "").replaceAll(/(^|\/)(?:\.\/)+/g, "$1");
  if (path.split("/").includes("..")) return undefined;
  const source = path.replaceAll(/\*|\?|\[[!^]?[^\]]+\]|\{[^{}]*\}|[^\w/-]/g, (sign) => {
    if (sign === "*") return "[^/]*";
    if (sign === "?") return "[^/]";
    if (sign.length > 1 && sign.startsWith("[")) return sign.replace("[!", "[^");
    if (sign.length > 1 && sign.startsWith("{"))
      return `(?:${sign.slice(1, -1).split(",").map(quoted).join("|")})`;
    return `\\${sign}`;
  });
  // A leading dot is matched by a written one only.
  return new RegExp(`^${source.replaceAll(/(^|\/)(?=\[)/g, "$1(?!\\.)")}$`);
}

function quoted(text: string): string {
  return text.replaceAll(/[^\w/-]/g, "\\$&");
}
