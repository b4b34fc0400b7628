/** The search: all moments that up to so many faults lead to, the fewest first. */

import type { Board } from "./explore-board.ts";
import { type Breach, judgeCourse, judgeRest, type Past } from "./explore-judge.ts";
import { keyOf } from "./explore-key.ts";
import { type Course, settle } from "./explore-run.ts";
import { apply, type Strike, strikesOn, type Turn } from "./explore-strike.ts";
import { World } from "./explore-world.ts";

/** A breach with the story that leads to it. */
export interface Found extends Breach {
  readonly turns: readonly Turn[];
}

export interface Tried {
  /** Different moments. */
  readonly states: number;
  /** Orders of faults, each with its moments. */
  readonly orders: number;
  /** Courses that were given up before they rested. */
  readonly open: number;
}

/** A moment in which another fault may strike. */
interface Node {
  readonly world: World;
  readonly rests: boolean;
  readonly turns: readonly Turn[];
  /** Since a world rested last. */
  readonly past: Past;
  /** How many orders of faults lead here. */
  orders: number;
}

type History = Omit<Node, "world" | "rests">;

export class Search {
  readonly #board: Board;
  readonly #faults: number;
  readonly #found = new Map<string, Found>();
  readonly #seen = new Map<string, Node>();
  readonly #kinds = new Set<string>();
  #orders = 0;
  #open = 0;

  constructor(board: Board, faults: number) {
    this.#board = board;
    this.#faults = faults;
  }

  run(): { readonly found: readonly Found[]; readonly tried: Tried; readonly kinds: ReadonlySet<string> } {
    let level = this.#beginnings();
    for (let used = 0; used < this.#faults && level.length > 0; used++) {
      const isLast = used + 1 === this.#faults;
      level = level.flatMap((node) => this.#expand(node, isLast));
    }
    const tried = { states: this.#seen.size, orders: this.#orders, open: this.#open };
    return { found: withoutConsequences([...this.#found.values()]), tried, kinds: this.#kinds };
  }

  /** All hosts are started at once, or one of them before the others. */
  #beginnings(): Node[] {
    const hosts = [...this.#board.hosts.keys()];
    const together = this.#begin([hosts]);
    const first = hosts.flatMap((host) => this.#begin([[host], hosts.filter((other) => other !== host)]));
    return [...together, ...first];
  }

  #begin(boots: readonly (readonly number[])[]): readonly Node[] {
    let world = new World(this.#board);
    let turns: readonly Turn[] = [];
    let nodes: readonly Node[] = [];
    for (const [index, hosts] of boots.entries()) {
      const strike: Strike = { is: "boot", hosts };
      turns = [...turns, { at: world.now, rested: true, strike }];
      const past: Past = { strikes: [], deeds: [], isBeginning: true };
      if (index < boots.length - 1) {
        // That the others are off is no fault of theirs; it is judged when they crash.
        world = world.copy();
        settle(world, false, () => apply(world, strike).length > 0);
      } else nodes = this.#follow(world, strike, { turns, past, orders: 1 }, true);
    }
    return nodes;
  }

  #expand(node: Node, isLast: boolean): readonly Node[] {
    const { world, rests, orders } = node;
    return strikesOn(world, rests).flatMap((strike) => {
      this.#orders += orders;
      this.#kinds.add(kindOf(this.#board, strike));
      const past: Past = { ...node.past, strikes: [...node.past.strikes, strike], isBeginning: false };
      const turns = [...node.turns, { at: world.now, rested: rests, strike }];
      return this.#follow(world, strike, { turns, past, orders }, isLast);
    });
  }

  /** Lets something happen to a world, judges it, and gives the new moments in which something may strike next. */
  #follow(before: World, strike: Strike, history: History, isLast: boolean): readonly Node[] {
    const end = before.copy();
    let begun: Node | undefined;
    let start = end;
    const course = settle(end, !isLast, () => {
      apply(end, strike);
      start = end.copy();
      begun = this.#note(start, false, history);
      return begun !== undefined;
    });
    if (!course || !begun) return [];
    const whole: Past = { ...history.past, deeds: [...history.past.deeds, ...course.deeds] };
    if (course.end === "open") this.#open++;
    this.#tell(judgeCourse({ before, start, end, past: whole, course }), history);
    if (course.end !== "settled") return [];
    const rested: Past = { strikes: [], deeds: [], isBeginning: false };
    const rest = this.#note(end, true, { ...history, past: rested });
    const isSound = !rest || !this.#tell(judgeRest(end), history);
    if (isLast) return rest && isSound ? [rest] : [];
    const later = course.between.flatMap((world) => {
      return this.#note(world, false, { ...history, past: pastAt(history.past, world, course) }) ?? [];
    });
    return [begun, ...later, ...(rest && isSound ? [rest] : [])];
  }

  /** The node of a moment; undefined when it was seen. */
  #note(world: World, rests: boolean, history: History): Node | undefined {
    const { strikes } = history.past;
    // Who is stopped and says nothing leaves the same behind as one that crashes, and yet promises more.
    const since = `${strikes.length}${strikes.length === 1 && strikes[0]?.is === "stop" ? "stop" : ""}`;
    const key = `${rests ? "rests" : since} ${keyOf(world)}`;
    const known = this.#seen.get(key);
    if (known) {
      known.orders += history.orders;
      return undefined;
    }
    const node: Node = { world, rests, ...history };
    this.#seen.set(key, node);
    return node;
  }

  /** Whether anything is wrong. */
  #tell(breaches: readonly Breach[], { turns }: History): boolean {
    for (const breach of breaches) {
      const key = `${breach.property} ${breach.team}`;
      if (!this.#found.has(key)) this.#found.set(key, { ...breach, turns });
    }
    return breaches.length > 0;
  }
}

function pastAt(past: Past, { now }: World, { deeds }: Course): Past {
  return { ...past, deeds: [...past.deeds, ...deeds.filter(({ at }) => at <= now)] };
}

/** What only follows from that hosts do not hear each other, or take turns for ever. */
const consequences: ReadonlySet<string> = new Set([
  "explore-not-heard",
  "explore-nopreempt",
  "explore-several-takeovers",
  "explore-late-takeover",
  "explore-wrong-holder",
]);

const causes: ReadonlySet<string> = new Set(["explore-two-holders", "explore-no-holder", "explore-flapping"]);

function withoutConsequences(found: readonly Found[]): readonly Found[] {
  const broken = new Set(found.filter(({ property }) => causes.has(property)).map(({ team }) => team));
  return found.filter(({ property, team }) => !(consequences.has(property) && broken.has(team)));
}

/** What a strike is called where it is told what was tried. */
function kindOf({ things }: Board, strike: Strike): string {
  switch (strike.is) {
    case "kill":
      return "crash";
    case "split":
      return "cut";
    case "loss":
      return "lost advert";
    case "down":
    case "up":
      return things[strike.thing]?.kind === "link" ? `link ${strike.is}` : `check ${strike.is}`;
    default:
      return strike.is;
  }
}
