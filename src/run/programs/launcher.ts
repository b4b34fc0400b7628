/**
 * Programs started by a process of our own. Whoever starts one stands still until the system runs it, and meanwhile copies
 * each page of memory that it writes to; adverts are sent from another process.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Helper } from "../helper.ts";
import { type Ending, type Hearer, type Launch, launchHere, type Start } from "./launch.ts";

export type Order = { readonly number: number; readonly start: Start } | { readonly umask: number };
export type Answer =
  | { readonly number: number; readonly pid: number }
  | { readonly number: number; readonly ending: Ending };

export interface Launcher {
  readonly launch: Launch;
  readonly mask: (umask: number) => void;
  /** Programs that still run are ended (SIGTERM). */
  readonly close: () => void;
}

/** A process, where its program lies beside the bundled commands; else this one. */
export function launcherBeside(program = new URL("../run/launcher.js", import.meta.url)): Launcher {
  const file = fileURLToPath(program);
  if (!existsSync(file)) return { launch: launchHere, mask: () => {}, close: () => {} };
  const client = new LauncherClient(file);
  return {
    launch: (start, hearer) => client.launch(start, hearer),
    mask: (umask) => client.mask(umask),
    close: () => client.close(),
  };
}

interface Running {
  readonly start: Start;
  readonly hearer: Hearer;
  pid?: number;
}

class LauncherClient {
  readonly #running = new Map<number, Running>();
  readonly #helper: Helper;
  #number = 0;
  #umask: number | undefined;

  constructor(file: string) {
    this.#helper = new Helper({
      words: [file],
      heard: (answer) => this.#hear(answer as Answer),
      replaced: (why) => this.#replaced(why),
    });
  }

  launch(start: Start, hearer: Hearer): void {
    const number = this.#number++;
    this.#running.set(number, { start, hearer });
    this.#tell({ number, start });
  }

  mask(umask: number): void {
    this.#umask = umask;
    this.#tell({ umask });
  }

  close(): void {
    this.#running.clear();
    void this.#helper.end();
  }

  #tell(order: Order): void {
    this.#helper.tell(order);
  }

  #hear(answer: Answer): void {
    const running = this.#running.get(answer.number);
    if (!running) return;
    if ("pid" in answer) {
      running.pid = answer.pid;
      running.hearer.started(answer.pid);
    } else {
      this.#running.delete(answer.number);
      running.hearer.ended(answer.ending);
    }
  }

  /** Of the programs that ran nobody hears any more, so they are ended; those that did not are started now. */
  #replaced(why: string): void {
    if (this.#umask !== undefined) this.#tell({ umask: this.#umask });
    for (const [number, { start, hearer, pid }] of [...this.#running]) {
      if (pid === undefined) {
        this.#tell({ number, start });
        continue;
      }
      this.#running.delete(number);
      endGroup(pid);
      hearer.ended({ is: "not-started", message: `the process that starts programs has ended (${why})` });
    }
  }
}

/** SIGTERM for a program and all that it has started. */
export function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It has ended.
  }
}
