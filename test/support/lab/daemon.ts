/** A program that runs on a host of the lab, with what it prints. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** A line that a program printed and when it came, in ms since 1970. */
export interface LogLine {
  readonly at: number;
  readonly text: string;
}

/** How a program ended: by itself with a status, or by a signal. */
export interface Ending {
  readonly status: number | null;
  readonly signal: string | null;
}

/** Without what Node is told for the tests: to read certificates alone takes it as long as all the rest of its start. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("NODE_")));

/** A program as the lab started it. */
export class Daemon {
  /** Present once the program has ended and all it printed has been read. */
  ending: Ending | undefined;
  /** Nobody asked it to end. */
  wanted = true;
  readonly #child: ChildProcess;
  #frozen: readonly number[] = [];

  /** Starts a program; `onLine` gets each line it prints, `onEnd` is told of its end. */
  constructor(
    words: readonly string[],
    directory: string,
    onLine: (line: LogLine) => void,
    onEnd: () => void,
  ) {
    const [program = "", ...rest] = words;
    this.#child = spawn(program, rest, { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const input of [this.#child.stdout, this.#child.stderr]) {
      if (input) createInterface({ input }).on("line", (text) => onLine({ at: now(), text }));
    }
    this.#child.on("error", ({ message }) => onLine({ at: now(), text: message }));
    this.#child.on("close", (status, signal) => {
      this.ending = { status, signal };
      onEnd();
    });
  }

  /** Sends a signal that is meant to end the program. */
  end(signal: NodeJS.Signals): void {
    this.wanted = false;
    this.#child.kill(signal);
  }

  /** Sends a signal that does not end the program. */
  tell(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The number of the program's process. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Stops the program and everything it started where they are, as a machine does that loses its power. */
  freeze(): void {
    this.wanted = false;
    this.stall();
  }

  /** The same for a while; the program is still wanted. */
  stall(): void {
    const { pid } = this.#child;
    if (pid !== undefined && !this.ending) this.#frozen = stopFamily(pid);
  }

  /** Lets go on what was stopped. */
  resume(): void {
    for (const member of this.#frozen) signal(member, "SIGCONT");
    this.#frozen = [];
  }

  /**
   * Ends the program and everything it started by SIGKILL. All are stopped first, so that none of them notices the end
   * of another one and still does something about it.
   */
  kill(): void {
    // What is frozen already cannot have started anything since.
    if (this.#frozen.length === 0) this.freeze();
    else this.wanted = false;
    for (const member of this.#frozen) signal(member, "SIGKILL");
  }
}

/** Stops a process, then its children, and returns them all. */
function stopFamily(pid: number): readonly number[] {
  return signal(pid, "SIGSTOP") ? [pid, ...childrenOf(pid).flatMap(stopFamily)] : [];
}

/** False when there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function childrenOf(pid: number): readonly number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? readFileSync(path, "utf8").split(" ").filter(Boolean).map(Number) : [];
}

/** Ms since 1970 with fractions, the clock of captured packets. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
