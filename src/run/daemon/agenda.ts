/** What is to be done later, besides what the machines want. */
import type { Micros } from "../../vrrp/time.ts";

interface Task {
  readonly at: Micros;
  readonly run: () => void;
}

export class Agenda {
  /** In the order of their moments. */
  readonly #tasks: Task[] = [];

  /** The moment of the first task; undefined when there is none. */
  get next(): Micros | undefined {
    return this.#tasks[0]?.at;
  }

  /** Does something at that moment, after what was planned for it before. The returned function calls it off. */
  add(at: Micros, run: () => void): () => void {
    const task = { at, run };
    const later = this.#tasks.findIndex((each) => each.at > at);
    this.#tasks.splice(later === -1 ? this.#tasks.length : later, 0, task);
    return () => {
      const place = this.#tasks.indexOf(task);
      if (place !== -1) this.#tasks.splice(place, 1);
    };
  }

  /** Does what is due, also what is added by that. */
  runUntil(now: Micros): void {
    for (let task = this.#tasks[0]; task && task.at <= now; task = this.#tasks[0]) {
      this.#tasks.shift();
      task.run();
    }
  }

  clear(): void {
    this.#tasks.length = 0;
  }
}
