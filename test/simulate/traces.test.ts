/**
 * The state machine beside real hosts: with the same inputs it does the same, in the same order and at the same time.
 * `UPDATE=1 npx vitest run test/simulate/traces.test.ts` records all scenarios anew, `UPDATE=name` some of them.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { needsLab } from "../support/lab.ts";
import { record } from "./record.ts";
import { type Deed, replay } from "./replay.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import type { Trace } from "./trace.ts";

const update = process.env["UPDATE"];
const fileOf = ({ name }: Scenario) => new URL(`traces/${name}.json`, import.meta.url);

if (update && needsLab()) {
  for (const scenario of scenarios) {
    if (update !== "1" && !scenario.name.includes(update)) continue;
    const { events, packets, ...rest } = await record(scenario);
    const lines = (list: readonly unknown[]) => list.map((each) => `\n    ${JSON.stringify(each)}`).join(",");
    const head = JSON.stringify(rest, undefined, 2).slice(0, -2);
    const text = `${head},\n  "packets": [${lines(packets)}\n  ],\n  "events": [${lines(events)}\n  ]\n}\n`;
    writeFileSync(fileOf(scenario), text);
  }
}

/** How far apart the same deed may be, in ms. Addresses are seen by a program that has to be woken first. */
const tolerance = { advert: 60, address: 250 };

/** Adverts of each virtual router, and each address, in their order. */
function bySubject(deeds: readonly Deed[]): ReadonlyMap<string, readonly Deed[]> {
  const found = new Map<string, Deed[]>();
  for (const deed of deeds) {
    const subject = deed.what.replace(/^(add|remove) /, "").replace(/ send .*/, "");
    found.set(subject, [...(found.get(subject) ?? []), deed]);
  }
  return found;
}

function toleranceOf({ what }: Deed): number {
  return what.includes(" send ") ? tolerance.advert : tolerance.address;
}

function difference(real: readonly Deed[], ours: readonly Deed[]): string | undefined {
  for (let at = 0; at < Math.max(real.length, ours.length); at++) {
    const [one, other] = [real[at], ours[at]];
    const same = one && other && one.what === other.what && Math.abs(one.ms - other.ms) <= toleranceOf(one);
    const words = (deed: Deed | undefined) =>
      deed ? `${deed.what} at ${Math.round(deed.ms)} ms` : "nothing more";
    if (!same) return `${at}: really ${words(one)}, here ${words(other)}`;
  }
  return undefined;
}

describe("the machine does as keepalived does", () => {
  test.each(scenarios)("$name", (scenario) => {
    expect(existsSync(fileOf(scenario))).toBe(true);
    const trace: Trace = JSON.parse(readFileSync(fileOf(scenario), "utf8"));
    expect(trace.story).toEqual(scenario.story);
    const differences = replay(trace).flatMap(({ host, real, ours }) => {
      const [theirs, own] = [bySubject(real), bySubject(ours)];
      const subjects = new Set([...theirs.keys(), ...own.keys()]);
      return [...subjects].flatMap((subject) => {
        const found = difference(theirs.get(subject) ?? [], own.get(subject) ?? []);
        return found === undefined ? [] : [`${host} ${subject} ${found}`];
      });
    });
    expect(differences).toEqual([]);
  });
});
