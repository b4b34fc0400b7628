/** vrrp-lint --explore as a command. */
import { describe, expect, test } from "vitest";
import { columnsOf } from "../../src/cli/columns.ts";
import { runLint, runRun } from "../support/command.ts";
import { soundHost } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

const sound = { "a.conf": soundHost(150), "b.conf": soundHost(100) };
const quick = (priority: number) => soundHost(priority, "down_timer_adverts 1");
const nervous = { "a.conf": quick(150), "b.conf": quick(100) };
const names = ["a.conf", "b.conf"];
const lint = (files: Readonly<Record<string, string>>, ...words: readonly string[]) =>
  runLint(["--explore", "--faults", "1", ...words, ...names], { cwd: folderOf(files).path });

/** The words of a command line as a shell takes them. */
const wordsOf = (call: string) => (call.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ""));

describe("the report", () => {
  test("of a sound pair says what was tried", () => {
    const { code, out, err } = lint(sound);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.replaceAll(/\s+/g, " ")).toContain("Explored: nothing fails in ");
    expect(Math.max(...out.split("\n").map(columnsOf))).toBeLessThanOrEqual(80);
  });

  test("of a violation has a story, and a call that plays it", () => {
    const { code, out } = lint(nervous);
    expect(code).toBe(1);
    expect(out).toContain("rule explore-lost-advert");
    const call = /^ {4}vrrp-run (.*)$/m.exec(out)?.[1] ?? "";
    const played = runRun(wordsOf(call), { cwd: folderOf(nervous).path });
    expect(played.code).toBe(0);
    expect(played.out).toMatch(/-- heal --\n.* b +MASTER/);
  });

  test("says what was not explored", () => {
    const { out } = lint({ ...sound, "b.conf": soundHost(100, "priority $LOW") });
    expect(out).toContain("Explored: nothing, see below.");
    expect(out.replaceAll(/\s+/g, " ")).toContain("Not explored: VI_1 (a, b): something in VI_1");
  });
});

test("the document has story, replay and coverage", () => {
  const { diagnostics, exploration } = JSON.parse(lint(nervous, "--format", "json").out);
  const found = diagnostics.find(({ rule }: { rule: string }) => rule === "explore-lost-advert");
  expect(found).toMatchObject({
    severity: "error",
    fixable: false,
    replay: expect.arrayContaining(["--simulate"]),
  });
  expect(found.story.length).toBeGreaterThan(3);
  expect(exploration).toMatchObject({ faults: 1, violations: 1, units: 1, undecided: 0, notExplored: [] });
  expect(
    JSON.parse(runLint(["--format", "json", "a.conf"], { cwd: folderOf(sound).path }).out),
  ).not.toHaveProperty("exploration");
});

test("violations are silenced and levelled like rules", () => {
  expect(lint(nervous, "--rule", "explore-lost-advert=off").code).toBe(0);
  expect(lint(nervous, "--rule", "explore-lost-advert=hint").code).toBe(0);
  const silenced = (text: string) => `# vrrp-lint-disable explore-lost-advert\n${text}`;
  const files = { "a.conf": silenced(quick(150)), "b.conf": silenced(quick(100)) };
  expect(lint(files).out).not.toContain("rule explore-lost-advert");
  // Without --explore nobody knows whether there is anything to silence.
  expect(runLint(names, { cwd: folderOf(files).path }).out).not.toContain("lint-unused-silencer");
});

test("--explain knows the properties", () => {
  const { code, out } = runLint(["--explain", "explore-lost-advert"]);
  expect(code).toBe(0);
  expect(out).toContain("What vrrp-lint --explore says to that");
});

test.each([
  [["--faults", "2", "a.conf"], "--faults K counts with --explore only"],
  [["--explore", "--faults", "9", "a.conf"], "write a whole number up to 6"],
  [["--explore", "--faults", "x", "a.conf"], "write a whole number up to 6"],
])("%j is a wrong call", (words, message) => {
  const { code, err } = runLint(words, { cwd: folderOf(sound).path });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
});
