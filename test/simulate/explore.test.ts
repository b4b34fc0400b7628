/** What the explorer says of fleets that fail, and that it says nothing of sound ones. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generate } from "../../src/generate/generate.ts";
import { formFleet } from "../../src/model/fleet.ts";
import type { Fleet } from "../../src/model/host.ts";
import { readHost } from "../../src/model/read.ts";
import { file, instance, named } from "../../src/rules/examples.ts";
import { properties } from "../../src/rules/properties.ts";
import { explore } from "../../src/simulate/explore.ts";
import { intents } from "../generate/intents.ts";
import { type Files, soundFleets } from "../rules/sound-fleets.ts";
import { runRun } from "../support/command.ts";
import { fleetOf } from "../support/fleet.ts";
import { folderOf } from "../support/folder.ts";
import { filesBelow, textOf } from "../support/project.ts";
import { brokenFleets } from "./explore-fleets.ts";

/** Hosts with their names as config-ids. */
function fleetFrom(files: Files): Fleet {
  const hosts = Object.entries(files).map(([path, text]) =>
    readHost({ path, text, configId: path.replace(".conf", "") }),
  );
  return formFleet(hosts, { complete: hosts.length > 1 });
}

const rulesIn = (fleet: Fleet, faults: number) =>
  explore(fleet, { faults }).diagnostics.map(({ rule }) => rule);

describe("nothing is wrong with", () => {
  test.each(Object.entries(soundFleets))("%s", (_, files) => {
    expect(rulesIn(fleetFrom(files), Object.keys(files).length > 2 ? 1 : 2)).toEqual([]);
  });

  const cases = filesBelow("test/cases").filter((path) => /\/sound-[^/]*\/[^/]*\.conf$/.test(path));
  const folders = [...new Set(cases.map((path) => path.replace(/\/[^/]*$/, "")))];
  test.each(folders)("%s", (folder) => {
    const files = cases.filter((path) => path.startsWith(`${folder}/`));
    const texts = files.map((path) => [path.slice(folder.length + 1), textOf(path)] as const);
    expect(rulesIn(fleetFrom(Object.fromEntries(texts)), 1)).toEqual([]);
  });

  test("what the generator writes", () => {
    fc.assert(
      fc.property(intents, (intent) => {
        const outcome = generate(intent, { comments: false, oneFile: false, newPassword: () => "kx7Rm2Qp" });
        if (outcome.is === "refused") throw new Error("Every wish can be fulfilled.");
        const files = outcome.files.map(({ file: path, text }) => [path, text] as const);
        expect(rulesIn(fleetOf(Object.fromEntries(files)), 1)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

interface Document {
  readonly events: readonly { readonly t: number; readonly to: string; readonly host: string }[];
  readonly faults: readonly { readonly t: number; readonly fault: string }[];
  readonly holders: readonly { readonly address: string; readonly hosts: readonly string[] }[];
}

/** What a replay must show. */
const seen: Readonly<Record<string, (document: Document) => boolean>> = {
  "explore-two-holders": ({ holders }) => holders.some(({ hosts }) => hosts.length > 1),
  "explore-no-holder": ({ holders }) => holders.some(({ hosts }) => hosts.length === 0),
  "explore-check-ignored": ({ events, faults }) => events.every(({ t }) => t < (faults[0]?.t ?? 0)),
  "explore-check-missing": ({ holders }) => holders.every(({ hosts }) => hosts[0] === "b"),
  "explore-wrong-holder": ({ holders }) => holders.every(({ hosts }) => hosts[0] === "b"),
  "explore-group-apart": ({ holders }) => new Set(holders.map(({ hosts }) => hosts.join())).size > 1,
  "explore-flapping": ({ events }) => events.filter(({ to }) => to === "MASTER").length > 20,
  "explore-lost-advert": ({ events, faults }) =>
    events.some(({ t, to }) => to === "MASTER" && t > (faults[0]?.t ?? 0)),
  "explore-nopreempt": ({ holders }) => holders.every(({ hosts }) => hosts[0] === "a"),
  "explore-not-heard": ({ events }) => events.filter(({ to }) => to === "MASTER").length === 2,
  "explore-several-takeovers": ({ events, faults }) =>
    events.filter(({ t, to }) => to === "MASTER" && t > (faults.at(-1)?.t ?? 0)).length > 0,
  "explore-late-takeover": ({ events, faults }) =>
    events.some(({ t, to }) => to === "MASTER" && t - (faults[0]?.t ?? 0) > 100),
};

describe("it tells of", () => {
  test.each(brokenFleets)("$what", ({ files, breaks, at, release, faults = 1 }) => {
    const { diagnostics } = explore(fleetOf(files, release), { faults, release });
    const found = diagnostics.find(({ rule }) => rule === breaks);
    if (!found?.course)
      throw new Error(`It tells only of: ${diagnostics.map(({ rule }) => rule).join(", ")}`);
    const { span } = found.at;
    const text = files[found.at.file] ?? "";
    const line = text.slice(text.lastIndexOf("\n", span.start) + 1).split("\n", 1)[0];
    expect(found.at.file).toBe(at[0]);
    expect(line).toMatch(at[1]);
    const { cwd, words } = { cwd: folderOf(files).path, words: [...found.course.replay, "--format", "json"] };
    const { code, out } = runRun(words, { cwd });
    expect(code).toBe(0);
    expect(seen[breaks]?.(JSON.parse(out))).toBe(true);
  });

  test.each(properties.flatMap((each) => (each.bad ? [[each.id, each.bad] as const] : [])))(
    "the example of %s",
    (id, bad) => {
      expect(rulesIn(fleetOf(bad), 2)).toContain(id);
    },
  );
});

describe("it is silent about", () => {
  const low = file(instance("priority 100", "virtual_router_id 52"));

  test.each([
    ["an include that is not here", { "a.conf": file("include more/*.conf", instance()), "b.conf": low }],
    ["a variable that nothing sets", { "a.conf": file(instance("priority $HIGH")), "b.conf": low }],
    ["one host alone", { "a.conf": file(instance()) }],
    [
      "one host of each of two clusters",
      {
        "a.conf": file(instance()),
        "b.conf": file(named("DB", "virtual_router_id 9", "virtual_ipaddress {\n    10.0.0.9/24\n}")),
      },
    ],
  ])("%s, and says so", (_, files) => {
    const { diagnostics, coverage } = explore(fleetOf(files), { faults: 2 });
    expect(diagnostics).toEqual([]);
    expect(coverage).toMatchObject({ units: 0, states: 0, orders: 0 });
    expect(coverage.left).not.toEqual([]);
  });
});

test("it says what it covered, and the same each time", () => {
  const fleet = () => fleetOf({ "a.conf": file(instance()), "b.conf": file(instance("priority 100")) });
  const once = explore(fleet(), { faults: 2 });
  expect(explore(fleet(), { faults: 2 })).toEqual(once);
  expect(once.coverage).toMatchObject({ faults: 2, units: 1, open: 0, left: [] });
  expect(once.coverage.kinds).toEqual([
    "crash",
    "cut",
    "heal",
    "link down",
    "link up",
    "lost advert",
    "start",
    "stop",
  ]);
  expect(once.coverage.orders).toBeGreaterThan(200);
});

test("virtual routers that differ in names only are explored once, and told of each", () => {
  const host = (priority: string, vrid: string) =>
    file(
      ...[1, 2, 3].map((number) =>
        named(
          `VLAN${number}`,
          `interface eth0.${number}`,
          `virtual_router_id ${number}${vrid}`,
          priority,
          `virtual_ipaddress {\n    10.${number}.0.100/24\n}`,
        ),
      ),
    );
  const fleet = (vrid: string) =>
    fleetOf({ "a.conf": host("priority 150", "0"), "b.conf": host("priority 100", vrid) });
  const alone = fleetOf({ "a.conf": file(instance()), "b.conf": file(instance("priority 100")) });
  const { coverage } = explore(fleet("0"), { faults: 1 });
  expect(coverage).toMatchObject({ units: 3, states: explore(alone, { faults: 1 }).coverage.states });
  expect(rulesIn(fleet("1"), 1)).toEqual(Array.from({ length: 3 }, () => "explore-two-holders"));
});
