/** What is planned, in virtual time. */
import type { Micros } from "../vrrp/time.ts";

interface Entry {
  readonly at: Micros;
  readonly run: () => void;
  readonly key?: string;
}

/** Plans in the order of their moments; plans of one moment in the order in which they were made. */
export class Agenda {
  #entries: Entry[] = [];

  /** The next moment at which something is planned. */
  get next(): Micros {
    return this.#entries[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: Micros, run: () => void): void {
    this.#insert({ at, run });
  }

  /** Plans something in place of what was planned under the same key. */
  replace(key: string, at: Micros, run: () => void): void {
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    this.#insert({ at, run, key });
  }

  /** Does the next plan. */
  take(): void {
    this.#entries.shift()?.run();
  }

  #insert(entry: Entry): void {
    const later = this.#entries.findIndex(({ at }) => at > entry.at);
    this.#entries.splice(later === -1 ? this.#entries.length : later, 0, entry);
  }
}
