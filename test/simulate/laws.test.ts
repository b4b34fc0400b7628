/** What holds in every simulation. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { one, play } from "./play.ts";

const names = ["a", "b", "c"] as const;
const priorities = fc.uniqueArray(fc.integer({ min: 1, max: 254 }), { minLength: 3, maxLength: 3 });
const setting = fc.constantFrom([], ["nopreempt"], ["version 3", "advert_int 0.3"], ["preempt_delay 7"]);
const host = fc.constantFrom(...names);
const moment = fc.integer({ min: 0, max: 40_000 });
const fault = fc
  .tuple(
    moment,
    fc.oneof(
      fc.tuple(fc.constantFrom("kill", "stop", "start", "isolate"), host),
      fc.tuple(fc.constantFrom("link-down", "link-up"), host, fc.constant("eth0")),
      fc.tuple(fc.constantFrom("cut", "cut-one-way"), fc.constantFrom("a b", "b c", "c a")),
      fc.tuple(fc.constant("stall"), host, fc.constantFrom("1s", "9s")),
      fc.constantFrom(["heal"], ["loss 20%"]),
    ),
  )
  .map(([at, words]) => `${at}ms ${words.join(" ")}`);
const faults = fc.array(fault, { maxLength: 6 });

const textsFor = (chosen: readonly number[], lines: readonly string[]) =>
  Object.fromEntries(names.map((name, index) => [name, one(chosen[index] ?? 1, ...lines)]));

/** Who runs with a link after all faults, in the order in which they happen. */
function healthy(happened: readonly string[]): readonly string[] {
  const sorted = happened.map((text, index) => ({ text, index, at: Number.parseInt(text, 10) }));
  sorted.sort((one, other) => one.at - other.at || one.index - other.index);
  return names.filter((name) => {
    const own = sorted.map(({ text }) => text.split(" ")).filter(([, , who]) => who === name);
    const lastOf = (...verbs: readonly string[]) =>
      own.findLast(([, verb = ""]) => verbs.includes(verb))?.[1];
    return (
      !["kill", "stop"].includes(lastOf("kill", "stop", "start") ?? "") &&
      lastOf("link-down", "link-up") !== "link-down"
    );
  });
}

test("after all is healed exactly one healthy host holds the address", () => {
  fc.assert(
    fc.property(priorities, setting, faults, fc.integer(), (chosen, lines, happening, seed) => {
      const story = play(textsFor(chosen, lines), {
        duration: 120,
        seed,
        faults: [...happening, "60s heal"],
      });
      const last = story.holdings[0]?.spans.at(-1);
      const alive = healthy(happening);
      expect(last?.hosts).toHaveLength(Math.min(1, alive.length));
      expect(alive).toEqual(expect.arrayContaining([...(last?.hosts ?? [])]));
      expect(last?.from).toBeLessThan(90e6);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test("after settling each connected part has exactly one master", () => {
  fc.assert(
    fc.property(priorities, setting, host, (chosen, lines, lonely) => {
      const story = play(textsFor(chosen, lines), { faults: [`20s isolate ${lonely}`] });
      const hosts = story.holdings[0]?.spans.at(-1)?.hosts ?? [];
      expect(hosts).toHaveLength(2);
      expect(hosts).toContain(lonely);
    }),
    { numRuns: 60 },
  );
});

test("the same seed gives the same story", () => {
  fc.assert(
    fc.property(priorities, setting, faults, fc.integer(), (chosen, lines, happening, seed) => {
      const again = () => play(textsFor(chosen, lines), { seed, faults: [...happening, "3s loss 40%"] });
      expect(again()).toEqual(again());
    }),
    { numRuns: 40 },
  );
});

test("leaping over quiet time changes nothing", () => {
  fc.assert(
    fc.property(priorities, setting, faults, (chosen, lines, happening) => {
      const texts = textsFor(chosen, lines);
      // Next to nothing is lost, but as long as something might be, every advert is played.
      const quiet = happening.filter((text) => !/heal|loss/.test(text));
      const leapt = play(texts, { duration: 300, faults: quiet });
      const played = play(texts, { duration: 300, faults: [...quiet, "0s loss 0.0000000001%"] });
      expect(leapt.changes).toEqual(played.changes);
      expect(leapt.holdings).toEqual(played.holdings);
    }),
    { numRuns: 40 },
  );
}, 60_000);
