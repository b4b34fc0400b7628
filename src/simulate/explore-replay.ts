/** Stories of the search as faults at moments that read well, which lead to the same end. */
import { type Micros, second } from "../vrrp/time.ts";
import type { Board } from "./explore-board.ts";
import { judgeCourse, judgeRest, type Past } from "./explore-judge.ts";
import { Recorder, settle } from "./explore-run.ts";
import type { Found } from "./explore-search.ts";
import { apply, type Line, type Strike, type Turn } from "./explore-strike.ts";
import { World } from "./explore-world.ts";

/** Faults for `vrrp-run --simulate`, and when all is over. */
export interface Replay {
  readonly lines: readonly Line[];
  readonly end: Micros;
}

/** To what moments are rounded, the best first. */
const grains: readonly Micros[] = [10 * second, 5 * second, second, second / 10, second / 1000, 1];

/** The story of what was found, with the roundest moments that lead to the same. */
export function replayOf(board: Board, found: Found): Replay {
  for (const grain of grains) {
    const replay = play(board, atRoundTimes(found.turns, grain), found);
    if (replay) return replay;
  }
  return { lines: [], end: 0 };
}

/** After a rest any later moment will do; in the middle of something the distance counts. */
function atRoundTimes(turns: readonly Turn[], grain: Micros): readonly Turn[] {
  let before: Micros = 0;
  let told: Micros = 0;
  return turns.map((turn) => {
    const distance = turn.at - before;
    const fine = Math.min(grain, second / 10);
    const at = turn.rested
      ? Math.ceil((told + distance) / grain) * grain
      : told + Math.round(distance / fine) * fine;
    [before, told] = [turn.at, at];
    return { ...turn, at };
  });
}

/** Plays turns; undefined when they do not lead to what was found. */
function play(board: Board, turns: readonly Turn[], { property, team }: Found): Replay | undefined {
  const world = new World(board);
  const lines: Line[] = board.things.flatMap(({ host, name, kind, reversed }) => {
    const verb = kind === "link" ? "link-down" : "fail";
    return reversed ? [{ at: 0, text: `${verb} ${board.hosts[host]} ${name}` }] : [];
  });
  // Hosts that are all started at once need no fault for it.
  const isPlain = lines.length === 0 && turns.filter(({ strike }) => strike.is === "boot").length === 1;
  let past: Past = { strikes: [], deeds: [], isBeginning: true };
  for (const [index, { at, rested, strike }] of turns.entries()) {
    const recorder = new Recorder(world);
    world.watcher = recorder;
    while (world.next < at) world.advance();
    world.now = Math.max(world.now, at);
    past = rested
      ? { ...past, strikes: [], deeds: [] }
      : { ...past, deeds: [...past.deeds, ...recorder.deeds] };
    if (strike.is !== "boot") past = { ...past, strikes: [...past.strikes, strike], isBeginning: false };
    if (index === turns.length - 1) {
      const told = strike.is === "boot" && isPlain ? undefined : lines;
      return last(world, strike, told, past, { property, team });
    }
    recorder.deeds.length = 0;
    const applied = apply(world, strike);
    if (strike.is !== "boot" || !isPlain) lines.push(...applied);
    past = { ...past, deeds: [...past.deeds, ...recorder.deeds] };
  }
  return undefined;
}

/** `lines` are undefined when nothing has to be told. */
function last(
  end: World,
  strike: Strike,
  lines: readonly Line[] | undefined,
  past: Past,
  wanted: Pick<Found, "property" | "team">,
): Replay | undefined {
  const before = end.copy();
  let start = before;
  let applied: readonly Line[] = [];
  const course = settle(end, false, () => {
    applied = apply(end, strike);
    start = end.copy();
    return true;
  });
  if (!course) return undefined;
  const whole = { ...past, deeds: [...past.deeds, ...course.deeds] };
  const breaches = [...judgeCourse({ before, start, end, past: whole, course }), ...judgeRest(end)];
  const isSame = breaches.some(({ property, team }) => property === wanted.property && team === wanted.team);
  return isSame ? { lines: lines ? [...lines, ...applied] : [], end: end.now } : undefined;
}
