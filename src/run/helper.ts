/**
 * A process of the daemon's own beside it: small, so that it starts other programs in no time (`fork` copies what a
 * process has), and away from the thread that sends adverts. Both talk in lines of JSON. It is started again whenever it
 * ends before it is asked to.
 */
import { type ChildProcess, spawn } from "node:child_process";
import type { Writable } from "node:stream";

export interface HelperOptions {
  /** What Node runs, with further words. */
  readonly words: readonly string[];
  /** Open files that it has, too. */
  readonly files?: readonly number[];
  readonly heard: (message: unknown) => void;
  /** It has ended by itself, for this reason, and another one is there that knows nothing yet. */
  readonly replaced: (why: string) => void;
}

/** One that ends at once would be started again and again; between two starts is this much time, in ms. */
const pause = 1000;

export class Helper {
  readonly #options: HelperOptions;
  #child: ChildProcess;
  #startedAt = 0;
  #asked = false;

  constructor(options: HelperOptions) {
    this.#options = options;
    this.#child = this.#start();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The kernel has it before this returns: a killed daemon's last words are read all the same. */
  tell(message: object): void {
    this.#input?.write(`${JSON.stringify(message)}\n`);
  }

  /** Asks it to end, with a last message or by the end of its input. Resolves when it has. */
  end(message?: object): Promise<void> {
    this.#asked = true;
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      return Promise.resolve();
    }
    return new Promise((done) => {
      child.on("exit", () => done());
      if (message) this.tell(message);
      else this.#input?.end();
    });
  }

  get #input(): Writable | null {
    return this.#child.stdin;
  }

  #start(): ChildProcess {
    const { words, files = [], heard } = this.#options;
    this.#startedAt = performance.now();
    // Whatever Node is told for the daemon, such as a debugger's port, is not for its helpers.
    const { NODE_OPTIONS: _, ...env } = process.env;
    const stdio = ["pipe", "pipe", "inherit", ...files] as const;
    const child = spawn(process.execPath, words, { detached: true, env, stdio: [...stdio] });
    child.stdin?.on("error", () => {});
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (more: string) => {
      const lines = `${text}${more}`.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) heard(JSON.parse(line));
    });
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
    if (this.#asked) return;
    const wait = Math.max(0, this.#startedAt + pause - performance.now());
    const again = () => {
      if (this.#asked) return;
      this.#child = this.#start();
      this.#options.replaced(why);
    };
    if (wait < pause / 2) again();
    else setTimeout(again, wait);
  }
}
