/** Notices that a cluster repeats itself. */
import type { GroupState } from "../vrrp/group.ts";
import type { State } from "../vrrp/machine-types.ts";
import type { Micros } from "../vrrp/time.ts";

/** What a group will do, as text: equal texts at two moments mean that everything that follows is equal. */
export function keyOf(state: GroupState, now: Micros): string {
  return `${state.is} ${state.members.map((member) => memberKey(member, now)).join(" ")}`;
}

function memberKey(state: State, now: Micros): string {
  const { until, preemptAt, delayedUntil, announceAt, refreshAt, rival, ...rest } = state;
  // What is over is over, however long.
  const left = (at: Micros | undefined) => (at === undefined ? null : Math.max(-1, at - now));
  const moments = [until, preemptAt, delayedUntil, refreshAt].map(left);
  const announced = announceAt.map(({ at, repeat }) => [left(at), repeat]);
  const other = rival && [rival.adverts, rival.interval, left(rival.until)];
  return JSON.stringify([rest, moments, announced, other]);
}

/** After so many looks in vain nothing will repeat itself, because something counts upwards. */
const patience = 4096;

/** Finds the period of a sequence of keys (Brent's way: one key is remembered, and renewed ever more rarely). */
export class Repetition {
  #remembered: { readonly key: string; readonly at: Micros } | undefined;
  #looks = 0;
  #renewAt = 1;

  /** Something happened that is worth telling: what was before does not count. */
  forget(): void {
    this.#remembered = undefined;
    this.#looks = 0;
    this.#renewAt = 1;
  }

  /** Whether looking is still worth its time. */
  get isHopeful(): boolean {
    return this.#looks < patience;
  }

  /** The period, when the key is the remembered one. */
  look(key: string, at: Micros): Micros | undefined {
    this.#looks++;
    if (this.#remembered?.key === key) return at - this.#remembered.at;
    if (this.#looks >= this.#renewAt) {
      this.#remembered = { key, at };
      this.#renewAt = this.#looks * 2;
    }
    return undefined;
  }
}
