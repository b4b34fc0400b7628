/** What is wrong with a fleet, found all at once or bit by bit. */
import type { Diagnostic } from "../diagnostic.ts";
import type { Fleet } from "../model/host.ts";
import { type LintSettings, lintSteps } from "../rules/run.ts";

export class Judgement {
  readonly #steps: ReturnType<typeof lintSteps>;
  #found: readonly Diagnostic[] | undefined;

  constructor(fleet: Fleet, severities: LintSettings["severities"]) {
    this.#steps = lintSteps(fleet, severities && { severities });
  }

  /** All diagnostics; what is not found yet is found now. */
  get diagnostics(): readonly Diagnostic[] {
    this.proceed(() => false);
    return this.#found ?? [];
  }

  /** Goes on until all is found or it is time to stop, which is asked after each rule. Tells whether all is found. */
  proceed(isTime: () => boolean): boolean {
    while (this.#found === undefined) {
      const step = this.#steps.next();
      if (step.done) this.#found = step.value;
      else if (isTime()) return false;
    }
    return true;
  }
}
