/** Folders, programs and logs for tests of what starts programs. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Program } from "../../../src/run/plan/types.ts";
import type { Log } from "../../../src/run/ports.ts";

export const somewhere = { file: "a.conf", span: { start: 0, end: 0 } };

/** A program as a plan has it. */
export function program(...words: readonly string[]): Program {
  return { words, shell: false, user: undefined, refused: undefined, at: somewhere };
}

/** What was told, in its order, and a way to wait for it. */
export class Heard<What> {
  readonly all: What[] = [];
  readonly #waiting: (() => void)[] = [];

  hear(what: What): void {
    this.all.push(what);
    for (const look of [...this.#waiting]) look();
  }

  /** Resolves as soon as it is true of everything that was told so far. */
  until(isTrue: (all: readonly What[]) => boolean): Promise<void> {
    return new Promise((done) => {
      const look = () => {
        if (isTrue(this.all)) done();
      };
      this.#waiting.push(look);
      look();
    });
  }
}

/** A log that can be waited for. */
export class HeardLog extends Heard<string> implements Log {
  write(_level: string, message: string): void {
    this.hear(message);
  }
}

/** A folder that everybody may write to, for as long as the body runs. */
export async function inFolder(body: (folder: Folder) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), "vrrpkit-programs-"));
  chmodSync(path, 0o777);
  const folder = new Folder(path);
  try {
    await body(folder);
  } finally {
    folder.close();
    rmSync(path, { recursive: true, force: true });
  }
}

export class Folder {
  readonly path: string;
  readonly #watcher: ReturnType<typeof watch>;
  readonly #waiting = new Set<() => void>();

  constructor(path: string) {
    this.path = path;
    this.#watcher = watch(path, () => {
      for (const look of this.#waiting) look();
    });
  }

  close(): void {
    this.#watcher.close();
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** A program for the shell; `$F` is the folder. */
  script(name: string, ...lines: readonly string[]): string {
    const file = this.file(name);
    writeFileSync(file, ["#!/bin/sh", `F='${this.path}'`, ...lines, ""].join("\n"));
    chmodSync(file, 0o755);
    return file;
  }

  write(name: string, text: string): void {
    writeFileSync(this.file(name), text);
  }

  /** The lines of a file; none when it is not there. */
  lines(name: string): readonly string[] {
    const file = this.file(name);
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return text.split("\n").filter((line) => line !== "");
  }

  /** Resolves as soon as it is true; looked at whenever something in the folder changes. */
  until(isTrue: () => boolean): Promise<void> {
    return new Promise((done) => {
      const look = () => {
        if (!isTrue()) return;
        this.#waiting.delete(look);
        done();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
