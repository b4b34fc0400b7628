/** FIFOs that tell every change, and the programs that read them (keepalived, lib/notify.c, fifo_open). */
import { execFile } from "node:child_process";
import { chownSync, closeSync, constants, openSync, unlinkSync, writeSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { FifoPlan } from "../plan/types.ts";
import type { Log } from "../ports.ts";
import { Child } from "./child.ts";
import { type Ending, messageOf, type Starter, starterHere } from "./launch.ts";

/** What everybody may do with a FIFO that is made, unless the umask takes it away. */
const permissions = 0o644;
/** A reader that ends is started again after this time in ms, and after twice as long each time that it ends soon. */
const restartTime = 1000;
const longestRestart = 60_000;
/** What a reader gets to end by itself, in ms. */
const endTime = 1000;

/** Never waits for a reader: a FIFO that is full loses what is told, as with keepalived. */
const howOpened = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** One FIFO, open. */
class Fifo {
  readonly plan: FifoPlan;
  readonly #log: Log;
  readonly #starter: Starter;
  #file: number | undefined;
  #made = false;
  #reader: Child | undefined;
  #restart: NodeJS.Timeout | undefined;
  #isFull = false;

  constructor(plan: FifoPlan, log: Log, starter: Starter) {
    this.#starter = starter;
    this.plan = plan;
    this.#log = log;
  }

  async open(umask: number): Promise<void> {
    const { path, owner } = this.plan;
    try {
      this.#made = await makeFifo(path, permissions & ~umask);
      if (this.#made && owner) chownSync(path, owner.uid, owner.gid);
      this.#startReader(restartTime);
      this.#file = openSync(path, howOpened);
    } catch (error) {
      this.#log.write("warning", `FIFO ${path} cannot be used: ${messageOf(error)}`);
    }
  }

  write(line: string): void {
    if (this.#file === undefined) return;
    try {
      writeSync(this.#file, line);
      this.#isFull = false;
    } catch {
      if (!this.#isFull) this.#log.write("warning", `FIFO ${this.plan.path} is full, nobody reads it`);
      this.#isFull = true;
    }
  }

  /** Removes it before its reader could open it again, then ends the reader. */
  async close(): Promise<void> {
    clearTimeout(this.#restart);
    if (this.#made) quietly(() => unlinkSync(this.plan.path));
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) quietly(() => closeSync(file));
    const reader = this.#reader;
    this.#reader = undefined;
    await reader?.end(endTime);
  }

  #startReader(pause: number): void {
    const { program } = this.plan;
    if (!program || program.refused !== undefined) return;
    const reader = new Child(program, [], this.#starter);
    const began = performance.now();
    this.#reader = reader;
    void reader.ended.then((ending) => {
      if (this.#reader !== reader) return;
      const isSoon = performance.now() - began < longestRestart;
      this.#log.write("warning", `The program of FIFO ${this.plan.path} has ended${how(ending)}`);
      const next = isSoon ? Math.min(longestRestart, pause * 2) : restartTime;
      this.#restart = setTimeout(() => this.#startReader(next), pause);
    });
  }
}

function how(ending: Ending): string {
  if (ending.is === "exit") return ` with exit code ${ending.code}`;
  return ending.is === "signal" ? ` because of ${ending.signal}` : `: ${ending.message}`;
}

/** All FIFOs of a plan. */
export class Fifos {
  readonly #log: Log;
  readonly #starter: Starter;
  #fifos: readonly Fifo[] = [];

  constructor(log: Log, starter: Starter = starterHere) {
    this.#starter = starter;
    this.#log = log;
  }

  /** Opens these and closes others; those that stay the same are left alone, with their readers. */
  async use(plans: readonly FifoPlan[], umask: number): Promise<void> {
    const before = this.#fifos;
    const kept = plans.map((plan) => before.find((fifo) => isSame(fifo.plan, plan)));
    await Promise.all(before.filter((fifo) => !kept.includes(fifo)).map((fifo) => fifo.close()));
    const made = plans.map((plan, index) => kept[index] ?? new Fifo(plan, this.#log, this.#starter));
    for (const fifo of made) if (!before.includes(fifo)) await fifo.open(umask);
    this.#fifos = made;
  }

  write(line: string): void {
    for (const fifo of this.#fifos) fifo.write(line);
  }

  async close(): Promise<void> {
    const fifos = this.#fifos;
    this.#fifos = [];
    await Promise.all(fifos.map((fifo) => fifo.close()));
  }
}

function isSame(one: FifoPlan, other: FifoPlan): boolean {
  const told = ({ program, ...plan }: FifoPlan) => ({
    ...plan,
    program: program && { ...program, at: undefined },
  });
  return isDeepStrictEqual(told(one), told(other));
}

/** False when there is one already. Rejects when it cannot be made. */
function makeFifo(path: string, mode: number): Promise<boolean> {
  return new Promise((done, fail) => {
    execFile("mkfifo", ["-m", mode.toString(8), "--", path], (error, _, complaint) => {
      if (!error) done(true);
      else if (/exists/.test(complaint)) done(false);
      else fail(new Error(complaint.trim() || error.message));
    });
  });
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // It is gone already.
  }
}
