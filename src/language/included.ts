/** The paths that files include, where they are written, and what becomes of them when files get other names. */
import type { Edit, Place } from "../diagnostic.ts";
import type { SourceFile } from "../syntax/tree.ts";
import { beside, folderOf, pathFrom, withoutScheme } from "./paths.ts";

/** The path of an include as it is written. */
export interface Inclusion {
  readonly at: Place;
  readonly text: string;
}

/** A file or a folder that gets another name; names of folders have no slash at their end. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** Every path that a file includes, in the order of lines. */
export function inclusionsOf({ path: file, lines }: SourceFile): readonly Inclusion[] {
  return lines.flatMap(({ start, text, parts }) =>
    parts.flatMap((part) =>
      part.kind === "includePath"
        ? [
            {
              at: { file, span: { start: start + part.start, end: start + part.end } },
              text: text.slice(part.start, part.end),
            },
          ]
        : [],
    ),
  );
}

/** Whether a text has a line that includes something. */
export const hasInclude = (text: string) => /^[ \t]*(?:@\S+[ \t]+)?include/m.test(text);

/** True for a path with a sign that stands for several names. */
export const isPattern = (path: string) => /[*?[{]/.test(path);

/**
 * The edits that let every include find what it found before files got other names: of those that name a renamed file or
 * a folder above it, and of relative ones in a renamed file. `isThere` tells whether there is a file of a name; an include that
 * found nothing stays as it is. Of a pattern only the folders before its first sign are followed.
 */
export function followRenames(
  sources: readonly SourceFile[],
  renamings: readonly Renaming[],
  isThere: (written: string, from: string) => boolean,
): readonly Edit[] {
  const edits = new Map<string, Edit>();
  for (const source of sources)
    for (const { at, text } of inclusionsOf(source)) {
      const followed = follow(text, at.file, renamings);
      if (followed === text || !isThere(text, at.file)) continue;
      edits.set(`${at.span.start} ${at.file}`, { at, text: followed });
    }
  return [...edits.values()];
}

/** The path of an include in a file after the renaming. */
function follow(written: string, file: string, renamings: readonly Renaming[]): string {
  // keepalived takes quotes for part of the name, and variables have no value here.
  if (/^"|\$/.test(written)) return written;
  const [, fixed = "", open = ""] = /^((?:[^*?[{]*\/)?)(.*)$/s.exec(written) ?? [];
  const [named, rest] = isPattern(written) ? [fixed, open] : [written, ""];
  const before = beside(folderOf(file), named);
  const after = renamed(before, renamings);
  const folder = folderOf(renamed(file, renamings));
  const isAbsolute = written.startsWith("/");
  if (after === before && (isAbsolute || folder === folderOf(file))) return written;
  const path = isAbsolute ? withoutScheme(after) : pathFrom(folder, after);
  // Such a name can not be written in an include, so nothing would be won.
  if (/[#!"$*?[{\\]/.test(path)) return written;
  return rest === "" ? path : `${path === "" ? "" : `${path}/`}${rest}`;
}

/** The name of a file after the renaming. */
export function renamed(file: string, renamings: readonly Renaming[]): string {
  for (const { from, to } of renamings) {
    if (file === from) return to;
    if (file.startsWith(`${from}/`)) return `${to}${file.slice(from.length)}`;
  }
  return file;
}
