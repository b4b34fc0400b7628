/** A program of the daemon, from its start to its end. */
import type { Program } from "../plan/types.ts";
import { type Ending, type Starter, starterHere } from "./launch.ts";

export class Child {
  /** Never rejects. */
  readonly ended: Promise<Ending>;
  ending: Ending | undefined;
  #pid: number | undefined;
  /** What it gets as soon as it runs. */
  #wanted: NodeJS.Signals | undefined;

  /** Starts it with further words behind its own. Programs do not outlive the daemon (lib/notify.c, PR_SET_PDEATHSIG). */
  constructor(
    { words, shell, user }: Program,
    more: readonly string[] = [],
    { launch, keeper }: Starter = starterHere,
  ) {
    this.ended = new Promise((done) => {
      const started = (pid: number) => {
        this.#pid = pid;
        // It is the first of its process group.
        keeper?.hold(`program ${pid}`, { end: pid });
        if (this.#wanted) this.kill(this.#wanted);
      };
      const ended = (ending: Ending) => {
        if (this.#pid !== undefined) keeper?.release(`program ${this.#pid}`);
        this.ending = ending;
        done(ending);
      };
      launch({ words: [...words, ...more], shell, user }, { started, ended });
    });
  }

  /** Undefined until it runs, and when it could not be started. */
  get pid(): number | undefined {
    return this.#pid;
  }

  /** Sends a signal to it and to everything that it has started. False when nothing of it is there any more. */
  kill(signal: NodeJS.Signals): boolean {
    if (this.#pid === undefined) {
      this.#wanted = signal;
      return this.ending === undefined;
    }
    try {
      return process.kill(-this.#pid, signal);
    } catch {
      return false;
    }
  }

  /** Ends it: SIGTERM, and SIGKILL for what is left after so many ms. */
  async end(patience: number): Promise<void> {
    this.kill("SIGTERM");
    await settled(this.ended, patience);
    this.kill("SIGKILL");
  }
}

/** Resolves when the promise does, or after so many ms. */
export async function settled(promise: Promise<unknown>, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, patience);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
