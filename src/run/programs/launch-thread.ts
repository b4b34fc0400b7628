/**
 * Programs started from a thread of their own. The thread that starts one stands still until the system runs it, on a
 * busy machine for a hundred milliseconds and more; adverts are sent from another one.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Ending, type Hearer, type Launch, launchHere, type Start } from "./launch.ts";

export interface Order {
  readonly number: number;
  readonly start: Start;
}
export type Message =
  | { readonly number: number; readonly pid: number }
  | { readonly number: number; readonly ending: Ending };

export interface Launcher {
  readonly launch: Launch;
  /** Has its thread from now on, rather than from the first program on. */
  prepare(): void;
  /** Programs that still run are not heard of any more. */
  close(): void;
}

/** A thread, where its program lies beside the bundled commands; else this one. */
export function launcherBeside(program = new URL("../run/launch-worker.js", import.meta.url)): Launcher {
  if (!existsSync(fileURLToPath(program))) return { launch: launchHere, prepare: () => {}, close: () => {} };
  const thread = new LaunchThread(program);
  return {
    launch: (start, hearer) => thread.launch(start, hearer),
    prepare: () => thread.prepare(),
    close: () => thread.close(),
  };
}

class LaunchThread {
  readonly #program: URL;
  readonly #hearers = new Map<number, Hearer>();
  #worker: Worker | undefined;
  #number = 0;

  constructor(program: URL) {
    this.#program = program;
  }

  launch(start: Start, hearer: Hearer): void {
    const number = this.#number++;
    this.#hearers.set(number, hearer);
    this.prepare().postMessage({ number, start } satisfies Order);
  }

  prepare(): Worker {
    this.#worker ??= this.#begin();
    return this.#worker;
  }

  close(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#hearers.clear();
    void worker?.terminate();
  }

  /** Begun with the first program, unless asked for before: not every file has one. */
  #begin(): Worker {
    const worker = new Worker(this.#program);
    let why = "the thread that starts programs has ended";
    worker.on("message", (message: Message) => this.#hear(message));
    worker.on("error", ({ message }) => {
      why = message;
    });
    worker.on("exit", () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      const left = [...this.#hearers.values()];
      this.#hearers.clear();
      for (const hearer of left) hearer.ended({ is: "not-started", message: why });
    });
    return worker;
  }

  #hear(message: Message): void {
    const hearer = this.#hearers.get(message.number);
    if ("pid" in message) {
      hearer?.started(message.pid);
      return;
    }
    this.#hearers.delete(message.number);
    hearer?.ended(message.ending);
  }
}
