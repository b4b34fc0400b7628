/** A program that was started: in a process group of its own, as its user, with nothing to read and nowhere to write. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Program } from "../plan/types.ts";
import type { Keeper } from "../ports.ts";

/** How it ended: by itself with a code, by a signal, or it could not be started at all. */
export type Ending =
  | { readonly is: "exit"; readonly code: number }
  | { readonly is: "signal"; readonly signal: NodeJS.Signals }
  | { readonly is: "not-started"; readonly message: string };

export class Child {
  /** Never rejects. */
  readonly ended: Promise<Ending>;
  ending: Ending | undefined;
  #process: ChildProcess | undefined;

  /** Starts it with further words behind its own. Programs do not outlive the daemon (lib/notify.c, PR_SET_PDEATHSIG). */
  constructor(program: Program, more: readonly string[] = [], keeper?: Keeper) {
    this.ended = new Promise((done) => {
      const end = (ending: Ending) => {
        this.ending ??= ending;
        done(this.ending);
      };
      try {
        this.#process = start(program, more);
        this.#process.on("error", ({ message }) => end({ is: "not-started", message }));
        this.#process.on("exit", (code, signal) => end(endingOf(code, signal)));
        keep(this.#process, keeper);
      } catch (error) {
        end({ is: "not-started", message: messageOf(error) });
      }
    });
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Sends a signal to it and to everything that it has started. False when nothing of it is there any more. */
  kill(signal: NodeJS.Signals): boolean {
    const { pid } = this;
    if (pid === undefined) return false;
    try {
      return process.kill(-pid, signal);
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

/** A program is the first of its process group. */
function keep(program: ChildProcess, keeper: Keeper | undefined): void {
  const { pid } = program;
  if (pid === undefined) return;
  keeper?.hold(`program ${pid}`, { end: pid });
  program.on("exit", () => keeper?.release(`program ${pid}`));
}

function start({ words, shell, user }: Program, more: readonly string[]): ChildProcess {
  const [file = "", ...rest] = [...words, ...more];
  const options = { detached: true, stdio: "ignore", cwd: "/", ...user } as const;
  if (!shell) return spawn(file, rest, options);
  // keepalived leaves the redirection as it is and puts the other words in quotes.
  const line = [file, ...rest.map((word) => `'${word}'`)].join(" ");
  return spawn("/bin/sh", ["-c", line], options);
}

function endingOf(code: number | null, signal: NodeJS.Signals | null): Ending {
  return signal ? { is: "signal", signal } : { is: "exit", code: code ?? 0 };
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
