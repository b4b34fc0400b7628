/** Priorities: readable without weights, effective with them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choosePriorities } from "../../src/generate/priorities.ts";

test.each<[number, readonly number[], readonly number[] | undefined]>([
  [2, [], [150, 100]],
  [3, [], [150, 100, 50]],
  [4, [], [200, 150, 100, 50]],
  [5, [0, 0], [250, 200, 150, 100, 50]],
  [6, [], [250, 210, 170, 130, 90, 50]],
  [2, [-20], [150, 140]],
  [2, [-20, -60], [150, 140]],
  [2, [20], [150, 140]],
  [2, [-200], [251, 201]],
  [2, [200], [54, 4]],
  [2, [-253], undefined],
  [2, [-200, 60], undefined],
  [300, [], undefined],
])("%i hosts with weights %j: %j", (hosts, weights, expected) => {
  expect(choosePriorities(hosts, weights)).toEqual(expected);
});

const weights = fc.array(
  fc.integer({ min: -253, max: 253 }).filter((weight) => Math.abs(weight) > 1),
  { maxLength: 4 },
);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

describe("for any number of hosts and any weights", () => {
  test("they fall from host to host, and stay between 1 and 254 with all that weights add and take", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), weights, (hosts, all) => {
        const chosen = choosePriorities(hosts, all) ?? [];
        for (const [rank, priority] of chosen.entries()) {
          if (rank > 0) expect(priority).toBeLessThan(chosen[rank - 1] as number);
          expect(priority + sum(all.filter((weight) => weight < 0))).toBeGreaterThanOrEqual(1);
          expect(priority + sum(all.filter((weight) => weight > 0))).toBeLessThanOrEqual(254);
        }
      }),
    );
  });

  test("each check alone brings the master below the next host", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), weights, (hosts, all) => {
        const [first, second] = choosePriorities(hosts, all) ?? [];
        if (first === undefined || second === undefined) return;
        for (const weight of all) expect(first - Math.abs(weight)).toBeLessThan(second);
      }),
    );
  });

  test("there are some whenever the range has room for one step between hosts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), weights, (hosts, all) => {
        const room = 253 - sum(all.map(Math.abs));
        expect(choosePriorities(hosts, all) !== undefined).toBe(room >= hosts - 1);
      }),
    );
  });
});
