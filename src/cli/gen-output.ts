/** Where the files of vrrp-gen go: to a folder, as a difference, or to standard output. */
import { existsSync } from "node:fs";
import path from "node:path";
import { diffText } from "./gen-diff.ts";
import type { OutputOptions } from "./gen-options.ts";
import { pageFor } from "./report.ts";
import { Texts, UnreadableError } from "./texts.ts";
import { UsageError, type World } from "./world.ts";
import { type OutFile, writeAll } from "./write-files.ts";

/** Refuses options for the output that contradict each other. Throws UsageError. */
export function checkOutput({ folder, toOut, dryRun, ansible }: OutputOptions): void {
  if (folder !== undefined && toOut) throw new UsageError("--out-dir and --stdout exclude each other");
  if (toOut && (dryRun || ansible))
    throw new UsageError(`--stdout and ${dryRun ? "--dry-run" : "--ansible"} exclude each other`);
}

/** A file's path in the folder of the output, as messages show it. */
export function inFolder({ folder }: OutputOptions, file: string): string {
  return path.join(folder ?? ".", file);
}

/** The text of a file, for a wrong call. Throws UsageError. */
export function readText(file: string, texts: Texts): string {
  try {
    return texts.read(file);
  } catch (error) {
    if (error instanceof UnreadableError) throw new UsageError(error.message);
    throw error;
  }
}

/** The text of a file that may be there. Throws UsageError when it is and cannot be read. */
export function textThere(file: string, texts: Texts): string | undefined {
  return existsSync(texts.resolve(file)) ? readText(file, texts) : undefined;
}

/** A file to write, and where its text comes from. */
export interface DerivedFile extends OutFile {
  /** The text of another file that a new one is made from. */
  readonly origin?: { readonly file: string; readonly text: string };
}

/** `--dry-run`: what would change in the files, or that nothing would. A new file is compared with its origin. */
export function showChanges(files: readonly DerivedFile[], world: World): void {
  const { colours } = pageFor(world);
  const texts = new Texts(world);
  const diffs = files.map(({ shown, text, origin }) => {
    const there = textThere(shown, texts);
    if (there !== undefined || !origin) return diffText(shown, there, text, colours);
    return diffText(shown, origin.text, text, colours, origin.file);
  });
  const changed = diffs.filter((diff) => diff !== "").length;
  world.out(diffs.join(""));
  world.out(changed === 0 ? "Nothing would change.\n" : "Nothing was written (--dry-run).\n");
}

/** Writes all files or none, and says so; without `force` none may be there. Throws UsageError and WriteError. */
export function writeFiles(files: readonly OutFile[], force: boolean, world: World): void {
  const there = files.filter((file) => existsSync(file.path)).map(({ shown }) => shown);
  if (there.length > 0 && !force)
    throw new UsageError(
      `${there.join(", ")} ${there.length > 1 ? "exist" : "exists"}; nothing was written. --dry-run shows what would change, --force writes over it`,
    );
  writeAll(files, force);
  world.out(`Written: ${files.map(({ shown }) => shown).join(", ")}\n\n`);
}
