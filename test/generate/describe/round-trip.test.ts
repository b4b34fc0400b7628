/** From files to a description and back: the files mean the same, and the description stays as it is. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeFleet, generatedHosts } from "../../../src/generate/describe/describe.ts";
import { differences, routersOf } from "../../../src/generate/describe/differences.ts";
import type { Note } from "../../../src/generate/describe/notes.ts";
import { generate } from "../../../src/generate/generate.ts";
import type { Intent } from "../../../src/generate/intent.ts";
import { readSpec } from "../../../src/generate/spec.ts";
import { printSpec } from "../../../src/generate/spec-print.ts";
import { formFleet } from "../../../src/model/fleet.ts";
import type { Fleet } from "../../../src/model/host.ts";
import { readHosts } from "../../../src/model/read.ts";
import { rules } from "../../../src/rules/index.ts";
import { generatedFleets } from "../../lab/generated-fleets.ts";
import { runGen } from "../../support/command.ts";
import { fleetOf, textsOf, unmarked } from "../../support/fleet.ts";
import { root } from "../../support/project.ts";
import { configuration } from "../../support/texts.ts";
import { intents } from "../intents.ts";

/** The files of a wish, and the fleet that they are. */
function filesOf(intent: Intent) {
  const outcome = generate(intent, { comments: false, oneFile: false, newPassword: () => "kx7Rm2Qp" });
  if (outcome.is === "refused") throw new Error(outcome.refusals.map(({ message }) => message).join("\n"));
  return outcome;
}

function describedAs(
  fleet: Fleet,
  target?: string,
): { readonly intent: Intent; readonly notes: readonly Note[] } {
  const described = describeFleet(fleet, target);
  if (described.is === "clusters") throw new Error("these are several clusters");
  return described;
}

/** The intent that the printed description says. */
function readBack(intent: Intent): { readonly text: string; readonly intent: Intent } {
  const { text, passwords } = printSpec(intent, { comments: true });
  const result = readSpec(text, {
    readPassword: (file) => passwords.find((each) => each.file === file)?.password ?? "",
  });
  if (result.is === "faults")
    throw new Error(`${result.faults.map(({ message }) => message).join("\n")}\n${text}`);
  return { text, intent: result.intent };
}

/** The lines of a file without layout, sorted: what a reader of the text has to find again. */
function linesIn(text: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("#")).sort();
}

describe("for any wish that can be fulfilled", () => {
  test("files are made that lint clean and come back with the same lines, their description with the same bytes", () => {
    fc.assert(
      fc.property(intents, (intent) => {
        // What the linter has an error or warning for is refused, and then there are no files.
        const first = filesOf(intent);
        const { intent: found, notes } = describedAs(first.fleet, intent.target);
        expect(notes.filter(({ lost }) => lost).map(({ message }) => message)).toEqual([]);
        const back = readBack(found);
        const second = filesOf(back.intent);
        const lines = (files: typeof first.files) => files.map(({ file, text }) => [file, linesIn(text)]);
        expect(lines(second.files)).toEqual(lines(first.files));
        const again = describedAs(second.fleet, intent.target);
        expect(printSpec(again.intent, { comments: true }).text).toBe(back.text);
      }),
      { numRuns: 2000 },
    );
  }, 900_000);
});

/** The host files of a folder by their names. */
function textsIn(folder: string): Record<string, string> {
  const files = readdirSync(path.join(root, folder)).filter((file) => file.endsWith(".conf"));
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(root, folder, file), "utf8")]));
}

const sound = readdirSync(path.join(root, "test/cases"))
  .filter((name) => name.startsWith("sound-") && !/-two-(unicast-)?clusters/.test(name))
  .map((name) => `test/cases/${name}`);

describe("sound fleets", () => {
  test.each([...sound, "examples/tutorial"])("%s comes back with the same meaning", (folder) => {
    const fleet = fleetOf(textsIn(folder));
    const { intent, notes } = describedAs(fleet);
    expect(notes.filter(({ lost }) => lost)).toEqual([]);
    const back = readBack(intent);
    const { files, fleet: second } = filesOf(back.intent);
    expect(files.map(({ file }) => file)).toEqual(fleet.hosts.map(({ name }) => `${name}.conf`));
    expect(differences(fleet.hosts, fleet.routers.map(namedAlike), second.hosts)).toEqual([]);
    expect(printSpec(describedAs(second).intent, { comments: true }).text).toBe(back.text);
  });

  test.each(generatedFleets.map((each) => [each.fleet, each] as const))(
    "the lab's %s comes back with the same meaning",
    async (_, { wish, input = "", environment = {} }) => {
      const fleet = "hosts" in wish ? filesOf(wish).fleet : await printed(wish, { input, environment });
      const { intent, notes } = describedAs(fleet);
      expect(notes.filter(({ lost }) => lost)).toEqual([]);
      const back = readBack(intent);
      const second = filesOf(back.intent);
      expect(differences(fleet.hosts, routersOf(fleet.hosts), second.fleet.hosts)).toEqual([]);
      expect(printSpec(describedAs(second.fleet).intent, { comments: true }).text).toBe(back.text);
    },
  );

  test.each<[string, readonly string[]]>([
    ["sound-two-clusters", ["db1 db2", "web1 web2"]],
    ["sound-two-unicast-clusters-one-vrid", ["a0 a1", "b0 b1"]],
  ])("%s is told to be several clusters", (name, expected) => {
    const described = describeFleet(fleetOf(textsIn(`test/cases/${name}`)), undefined);
    const found = described.is === "clusters" ? described.clusters : [];
    expect(found.map((hosts) => hosts.map((host) => host.name).join(" "))).toEqual(expected);
  });
});

/** What `vrrp-gen --stdout` prints, as a fleet. */
async function printed(
  words: readonly string[],
  surroundings: { readonly input: string; readonly environment: Readonly<Record<string, string>> },
): Promise<Fleet> {
  const { out } = await runGen([...words, "--stdout"], surroundings);
  const [, ...parts] = out.split(/^# ----- (\S+)\n/m);
  const texts: readonly (readonly [string, string])[] =
    parts.length === 0
      ? [["all.conf", out]]
      : parts.flatMap((file, at) => (at % 2 ? [] : [[file, parts[at + 1] ?? ""] as const]));
  const hosts = texts.flatMap(([file, text]) => readHosts({ path: file, text }));
  return formFleet(hosts, { complete: true });
}

function namedAlike({ members }: Fleet["routers"][number]) {
  return { name: members[0]?.instance.name ?? "", members };
}

test("generatedHosts() are the hosts of the generated files", () => {
  const { intent } = describedAs(fleetOf(textsIn("examples/tutorial")));
  const names = formFleet(generatedHosts(intent), { complete: true }).hosts.map(({ name }) => name);
  expect(names).toEqual(["host-a", "host-b"]);
});

/** A description that can be read again, whatever the files are; without losses it says the same of its own files. */
function expectStable(texts: Readonly<Record<string, string>>): "clusters" | "lost" | "whole" {
  const described = describeFleet(fleetOf(texts), undefined);
  if (described.is === "clusters") return "clusters";
  const { text, intent } = readBack(described.intent);
  if (described.notes.some(({ lost }) => lost)) return "lost";
  const again = describedAs(formFleet(generatedHosts(intent), { complete: true }));
  expect(printSpec(again.intent, { comments: true }).text).toBe(text);
  return "whole";
}

describe("whatever the files are", () => {
  test("the examples of all rules become descriptions that are read again", () => {
    const fleets = rules.flatMap(({ good, bad }) => [
      ...good().map((example) => textsOf(example)),
      ...bad().map(({ input }) => unmarked(input).texts),
    ]);
    const results = fleets.map(expectStable);
    expect(results.filter((each) => each === "whole").length).toBeGreaterThan(600);
  }, 60_000);

  test("so do random files", () => {
    fc.assert(
      fc.property(configuration, configuration, (a, b) => {
        expectStable({ "a.conf": a, "b.conf": b });
        expectStable({ "a.conf": a });
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
