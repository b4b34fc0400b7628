/** Every scenario with vrrp-run, held against keepalived on both hosts. */
import { describe, expect, test, vi } from "vitest";
import { lintTexts } from "../../support/fleet.ts";
import { needsLab } from "../../support/lab.ts";
import { differences, play, referenceOf } from "./play.ts";
import { combinations, hostsOf, reference, type Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";

vi.setConfig({ testTimeout: 480_000 });

/** Plays scenarios at the same time. */
function playAll(chosen: readonly Scenario[]): void {
  const labs = describe.runIf(needsLab()).concurrent;
  labs.each(chosen.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
    test.runIf(scenario.withoutReference === undefined)(reference.name, async () => {
      await referenceOf(scenario);
    });
    test.each(combinations.map((each) => [each.name, each] as const))("%s", async (_name, combination) => {
      const [played, asKeepalived] = await Promise.all([play(scenario, combination), referenceOf(scenario)]);
      if (asKeepalived) expect(differences(scenario, played, asKeepalived)).toEqual([]);
    });
  });
}

playAll(scenarios.filter(({ hurried }) => hurried));

// Tests that are not concurrent: what stands before them has ended when what stands behind them begins.
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

playAll(scenarios.filter(({ hurried }) => !hurried));
