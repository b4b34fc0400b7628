/** The paths in a settings file, which go with files that get other names. */
import type { Edit } from "../diagnostic.ts";
import { type Renaming, renamed } from "./included.ts";
import { type JsonMember, JsonTextError, type JsonValue, readJson } from "./json-text.ts";
import { beside, folderOf, pathFrom, withoutScheme } from "./paths.ts";

/**
 * The edits after which a settings file names the same hosts' files as before files got other names: in `hosts`, and in
 * `target` where it has releases by file. `isThere` tells whether there is a file of a name. None for a text that is no JSON.
 */
export function followInSettings(
  file: string,
  text: string,
  renamings: readonly Renaming[],
  isThere: (file: string) => boolean,
): readonly Edit[] {
  return pathsIn(text).flatMap(({ at, path }) => {
    const before = beside(folderOf(file), path);
    const after = renamed(before, renamings);
    const folder = folderOf(renamed(file, renamings));
    const isAbsolute = path.startsWith("/");
    const moves = after !== before || (!isAbsolute && folder !== folderOf(file));
    if (!moves || !isThere(before)) return [];
    const written = isAbsolute ? withoutScheme(after) : pathFrom(folder, after);
    return [{ at: { file, span: { start: at, end: endOfString(text, at) } }, text: JSON.stringify(written) }];
  });
}

interface Written {
  /** Where its quote opens. */
  readonly at: number;
  readonly path: string;
}

function pathsIn(text: string): readonly Written[] {
  const document = documentOf(text);
  const hosts = membersOf(document, "hosts");
  const files = hosts.flatMap(([, { at, value }]) =>
    typeof value === "string" ? [{ at, path: value }] : [],
  );
  const names = new Set(hosts.map(([name]) => name));
  const releases = membersOf(document, "target").flatMap(([name, { nameAt }]) =>
    names.has(name) ? [] : [{ at: nameAt, path: name }],
  );
  return [...files, ...releases];
}

function documentOf(text: string): JsonValue | undefined {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonTextError) return undefined;
    throw error;
  }
}

function membersOf(
  document: JsonValue | undefined,
  name: string,
): readonly (readonly [string, JsonMember])[] {
  if (!(document?.value instanceof Map)) return [];
  const member = document.value.get(name) as JsonMember | undefined;
  return member?.value instanceof Map ? [...member.value] : [];
}

/** Behind the quote that closes a string. */
function endOfString(text: string, start: number): number {
  return start + (/^"(?:[^"\\]|\\.)*"/.exec(text.slice(start))?.[0].length ?? 0);
}
