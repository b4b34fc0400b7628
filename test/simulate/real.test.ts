/** The simulator tells of every recorded scenario what real hosts did: who got and gave up which address, and when. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { second } from "../../src/vrrp/time.ts";
import { filesBelow } from "../support/project.ts";
import { play } from "./play.ts";
import type { Trace } from "./trace.ts";

const traces = filesBelow("test/simulate/traces")
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(file, "utf8")) as Trace);

/** What happened to real hosts, at the moments at which it did. What scripts look at was changed as the story says. */
function faultsOf({ events, story }: Trace): readonly string[] {
  const seen = events.flatMap((event): string | readonly never[] => {
    const [ms, host, what] = event;
    if (what === "start" || what === "stop" || what === "kill") return `${ms}ms ${what} ${host}`;
    if (what === "away") return `${ms}ms isolate ${host}`;
    if (what === "back") return `${ms}ms heal`;
    const [kind, name] = what === "track" ? event[3].split(" ") : [];
    return kind === "interface" ? `${ms}ms ${event[4] ? "link-up" : "link-down"} ${host} ${name}` : [];
  });
  return [...seen, ...story.filter((line) => / (fail|pass) /.test(line))];
}

interface Move {
  readonly seconds: number;
  /** `a add 10.0.0.100`. */
  readonly what: string;
}

function realMoves({ events }: Trace): readonly Move[] {
  return events.flatMap(([ms, host, what, address]): readonly Move[] => {
    if (what !== "add" && what !== "remove") return [];
    return [{ seconds: ms / 1000, what: `${host} ${what} ${address}` }];
  });
}

function playedMoves(trace: Trace): readonly Move[] {
  const texts = Object.fromEntries(Object.entries(trace.hosts).map(([name, { text }]) => [name, text]));
  const duration = (trace.events.at(-1)?.[0] ?? 0) / 1000;
  const { release } = trace;
  const { holdings } = play(texts, { duration, release, faults: faultsOf(trace) });
  return holdings.flatMap(({ address, spans }) =>
    spans.flatMap(({ from, hosts }, index) => {
      const before = spans[index - 1]?.hosts ?? [];
      const moved = (verb: string, now: readonly string[], other: readonly string[]) =>
        now.flatMap((host) =>
          other.includes(host) ? [] : { seconds: from / second, what: `${host} ${verb} ${address}` },
        );
      return [...moved("remove", before, hosts), ...moved("add", hosts, before)];
    }),
  );
}

/** By host and address: in this order, whatever happened elsewhere in between. */
function sequences(moves: readonly Move[]): Readonly<Record<string, readonly Move[]>> {
  const found: Record<string, Move[]> = {};
  for (const move of [...moves].sort((one, other) => one.seconds - other.seconds)) {
    const [host, , address] = move.what.split(" ");
    found[`${host} ${address}`] = [...(found[`${host} ${address}`] ?? []), move];
  }
  return Object.fromEntries(Object.entries(found).map(([key, list]) => [key, withoutBlinks(list)]));
}

/** Two daemons that act at the same moment: which one is first, milliseconds decide. */
function withoutBlinks(moves: readonly Move[]): readonly Move[] {
  const kept: Move[] = [];
  for (const move of moves) {
    const last = kept.at(-1);
    if (last && move.seconds - last.seconds < 0.1) kept.pop();
    else kept.push(move);
  }
  return kept;
}

/** Seconds: daemons start a little later than they are told to, and scripts take their time. */
const late = 0.3;

describe("recorded scenarios", () => {
  test("are there", () => expect(traces.length).toBeGreaterThan(39));

  test.each(traces.map((trace) => [trace.name, trace] as const))("%s", (_, trace) => {
    const [real, ours] = [sequences(realMoves(trace)), sequences(playedMoves(trace))];
    const words = (moves: typeof real) =>
      Object.fromEntries(Object.entries(moves).map(([key, list]) => [key, list.map(({ what }) => what)]));
    expect(words(ours)).toEqual(words(real));
    for (const [key, moves] of Object.entries(real)) {
      moves.forEach(({ what, seconds }, index) => {
        const played = ours[key]?.[index]?.seconds ?? Number.NaN;
        const difference = Math.abs(played - seconds);
        expect(difference, `${what} at ${seconds} s, played at ${played} s`).toBeLessThan(late);
      });
    }
  });
});
