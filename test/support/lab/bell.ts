/** Lets conditions be looked at again exactly when something has happened. */
export class Bell {
  #waiting: (() => void)[] = [];

  /** Wakes everyone who waits. */
  ring(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Rings once more after so many seconds, for conditions that wait for nothing to happen. */
  ringAfter(seconds: number): AbortSignal {
    // Timers may ring a little early, and a condition that is looked at too early would be missed.
    const alarm = AbortSignal.timeout(Math.ceil(seconds * 1000) + 2);
    alarm.addEventListener("abort", () => this.ring());
    return alarm;
  }

  /** Resolves at the next ring. */
  next(): Promise<void> {
    return new Promise((wake) => this.#waiting.push(wake));
  }

  /**
   * Resolves once the condition is true, looking again after each ring. Rejects with `late()` after so many seconds,
   * or with what the condition throws.
   */
  async until(
    condition: () => boolean | Promise<boolean>,
    seconds: number,
    late: () => Error | Promise<Error>,
  ): Promise<void> {
    const deadline = this.ringAfter(seconds);
    for (;;) {
      const next = this.next();
      if (await condition()) return;
      if (deadline.aborted) throw await late();
      await next;
    }
  }
}
