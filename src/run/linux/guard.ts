/** The daemon's side of the guard process. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Guard, Removal } from "../ports.ts";
import { type GuardMessage, messageLine } from "./guard-list.ts";

export interface GuardOptions {
  /** The bundled guard; where it lies beside the bundled commands when absent. */
  readonly program?: string;
  /** Open files that stay open until the guard has ended: those of the claim, so that no other daemon starts before. */
  readonly files?: readonly number[];
  /** The form of what it says on standard error. */
  readonly log?: "text" | "json";
  /** The guard has ended by itself, and a new one is there. */
  readonly lost?: (message: string) => void;
}

export interface LinuxGuard extends Guard {
  /** The process that guards now. */
  readonly pid: number | undefined;
}

/** Starts the guard, and another one whenever it ends before it is dismissed. */
export function linuxGuard(options: GuardOptions = {}): LinuxGuard {
  return new GuardClient(options);
}

/** A guard that ends at once would be started again and again; between two starts is this much time, in ms. */
const pause = 1000;

class GuardClient implements LinuxGuard {
  readonly #options: GuardOptions;
  readonly #held = new Map<string, Removal>();
  #child: ChildProcess;
  #startedAt = 0;
  #dismissed = false;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#child = this.#start();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  hold(key: string, removal: Removal): void {
    this.#held.delete(key);
    this.#held.set(key, removal);
    this.#tell({ hold: key, removal });
  }

  release(key: string): void {
    this.#held.delete(key);
    this.#tell({ release: key });
  }

  dismiss(): Promise<void> {
    this.#dismissed = true;
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      return Promise.resolve();
    }
    return new Promise((done) => {
      child.on("exit", () => done());
      this.#tell({ dismiss: true });
    });
  }

  /** The kernel has it before this returns: a killed daemon's last words are read by the guard. */
  #tell(message: GuardMessage): void {
    (this.#child.stdin as Writable | null)?.write(messageLine(message));
  }

  #start(): ChildProcess {
    const {
      program = fileURLToPath(new URL("../run/guard.js", import.meta.url)),
      files = [],
      log = "text",
    } = this.#options;
    this.#startedAt = performance.now();
    const child = spawn(process.execPath, [program, log], {
      detached: true,
      // Whatever Node is told for the daemon, such as a debugger's port, is not for the guard.
      env: { ...process.env, NODE_OPTIONS: "" },
      stdio: ["pipe", "ignore", "inherit", ...files],
    });
    child.stdin?.on("error", () => {});
    let over = false;
    const ended = (why: string) => {
      if (!over) this.#ended(why);
      over = true;
    };
    child.on("error", (error) => ended(error.message));
    child.on("exit", (status, signal) => ended(signal ?? `status ${status}`));
    return child;
  }

  #ended(why: string): void {
    if (this.#dismissed) return;
    const wait = Math.max(0, this.#startedAt + pause - performance.now());
    const again = () => {
      if (this.#dismissed) return;
      this.#child = this.#start();
      for (const [key, removal] of this.#held) this.#tell({ hold: key, removal });
      this.#options.lost?.(`The guard process has ended (${why}); a new one holds everything again.`);
    };
    if (wait < pause / 2) again();
    else setTimeout(again, wait);
  }
}
