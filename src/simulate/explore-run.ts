/** Lets a world go on until it repeats itself. */
import type { Condition, Why } from "../vrrp/machine-types.ts";
import type { Micros } from "../vrrp/time.ts";
import { keyOf } from "./explore-key.ts";
import type { Watcher, World } from "./explore-world.ts";
import { never } from "./explore-world.ts";
import { Repetition } from "./steady.ts";

/** Something that a seat did. */
export interface Deed {
  readonly at: Micros;
  readonly seat: number;
  /** take and leave: it has the addresses, or has them no longer. */
  readonly what: "take" | "leave" | "change";
  readonly to?: Condition;
  readonly why?: Why;
  /** How often it announced the addresses that it took. */
  readonly announced?: number;
  /** Which seats it had heard. */
  readonly heard?: readonly boolean[];
  /** The priority with which it took them. */
  readonly priority?: number | undefined;
}

export interface Course {
  /**
   * settled: it repeats itself without a change; flapping: it repeats itself with changes; open: neither was seen in
   * good time.
   */
  readonly end: "settled" | "flapping" | "open";
  readonly deeds: readonly Deed[];
  /** Worlds between changes, where another fault may strike: just before a change and just after it. */
  readonly between: readonly World[];
}

/** So long before and after a change it strikes. */
export const aMoment: Micros = 1000;

/** Steps after which a world that neither rests nor repeats itself is given up. */
const mostSteps = 60_000;

/**
 * Does something to a world and lets it go on until nothing new happens; the world is then a moment behind an advert.
 * `looks` asks for worlds between. Undefined when `act` says that what follows is known.
 */
export function settle(world: World, looks: boolean, act: () => boolean): Course | undefined {
  return new Settling(world, looks).run(act);
}

/** Writes down what the seats of a world do. */
export class Recorder implements Watcher {
  readonly deeds: Deed[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  change(seat: number, _from: Condition, to: Condition, why: Why): void {
    this.deeds.push({ at: this.#world.now, seat, what: "change", to, why });
  }

  hold(seat: number, holds: boolean, announced: number): void {
    const { board, holds: all, heard, states, now } = this.#world;
    const state = states[board.partOf[seat] ?? 0]?.members[board.memberOf[seat] ?? 0];
    const known = heard.slice(seat * all.length, (seat + 1) * all.length);
    const what = holds ? "take" : "leave";
    this.deeds.push({ at: now, seat, what, announced, heard: known, priority: state?.priority });
  }

  send(_part: number): void {}
}

class Settling extends Recorder {
  readonly #world: World;
  readonly #looks: boolean;
  readonly #between: World[] = [];
  readonly #repetition = new Repetition();
  readonly #changes = new Set<string>();
  #changed = false;
  #changedAt: Micros = 0;
  #sent = -1;
  /** When a copy is wanted. */
  #copyAt: Micros = never;

  constructor(world: World, looks: boolean) {
    super(world);
    this.#world = world;
    this.#looks = looks;
  }

  run(act: () => boolean): Course | undefined {
    const world = this.#world;
    world.watcher = this;
    if (!act()) return undefined;
    this.#changedAt = world.now;
    const end = this.#run();
    world.watcher = undefined;
    return { end, deeds: this.deeds, between: this.#between };
  }

  #run(): Course["end"] {
    const world = this.#world;
    for (let steps = 0; steps < mostSteps; steps++) {
      const at = world.next;
      if (at === never) {
        world.now += aMoment;
        return "settled";
      }
      if (this.#copyAt < at) this.#copy(world, this.#copyAt);
      const before = this.#looks ? world.copy() : world;
      this.#changed = false;
      this.#sent = -1;
      const { findings } = world;
      world.advance();
      if (world.findings !== findings) this.#changedAt = at;
      if (this.#changed) {
        if (this.#looks && before.now < at - aMoment) this.#copy(before, at - aMoment);
        if (this.#looks) this.#copyAt = at + aMoment;
        this.#repetition.forget();
        this.#changedAt = at;
        if (this.#repeats()) return "flapping";
      } else if (this.#sent === this.#anchor()) {
        const repeats = this.#repetition.look(keyOf(world), world.now) !== undefined;
        if (repeats || this.#isQuiet()) {
          this.#pause();
          return "settled";
        }
      }
    }
    return "open";
  }

  /**
   * Whether nothing has happened for so long that nothing will. Masters that count anew with each other's adverts
   * never do quite the same twice.
   */
  #isQuiet(): boolean {
    const { board, states, findings, now } = this.#world;
    if (now - this.#changedAt < 6 * board.patience || findings.length > 0) return false;
    return states.every(
      (state) =>
        state?.members.every(
          ({ preemptAt, delayedUntil }) => preemptAt === undefined && delayedUntil === undefined,
        ) ?? true,
    );
  }

  /** Whether this change was seen before, with all else as it is now. */
  #repeats(): boolean {
    const key = keyOf(this.#world);
    if (this.#changes.has(key)) return true;
    this.#changes.add(key);
    return false;
  }

  #copy(world: World, at: Micros): void {
    const copy = world.copy();
    copy.now = at;
    this.#between.push(copy);
    this.#copyAt = never;
  }

  /**
   * After whose adverts one looks: the first part that is master. Of masters that hear each other but are not taken, one
   * may never get to send; then it is the first that does.
   */
  #anchor(): number {
    const { now, states, board } = this.#world;
    if (now - this.#changedAt > board.patience && this.#sent >= 0) return this.#sent;
    return states.findIndex((state) => state?.members.some(({ is }) => is === "master"));
  }

  /** Until a moment after the advert. */
  #pause(): void {
    const until = this.#world.now + aMoment;
    while (this.#world.next <= until) this.#world.advance();
    this.#world.now = until;
  }

  override change(seat: number, from: Condition, to: Condition, why: Why): void {
    super.change(seat, from, to, why);
    this.#changed = true;
  }

  override send(part: number): void {
    this.#sent = part;
  }
}
