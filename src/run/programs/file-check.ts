/** A tracked file: the number in it (keepalived, trackers/track_file.c). */
import {
  closeSync,
  constants,
  type FSWatcher,
  openSync,
  readSync,
  realpathSync,
  statSync,
  watch,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { CheckPlan } from "../plan/types.ts";
import type { Log } from "../ports.ts";
import { messageOf } from "./launch.ts";

export type FilePlan = Extract<CheckPlan, { readonly kind: "file" }>;

/** As much of a file as keepalived reads. */
const longest = 127;
/**
 * A file that is written anew is empty for a moment, and the kernel tells of that first. So a change counts after the
 * first of these, in ms, and an empty file after the second.
 */
const settleTime = 5;
const emptyTime = 100;
/** A directory that is missing is looked for again after this, in ms. */
const retryTime = 1000;

export class FileCheck {
  readonly plan: FilePlan;
  status = 0;
  readonly #tell: (status: number) => void;
  readonly #log: Log;
  /** Where links lead to. */
  #path: string;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(plan: FilePlan, known: number | undefined, log: Log, tell: (status: number) => void) {
    this.plan = plan;
    this.#log = log;
    this.#tell = tell;
    this.#path = plan.path;
    this.status = known ?? 0;
  }

  /** Writes the first number where that is asked for; `again` after a reload, which never overwrites. */
  initialise(again: boolean): void {
    const { initial, path } = this.plan;
    if (!initial) return;
    const there = statSync(path, { throwIfNoEntry: false });
    if (there && (again || !initial.overwrite || !there.isFile())) return;
    try {
      writeFileSync(path, `${initial.value}\n`);
    } catch (error) {
      this.#say(`cannot be initialised: ${messageOf(error)}`);
    }
  }

  /** What is in it now is its status afterwards, without being told. */
  start(): void {
    this.#watch();
    this.status = numberIn(contentOf(this.#path)) ?? this.status;
  }

  stop(): void {
    this.#stopped = true;
    this.#watcher?.close();
    clearTimeout(this.#timer);
  }

  #watch(): void {
    if (this.#stopped) return;
    try {
      this.#path = resolved(this.plan.path);
      const name = basename(this.#path);
      this.#watcher = watch(dirname(this.#path), (_, changed) => {
        if (changed === null || changed === name) this.#lookIn(settleTime);
      });
      this.#watcher.on("error", () => this.#watchAgain());
    } catch {
      this.#watchAgain();
    }
  }

  /** The directory is not there (any more). */
  #watchAgain(): void {
    this.#watcher?.close();
    if (this.#stopped) return;
    this.#set(0);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#watch();
      if (this.#watcher) this.#look(false);
    }, retryTime);
  }

  #lookIn(time: number, patient = true): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(patient), time);
  }

  #look(patient: boolean): void {
    const content = contentOf(this.#path);
    if (content === "" && patient) {
      this.#lookIn(emptyTime, false);
      return;
    }
    const number = numberIn(content);
    if (number === undefined) this.#say(`holds no number that can be used: ${content?.trim()}`);
    else this.#set(number);
    // Its directory may have gone with it.
    if (content === undefined && !statSync(dirname(this.#path), { throwIfNoEntry: false }))
      this.#watchAgain();
  }

  #set(status: number): void {
    if (status === this.status) return;
    this.status = status;
    this.#tell(status);
  }

  #say(message: string): void {
    this.#log.write("warning", `File ${this.plan.path} ${message}`, this.plan.name);
  }
}

/** Undefined for a file that is not there or cannot be read. */
function contentOf(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const buffer = Buffer.alloc(longest);
    return buffer.toString("latin1", 0, readSync(file, buffer, 0, longest, null));
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
}

const [lowest, highest] = [-(2 ** 31), 2 ** 31];

/**
 * The number at the beginning of a text, hexadecimal behind 0x and octal behind 0 (strtol with base 0); 0 where there is
 * none. Undefined when it has more than 32 bits: keepalived then leaves things as they were.
 */
export function numberIn(text: string | undefined): number | undefined {
  const [, sign = "", hex, octal, decimal] =
    /^[ \t\n\v\f\r]*([+-]?)(?:0x([0-9a-f]+)|(0[0-7]*)|([1-9]\d*))/i.exec(text ?? "") ?? [];
  const digits = hex ?? octal ?? decimal;
  if (digits === undefined) return 0;
  const size = Number.parseInt(digits, hex === undefined ? (octal === undefined ? 10 : 8) : 16);
  const value = sign === "-" ? 0 - size : size;
  return value < lowest || value > highest ? undefined : value;
}
