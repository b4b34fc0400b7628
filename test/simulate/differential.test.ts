/**
 * Random clusters, played on real hosts and in virtual time: both do the same. `SEEDS=1-100` plays others than those that
 * are played each time, `REPORTS=DIR` writes down what was seen.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { keepalivedRelease } from "../support/keepalived.ts";
import { needsLab } from "../support/lab.ts";
import { clusterOf } from "./differential/clusters.ts";
import { judge, simulated, type Verdict } from "./differential/judge.ts";
import type { Reality } from "./differential/observation.ts";
import { playAll } from "./differential/stage.ts";

/** Short stories that have much in them: sync groups, unicast, IPv6, three hosts, trackers, delays, every kind of fault. */
const usual = [84, 91, 92, 108, 122, 126, 145, 150, 160, 180];

const range = process.env["SEEDS"];
const [from = 0, to = from] = (range ?? "").split("-").map(Number);
const seeds = range ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : usual;
const reports = process.env["REPORTS"];
const release = keepalivedRelease() ?? "";
/** Labs at the same time. */
const most = 10;
/** A machine that is busy with something else is late: what differs is played again. */
const tries = 3;

describe.runIf(needsLab())("real hosts do what the simulator tells", () => {
  const verdicts = new Map<number, Verdict>();

  // All are played before any is judged, because judging keeps the processor busy.
  beforeAll(async () => {
    const unsettled = () => seeds.filter((seed) => (verdicts.get(seed)?.is ?? "different") === "different");
    for (let left = tries; left > 0 && unsettled().length > 0; left--) {
      const some = unsettled();
      for (let first = 0; first < some.length; first += most) await playSome(some.slice(first, first + most));
    }
  }, 1_000_000);

  async function playSome(some: readonly number[]): Promise<void> {
    const plays = some.map((seed) => {
      const cluster = clusterOf(seed);
      return { seed, cluster, addresses: Object.keys(simulated(cluster, [], 1, release).holders) };
    });
    const realities = await playAll(plays);
    for (const [index, { seed, cluster }] of plays.entries()) {
      const reality = realities[index];
      if (!reality) continue;
      verdicts.set(seed, judge(cluster, reality, release));
      if (reports) report(seed, reality);
    }
  }

  function report(seed: number, reality: Reality): void {
    if (!reports) return;
    const cluster = clusterOf(seed);
    const faults = reality.deeds.map(({ text, to }) => `${Math.round(to)}ms ${text}`);
    const ours = simulated(cluster, faults, reality.duration, release);
    const seen = { seed, verdict: verdicts.get(seed), cluster, reality, ours };
    mkdirSync(reports, { recursive: true });
    writeFileSync(`${reports}/${seed}.json`, JSON.stringify(seen, undefined, 1));
  }

  test.each(seeds)("cluster %i", (seed) => {
    const verdict = verdicts.get(seed);
    if (!verdict) throw new Error("It could not be played; its process says why above.");
    expect(verdict.is === "different" ? verdict.differences : []).toEqual([]);
  });
});
