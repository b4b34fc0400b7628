/** The explorer's engine does what the simulator does, at the same microseconds: its stories replay. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fleetOf } from "../../src/rules/example-fleet.ts";
import { block, file, instance, script, secured } from "../../src/rules/examples.ts";
import { castOf } from "../../src/simulate/cast.ts";
import { startsLater } from "../../src/simulate/computer.ts";
import { type Board, boardFor } from "../../src/simulate/explore-board.ts";
import { Recorder } from "../../src/simulate/explore-run.ts";
import { unitsOf } from "../../src/simulate/explore-unit.ts";
import { World } from "../../src/simulate/explore-world.ts";
import { type Fault, parseFault } from "../../src/simulate/faults.ts";
import { simulate } from "../../src/simulate/simulation.ts";

const names = ["a", "b", "c"] as const;
const setting = fc.constantFrom(
  [],
  ["nopreempt"],
  ["version 3", "advert_int 0.3"],
  ["preempt_delay 7"],
  ["down_timer_adverts 1"],
);
const check = fc.constantFrom(
  ["weight -60"],
  [],
  ["weight 40", "interval 3", "fall 2"],
  ["init_fail", "rise 2"],
);
const host = fc.constantFrom(...names);
const fault = fc
  .tuple(
    fc.integer({ min: 0, max: 40_000 }),
    fc.oneof(
      fc.tuple(fc.constantFrom("kill", "stop", "start", "isolate"), host),
      fc.tuple(fc.constantFrom("link-down", "link-up"), host, fc.constant("eth0")),
      fc.tuple(fc.constantFrom("fail", "pass"), host, fc.constant("chk")),
      fc.tuple(fc.constantFrom("cut", "cut-one-way"), fc.constantFrom("a b", "b c", "c a")),
      fc.constant(["heal"]),
    ),
  )
  .map(([at, words]) => `${at}ms ${words.join(" ")}`);

/** A fault of the simulator, done to a world. */
function perform(world: World, { verb, hosts, name }: Fault): void {
  const { board } = world;
  const [first = -1, other = -1] = hosts.map((each) => board.hosts.indexOf(each));
  const thing = board.things.findIndex((each) => each.host === first && each.name === name);
  if (verb === "kill" || verb === "stop" || verb === "start") {
    if (verb !== "stop" || world.runs[first]) world[verb](first);
  }
  if (verb === "link-down" || verb === "fail") world.set(thing, true);
  if (verb === "link-up" || verb === "pass") world.set(thing, false);
  if (verb === "heal") world.cut.fill(false);
  if (verb.startsWith("cut")) world.setCut(first, other, true);
  if (verb === "cut") world.setCut(other, first, true);
  if (verb === "isolate") {
    for (const each of board.hosts.keys()) {
      if (each === first) continue;
      world.setCut(first, each, true);
      world.setCut(each, first, true);
    }
  }
}

function played(board: Board, faults: readonly Fault[], end: number): readonly string[] {
  const world = new World(board);
  const recorder = new Recorder(world);
  world.watcher = recorder;
  for (const [index, name] of board.hosts.entries()) if (!startsLater(name, faults)) world.start(index);
  for (const each of [...faults].sort((one, other) => one.at - other.at)) {
    while (world.next < each.at) world.advance();
    world.now = each.at;
    perform(world, each);
  }
  while (world.next <= end) world.advance();
  return recorder.deeds.flatMap(({ at, seat, what, to }) => {
    return what === "change" ? [`${at} ${board.hosts[board.hostOf[seat] ?? 0]} ${to?.toUpperCase()}`] : [];
  });
}

test("the same faults give the same changes as in the simulator", () => {
  fc.assert(
    fc.property(setting, check, fc.array(fault, { maxLength: 7 }), (lines, checkLines, texts) => {
      const text = (priority: number) =>
        file(
          secured,
          script(...checkLines),
          instance(`priority ${priority}`, ...lines, block("track_script", "chk")),
        );
      const fleet = fleetOf({ "a.conf": text(150), "b.conf": text(100), "c.conf": text(50) });
      const cast = castOf(fleet);
      const stage = cast.players.map(({ name, interfaces, checks }) => {
        return { name, interfaces, trackers: checks.map((each) => each.name) };
      });
      const faults = texts.map((each) => parseFault(each, stage));
      const [unit] = unitsOf(fleet, cast).units;
      if (!unit) throw new Error("There is one virtual router.");
      const duration = 60_000_000;
      const { changes } = simulate(cast, { duration, seed: 1, faults });
      const real = changes
        .filter(({ why }) => why !== "killed")
        .map(({ at, host: who, to }) => `${at} ${who} ${to}`);
      expect(played(boardFor(cast, unit), faults, duration)).toEqual(real);
    }),
    { numRuns: 150 },
  );
}, 60_000);
