/**
 * Batches of `ip` in a thread of their own. Starting a program stops the thread that does it until the system has run the
 * new one, on a busy machine for tens of milliseconds: too long for adverts every 10 ms, of which the master that stands
 * still would be taken for dead, move its addresses, start more programs, and so on.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Failure, IpBatches } from "./ip-batch.ts";

export type Order = { readonly number: number; readonly lines: readonly string[] } | { readonly close: true };
type Answer = { readonly number: number; readonly failures: readonly Failure[] };

/** What carries batches out, in the order in which they were given. */
export type Batches = Pick<IpBatches, "apply" | "close">;

/** Batches in a thread, where its program lies beside the bundled commands; else in this one. */
export function batchesBeside(): Batches {
  const program = new URL("../run/ip-worker.js", import.meta.url);
  return existsSync(fileURLToPath(program)) ? new BatchThread(program) : new IpBatches();
}

interface Given {
  readonly lines: readonly string[];
  readonly done: (failures: readonly Failure[]) => void;
}

class BatchThread implements Batches {
  readonly #given = new Map<number, Given>();
  #worker: Worker | undefined;
  /** In its place when the thread cannot be, or has failed. */
  #own: IpBatches | undefined;
  #number = 0;
  #closed = false;

  constructor(program: URL) {
    this.#worker = new Worker(program);
    this.#worker.on("message", ({ number, failures }: Answer) => this.#answer(number, failures));
    this.#worker.on("error", () => this.#instead());
    this.#worker.on("exit", () => this.#instead());
  }

  apply(lines: readonly string[]): Promise<readonly Failure[]> {
    if (lines.length === 0) return Promise.resolve([]);
    return new Promise((done) => {
      const number = this.#number++;
      this.#given.set(number, { lines, done });
      if (this.#worker) this.#order({ number, lines });
      else this.#carryOut(number, lines);
    });
  }

  close(): void {
    this.#closed = true;
    this.#order({ close: true });
    this.#own?.close();
  }

  #order(order: Order): void {
    this.#worker?.postMessage(order);
  }

  #answer(number: number, failures: readonly Failure[]): void {
    this.#given.get(number)?.done(failures);
    this.#given.delete(number);
  }

  /** The thread is gone: what it had not finished is done again here, which harms nothing. */
  #instead(): void {
    this.#worker = undefined;
    for (const [number, { lines }] of this.#closed ? [] : [...this.#given]) this.#carryOut(number, lines);
  }

  #carryOut(number: number, lines: readonly string[]): void {
    this.#own ??= new IpBatches();
    void this.#own.apply(lines).then((failures) => this.#answer(number, failures));
  }
}
