/** The texts a command works on: read once, changed in memory by fixes, written back in one move. */
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { decode, type Encoding, encode } from "./encoding.ts";
import type { World } from "./world.ts";

/** The operand that means standard input. */
export const standardInput = "-";

interface Loaded {
  text: string;
  readonly original: string;
  readonly encoding: Encoding;
}

/** A file that can not be read, in words for the user. */
export class UnreadableError extends Error {}

/** The texts of one call. What is unreadable throws UnreadableError, each time it is asked for. */
export class Texts {
  readonly #world: World;
  readonly #loaded = new Map<string, Loaded>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Where relative paths start. */
  get cwd(): string {
    return this.#world.cwd;
  }

  /** A path as the file system wants it. */
  resolve(file: string): string {
    return path.resolve(this.#world.cwd, file);
  }

  /** One name for one file, however it was reached; the resolved path when the file is not there. */
  identity(file: string): string {
    if (file === standardInput) return file;
    const resolved = this.resolve(file);
    try {
      return realpathSync(resolved);
    } catch {
      return resolved;
    }
  }

  /** The text of a file, with the changes made so far. Throws UnreadableError. */
  read(file: string): string {
    const key = this.identity(file);
    const known = this.#loaded.get(key) ?? this.#load(file);
    this.#loaded.set(key, known);
    return known.text;
  }

  /** False for a text that cannot be given back byte by byte: a UTF-16 file, which keepalived cannot read either. */
  canChange(file: string): boolean {
    const encoding = this.#loaded.get(this.identity(file))?.encoding;
    return encoding !== undefined && encoding !== "utf16";
  }

  /** Changes a text that was read, in memory. */
  change(file: string, text: string): void {
    const loaded = this.#loaded.get(this.identity(file));
    if (loaded) loaded.text = text;
  }

  /** A text that was read, with its changes, as bytes of its own encoding. */
  bytes(file: string): Uint8Array | undefined {
    const loaded = this.#loaded.get(this.identity(file));
    return loaded && encode(loaded.text, loaded.encoding);
  }

  /** Another text as bytes of the encoding in which a file was read. */
  encoded(text: string, file: string): Uint8Array | undefined {
    const loaded = this.#loaded.get(this.identity(file));
    return loaded && encode(text, loaded.encoding);
  }

  /** Takes back the changes of a text. */
  restore(file: string): void {
    const loaded = this.#loaded.get(this.identity(file));
    if (loaded) loaded.text = loaded.original;
  }

  /** True when the text differs from what was read. */
  changed(file: string): boolean {
    const loaded = this.#loaded.get(this.identity(file));
    return loaded !== undefined && loaded.text !== loaded.original;
  }

  /**
   * Writes a changed text: a new file beside the old one takes its place with the same mode, so a reader sees the
   * old text or the new one. A symbolic link keeps pointing to the file. Throws UnreadableError.
   */
  write(file: string): void {
    const key = this.identity(file);
    const loaded = this.#loaded.get(key);
    if (!loaded) throw new UnreadableError(`${file}: nothing to write, it was never read`);
    const temporary = path.join(path.dirname(key), `.${path.basename(key)}.vrrp-lint-${process.pid}`);
    try {
      replaceFile(key, temporary, encode(loaded.text, loaded.encoding));
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new UnreadableError(`${file}: cannot be written: ${reason(error)}`);
    }
  }

  #load(file: string): Loaded {
    const decoded = decode(this.#bytes(file));
    if (!decoded) throw new UnreadableError(`${file}: this is a binary file, not a keepalived.conf`);
    return { ...decoded, original: decoded.text };
  }

  #bytes(file: string): Uint8Array {
    try {
      if (file === standardInput) return this.#world.readInput();
      const resolved = this.resolve(file);
      const status = statSync(resolved);
      if (!status.isFile() && !status.isFIFO() && !status.isCharacterDevice())
        throw new UnreadableError(`${file}: not a regular file`);
      return readFileSync(resolved);
    } catch (error) {
      if (error instanceof UnreadableError) throw error;
      throw new UnreadableError(`${file}: ${reason(error)}`);
    }
  }
}

function replaceFile(target: string, temporary: string, bytes: Uint8Array): void {
  const status = statSync(target);
  const handle = openSync(temporary, "wx", 0o600);
  try {
    writeFileSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  keepOwner(temporary, status.uid, status.gid);
  chmodSync(temporary, status.mode & 0o7777);
  renameSync(temporary, target);
}

/** Only root may give files away; for anybody else the new file is theirs, as with any editor. */
export function keepOwner(file: string, user: number, group: number): void {
  const status = statSync(file);
  if (status.uid === user && status.gid === group) return;
  try {
    chownSync(file, user, group);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "not permitted",
  EISDIR: "this is a directory",
  EEXIST: "something of that name is there already",
  ENOTDIR: "a part of the path is not a directory",
  ELOOP: "too many symbolic links",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left",
  ENAMETOOLONG: "the name is too long",
};

/** Why the system refused, in words. */
export function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const message = error instanceof Error ? error.message : String(error);
  return (code && reasons[code]) ?? message;
}
