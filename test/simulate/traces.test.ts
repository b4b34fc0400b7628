/**
 * The state machine beside real hosts: with the same inputs it does the same, in the same order and at the same time.
 * `UPDATE=1 npx vitest run test/simulate/traces.test.ts` records all scenarios anew, `UPDATE=name` some of them.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { needsLab } from "../support/lab.ts";
import { differencesIn } from "./compare.ts";
import { record } from "./record.ts";
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

describe("the machine does as keepalived does", () => {
  test.each(scenarios)("$name", (scenario) => {
    expect(existsSync(fileOf(scenario))).toBe(true);
    const trace: Trace = JSON.parse(readFileSync(fileOf(scenario), "utf8"));
    expect(trace.story).toEqual(scenario.story);
    expect(differencesIn(trace)).toEqual([]);
  });
});
