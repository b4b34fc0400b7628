/** Every scenario with keepalived on all hosts, so that it is seen to do what the story says. */
import { describe, expect, test, vi } from "vitest";
import { lintTexts } from "../../support/fleet.ts";
import { needsLab } from "../../support/lab.ts";
import { referenceOf } from "./play.ts";
import { hostsOf, reference } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";

vi.setConfig({ maxConcurrency: 24, testTimeout: 480_000 });

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  test("its files have no error", () => {
    const texts = hostsOf(scenario).map((host) => [
      `${host}.conf`,
      scenario.text(host, { tag: "0000", runs: () => "vrrp-run" }),
    ]);
    const errors = lintTexts(Object.fromEntries(texts)).filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });
});

const labs = describe.runIf(needsLab()).concurrent;
labs.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  test.runIf(scenario.withoutReference === undefined)(reference.name, async () => {
    await referenceOf(scenario);
  });
});
