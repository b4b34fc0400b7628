import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { linuxClock } from "../../../src/run/linux/clock.ts";

function clock() {
  const made = linuxClock();
  onTestFinished(() => made.close());
  return made;
}

test("counts from the machine's start, suspended or not, in whole microseconds", () => {
  const { now } = clock();
  const uptime = () => Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) * 1e6;
  const [before, between, after] = [uptime(), now(), uptime()];
  // /proc/uptime counts hundredths, cut off.
  expect(between).toBeGreaterThanOrEqual(before);
  expect(between).toBeLessThan(after + 10_000 + 1);
  expect(Number.isInteger(between)).toBe(true);
});

test("rings at the moment or later, once, and at once for a moment that has passed", async () => {
  const each = clock();
  const rings: [due: number, rang: number][] = [];
  await new Promise<void>((done) => {
    const next = (due: number) =>
      each.alarm(due, () => {
        rings.push([due, each.now()]);
        if (rings.length === 50) done();
        else next(rings.length % 10 === 0 ? each.now() - 1000 : due + 1000 + rings.length * 37);
      });
    next(each.now() + 500);
  });
  expect(rings.filter(([due, rang]) => rang < due)).toEqual([]);
  expect(rings).toHaveLength(50);
});

test("has one alarm: another one takes its place, and none silences it", async () => {
  const each = clock();
  const rung: string[] = [];
  each.alarm(each.now() + 1000, () => rung.push("replaced"));
  each.alarm(each.now() + 2000, () => rung.push("silenced"));
  each.alarm(undefined, () => rung.push("never"));
  await new Promise<void>((done) => each.alarm(each.now() + 5000, done));
  expect(rung).toEqual([]);
});

test("lets sockets be read first", async () => {
  const order: string[] = [];
  await new Promise<void>((done) => {
    clock().afterReading(() => {
      order.push("after");
      done();
    });
    setImmediate(() => order.push("a turn of the loop"));
    order.push("now");
  });
  expect(order).toEqual(["now", "a turn of the loop", "after"]);
});

test("tells the date with a fraction", () => {
  expect(clock().unix()).toBeCloseTo(Date.now() / 1000, 0);
});
