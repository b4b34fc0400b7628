/** What a host finds when it looks at the things it depends on, and when it believes it. */
import type { Status } from "../vrrp/machine-types.ts";
import type { Micros } from "../vrrp/time.ts";
import type { Check } from "./cast.ts";

/** A result that is believed from a moment on. */
export interface Finding {
  readonly id: string;
  readonly status: Status;
  readonly at: Micros;
}

/** The checks of one host. Things that fail go on failing while the host is down. */
export class Checks {
  readonly #checks: readonly Check[];
  readonly #failing = new Set<string>();
  #bootedAt: Micros = 0;

  constructor(checks: readonly Check[]) {
    this.#checks = checks;
  }

  /** What is known when the daemon has started, and what will be known later unless something changes. */
  boot(now: Micros): {
    readonly known: Readonly<Record<string, Status>>;
    readonly later: readonly Finding[];
  } {
    this.#bootedAt = now;
    const known: Record<string, Status> = {};
    const later: Finding[] = [];
    for (const check of this.#checks) {
      const passes = !this.#failing.has(check.id);
      const waits = check.failsAtFirst && passes;
      known[check.id] = passes && !waits ? check.passing : check.failing;
      // The first run is believed, whatever rise says, but it comes after the start.
      if (waits) later.push({ id: check.id, status: check.passing, at: now });
    }
    return { known, later };
  }

  /** The thing with this name fails or passes from now on; what the host finds. */
  change(name: string, passes: boolean, now: Micros): readonly Finding[] {
    const meant = this.#checks.filter((check) => check.name === name);
    return meant.flatMap((check) => {
      if (passes !== this.#failing.has(check.id)) return [];
      if (passes) this.#failing.delete(check.id);
      else this.#failing.add(check.id);
      const status = passes ? check.passing : check.failing;
      return { id: check.id, status, at: this.#believed(check, passes, now) };
    });
  }

  /** Scripts run at the start and then every interval; so many results in a row count. */
  #believed({ interval, rise, fall }: Check, passes: boolean, now: Micros): Micros {
    if (interval === 0) return now;
    const runs = Math.ceil((now - this.#bootedAt) / interval);
    return this.#bootedAt + (runs + (passes ? rise : fall) - 1) * interval;
  }
}
