/**
 * Every scenario with vrrp-run, held against keepalived on both hosts: with one combination of programs in its
 * turn, or with every one where it says so or MATRIX=all is set.
 */
import { describe, expect, test, vi } from "vitest";
import { lintTexts } from "../../support/fleet.ts";
import { needsLab } from "../../support/lab.ts";
import { differences, play, referenceOf } from "./play.ts";
import { combinations, hostsOf, reference } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";

const all = process.env["MATRIX"] === "all";

vi.setConfig({ testTimeout: 480_000 });

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
const numbered = scenarios.map((scenario, index) => [scenario.name, scenario, index] as const);
labs.each(numbered)("%s", (_, scenario, index) => {
  test.runIf(scenario.withoutReference === undefined)(reference.name, async () => {
    await referenceOf(scenario);
  });
  const turn = combinations.filter(
    (_each, place) => all || scenario.everyCombination || place === index % combinations.length,
  );
  const proved = scenario.unproved === undefined ? turn : [];
  test.each(proved.map((each) => [each.name, each] as const))("%s", async (_name, combination) => {
    const [played, asKeepalived] = await Promise.all([play(scenario, combination), referenceOf(scenario)]);
    if (asKeepalived) expect(differences(scenario, played, asKeepalived)).toEqual([]);
  });
});
