/** The daemon's side of the guard process, which carries out its batches of `ip` and knows how to take back what they did. */
import { fileURLToPath } from "node:url";
import { Helper } from "../helper.ts";
import type { Guard, Removal } from "../ports.ts";
import type { Answer, GuardMessage } from "./guard-list.ts";
import type { Failure, IpBatches } from "./ip-batch.ts";

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

export interface LinuxGuard extends Guard, Pick<IpBatches, "apply"> {
  /** The process that guards now. */
  readonly pid: number | undefined;
}

/** Starts the guard, and another one whenever it ends before it is dismissed. */
export function linuxGuard(options: GuardOptions = {}): LinuxGuard {
  return new GuardClient(options);
}

interface Given {
  readonly lines: readonly string[];
  readonly done: (failures: readonly Failure[]) => void;
}

class GuardClient implements LinuxGuard {
  readonly #held = new Map<string, Removal>();
  /** Batches that are not carried out yet, by number. */
  readonly #given = new Map<number, Given>();
  readonly #helper: Helper;
  #number = 0;

  constructor({ program, files = [], log = "text", lost }: GuardOptions) {
    const guard = program ?? fileURLToPath(new URL("../run/guard.js", import.meta.url));
    this.#helper = new Helper({
      words: [guard, log],
      files,
      heard: (answer) => this.#hear(answer as Answer),
      replaced: (why) => {
        this.#tellAgain();
        lost?.(`The guard process has ended (${why}); a new one holds everything again.`);
      },
    });
  }

  get pid(): number | undefined {
    return this.#helper.pid;
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

  apply(lines: readonly string[]): Promise<readonly Failure[]> {
    if (lines.length === 0) return Promise.resolve([]);
    return new Promise((done) => {
      const number = this.#number++;
      this.#given.set(number, { lines, done });
      this.#tell({ number, lines });
    });
  }

  dismiss(): Promise<void> {
    return this.#helper.end({ dismiss: true } satisfies GuardMessage);
  }

  #tell(message: GuardMessage): void {
    this.#helper.tell(message);
  }

  #hear({ number, failures }: Answer): void {
    this.#given.get(number)?.done(failures);
    this.#given.delete(number);
  }

  /** What the last guard had not finished is done again, which harms nothing. */
  #tellAgain(): void {
    for (const [key, removal] of this.#held) this.#tell({ hold: key, removal });
    for (const [number, { lines }] of this.#given) this.#tell({ number, lines });
  }
}
