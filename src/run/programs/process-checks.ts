/**
 * Tracked processes. keepalived is told by the kernel of every start and end; here /proc is looked through, which needs
 * no rights and works in any network namespace. Processes that count are looked at often, so that an end is seen soon.
 */
import type { CheckPlan } from "../plan/types.ts";
import { isOne, type ProcessPlan, processes } from "./processes.ts";

/** Between two looks at the processes that count, in ms. */
const closeLook = 100;
/** Between two looks at all of them: at least so long, and so many times as long as the look took. */
const wideLook = 1000;
const share = 20;
/** Processes that are looked at without letting others run. */
const slice = 50;
const milli = 1000;

class ProcessCheck {
  readonly plan: ProcessPlan;
  status: boolean;
  readonly found = new Set<string>();
  readonly #tell: (status: boolean) => void;
  #timer: NodeJS.Timeout | undefined;
  #count: number;

  constructor(plan: ProcessPlan, tell: (status: boolean) => void) {
    this.plan = plan;
    this.#tell = tell;
    for (const process of processes()) if (isOne(process, plan)) this.found.add(process);
    this.#count = this.found.size;
    this.status = this.#enough;
  }

  get #enough(): boolean {
    const { quorum, quorumMax = Number.POSITIVE_INFINITY } = this.plan;
    return this.#count >= quorum && this.#count <= quorumMax;
  }

  /** Counts what was found; a change counts when it is still there after its delay. */
  count(): void {
    const grew = this.found.size > this.#count;
    if (this.found.size === this.#count) return;
    this.#count = this.found.size;
    if (this.#enough === this.status) {
      this.stop();
      return;
    }
    const delay = grew ? this.plan.forkDelay : this.plan.terminateDelay;
    this.#timer ??= setTimeout(() => this.#settle(), delay / milli);
  }

  #settle(): void {
    this.#timer = undefined;
    if (this.#enough === this.status) return;
    this.status = this.#enough;
    this.#tell(this.status);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** All tracked processes. */
export class ProcessChecks {
  #checks: readonly ProcessCheck[] = [];
  #close: NodeJS.Timeout | undefined;
  #wide: NodeJS.Timeout | undefined;

  /** Looks for these from now on; what is known at once are the statuses. */
  watch(plans: readonly ProcessPlan[], tell: (id: string, status: boolean) => void): void {
    const before = this.#checks;
    this.#checks = plans.map((plan) => {
      const same = before.find((check) => isSame(check.plan, plan));
      return same ?? new ProcessCheck(plan, (status) => tell(plan.id, status));
    });
    for (const check of before) if (!this.#checks.includes(check)) check.stop();
    clearInterval(this.#close);
    clearTimeout(this.#wide);
    if (this.#checks.length === 0) return;
    this.#close = setInterval(() => this.#lookClosely(), closeLook);
    this.#wide = setTimeout(() => this.#lookWidely(), wideLook);
  }

  get statuses(): readonly (readonly [id: string, status: boolean])[] {
    return this.#checks.map(({ plan, status }) => [plan.id, status]);
  }

  stop(): void {
    this.watch([], () => {});
  }

  #lookClosely(): void {
    for (const check of this.#checks) {
      for (const process of check.found) if (!isOne(process, check.plan)) check.found.delete(process);
      check.count();
    }
  }

  /** Goes through all processes, a slice at a time: the daemon has adverts to send meanwhile. */
  #lookWidely(): void {
    const checks = this.#checks;
    const all = processes();
    let spent = 0;
    const step = (at: number) => {
      if (checks !== this.#checks) return;
      const began = performance.now();
      for (const process of all.slice(at, at + slice)) {
        for (const { plan, found } of checks)
          if (!found.has(process) && isOne(process, plan)) found.add(process);
      }
      spent += performance.now() - began;
      if (at + slice < all.length) {
        this.#wide = setTimeout(() => step(at + slice), 0);
        return;
      }
      for (const check of checks) check.count();
      this.#wide = setTimeout(() => this.#lookWidely(), Math.max(wideLook, spent * share));
    };
    step(0);
  }
}

/** Whether two plans look for the same in the same way. */
export function isSame(one: CheckPlan, other: CheckPlan): boolean {
  const told = (plan: CheckPlan) => JSON.stringify({ ...plan, at: undefined });
  return told(one) === told(other);
}
