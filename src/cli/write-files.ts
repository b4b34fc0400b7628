/** Writes several new texts so that all of them are there, or none. */
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { keepOwner, reason } from "./texts.ts";

/** A text and the absolute path where it belongs. */
export interface OutFile {
  readonly path: string;
  /** How messages name it. */
  readonly shown: string;
  readonly text: string;
  /** The text in the encoding that the file has; without it in UTF-8. */
  readonly bytes?: Uint8Array;
  /** Others may not read it. A file that is there already keeps its mode. */
  readonly secret: boolean;
}

/** Nothing was written; the message says why. */
export class WriteError extends Error {}

/** A file that came to be there while nobody looked is not overwritten either. */
export class ExistsError extends WriteError {}

interface Prepared {
  readonly file: OutFile;
  /** The file itself, behind symbolic links. */
  readonly target: string;
  readonly temporary: string;
  /** The old file under another name until all are in place. */
  readonly backup: string;
}

/**
 * Writes the files, each in one move; missing folders are made. With `replace`, files that exist are replaced and keep
 * mode and owner. When one of them fails, everything is put back as it was. Throws WriteError.
 */
export function writeAll(files: readonly OutFile[], replace: boolean): void {
  withoutInterruption(() => writeOrUndo(files, replace));
}

/** A signal that asks the program to end, as Ctrl-C does, finds all files written, or none. */
function withoutInterruption(write: () => void): void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const later = () => {};
  for (const signal of signals) process.on(signal, later);
  try {
    write();
  } finally {
    for (const signal of signals) process.off(signal, later);
  }
}

function writeOrUndo(files: readonly OutFile[], replace: boolean): void {
  const undo: (() => void)[] = [];
  const prepared: Prepared[] = [];
  try {
    for (const file of files) prepared.push(prepare(file, undo));
    for (const each of prepared) place(each, replace, undo);
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error instanceof WriteError ? error : new WriteError(reason(error));
  } finally {
    for (const { temporary, backup } of prepared)
      for (const leftover of [temporary, backup]) rmSync(leftover, { force: true });
  }
}

function prepare(file: OutFile, undo: (() => void)[]): Prepared {
  const target = existsSync(file.path) ? realpathSync(file.path) : file.path;
  const folder = path.dirname(target);
  const beside = path.join(folder, `.${path.basename(target)}.vrrp-gen-${process.pid}`);
  const prepared = { file, target, temporary: `${beside}.new`, backup: `${beside}.old` };
  try {
    makeFolder(folder, undo);
    undo.push(() => rmSync(prepared.temporary, { force: true }));
    writeTemporary(prepared);
  } catch (error) {
    throw new WriteError(`${file.shown}: cannot be written: ${reason(error)}`);
  }
  return prepared;
}

/**
 * Folders that were made go again when nothing comes of it; those that somebody filled meanwhile stay. Node's own
 * recursive way never ends below a folder such as /proc, where nothing can be made.
 */
function makeFolder(folder: string, undo: (() => void)[]): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) return;
  if (there) throw new Error(`${path.basename(folder)} is not a directory`);
  makeFolder(path.dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => removeEmpty(folder));
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  }
}

function writeTemporary({ file, target, temporary }: Prepared): void {
  const old = existsSync(target) ? statSync(target) : undefined;
  if (old && !old.isFile()) throw new Error("there is something that is not a file");
  const handle = openSync(temporary, "wx", 0o600);
  try {
    writeFileSync(handle, file.bytes ?? file.text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (old) keepOwner(temporary, old.uid, old.gid);
  chmodSync(temporary, old ? old.mode & 0o7777 : file.secret ? 0o600 : 0o644);
}

function place({ file, target, temporary, backup }: Prepared, replace: boolean, undo: (() => void)[]): void {
  try {
    if (replace && existsSync(target)) {
      otherName(target, backup);
      undo.push(() => renameSync(backup, target));
      renameSync(temporary, target);
    } else {
      // Unlike a rename, this never takes the place of a file that came meanwhile.
      otherName(temporary, target);
      undo.push(() => rmSync(target, { force: true }));
    }
  } catch (error) {
    if (!replace && (error as NodeJS.ErrnoException).code === "EEXIST")
      throw new ExistsError(`${file.shown} exists; nothing was written. --force writes over it`);
    throw new WriteError(`${file.shown}: cannot be written: ${reason(error)}`);
  }
}

/** What file systems say that know no second name for a file, such as those of memory sticks and shared folders. */
const linkless = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

/** The file under a second name, which nothing may have yet; a copy where there can be no link. */
function otherName(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch (error) {
    if (!linkless.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    copyFileSync(file, name, constants.COPYFILE_EXCL);
  }
}
