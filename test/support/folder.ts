/** A folder of files that lasts as long as one test. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

export interface Folder {
  readonly path: string;
  /** The text of a file in it. */
  read(file: string): string;
}

/** Writes these files into a new folder and returns it; the test's end removes it. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), "vrrpkit-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return { path: folder, read: (file) => readFileSync(path.join(folder, file), "utf8") };
}
