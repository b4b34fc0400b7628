/** What is wrong with a fleet, found all at once or bit by bit. */
import type { Diagnostic } from "../diagnostic.ts";
import type { Fleet } from "../model/host.ts";
import { type LintSettings, lintSteps } from "../rules/run.ts";

export class Judgement {
  /** None when all is found: a generator that came to its end still holds everything it had in hand. */
  #steps: ReturnType<typeof lintSteps> | undefined;
  #earlier: LintSettings["earlier"];
  readonly #fleet: Fleet;
  #found: readonly Diagnostic[] = [];

  /** `earlier` is an earlier state, if it is known: what is found again is the same object. */
  constructor(
    fleet: Fleet,
    severities: NonNullable<LintSettings["severities"]>,
    earlier: LintSettings["earlier"],
  ) {
    this.#steps = lintSteps(fleet, { severities, earlier });
    this.#earlier = earlier;
    this.#fleet = fleet;
  }

  /** The latest state of which the diagnostics are known: the earlier one as long as not all are found. */
  get latest(): LintSettings["earlier"] {
    return this.#steps ? this.#earlier : { fleet: this.#fleet, diagnostics: this.#found };
  }

  /** All diagnostics; what is not found yet is found now. */
  get diagnostics(): readonly Diagnostic[] {
    this.proceed(() => false);
    return this.#found;
  }

  /** Goes on until all is found or it is time to stop, which is asked after each rule. Tells whether all is found. */
  proceed(isTime: () => boolean): boolean {
    while (this.#steps) {
      const step = this.#steps.next();
      if (step.done) {
        this.#found = step.value;
        this.#steps = undefined;
        this.#earlier = undefined;
      } else if (isTime()) return false;
    }
    return true;
  }
}
