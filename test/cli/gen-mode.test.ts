/** What vrrp-gen can be asked for: one thing at a time, with the options that belong to it. */
import { describe, expect, test } from "vitest";
import { type Asked, modeOf } from "../../src/cli/gen-mode.ts";
import { UsageError } from "../../src/cli/world.ts";
import { runGen } from "../support/command.ts";

const asked = (words: string, more: Partial<Asked> = {}): Asked => ({
  options: words.split(" ").filter((word) => word.startsWith("--")),
  files: words.split(" ").filter((word) => word !== "" && !word.startsWith("--")),
  interactive: false,
  ...more,
});
const terminal = { interactive: true };

describe("the mode", () => {
  test.each([
    ["--pair --host --router", {}, "pair"],
    ["--host --interface", {}, "pair"],
    ["--spec --auth --no-comments", {}, "spec"],
    ["--from --as --address --interface --out-dir", {}, "from"],
    ["--from --host --stdout", terminal, "from"],
    ["--join a.conf b.conf --as --force", {}, "join"],
    ["--sync a.conf b.conf --write", {}, "sync"],
    ["--spec-from a.conf b.conf", {}, "spec-from"],
    ["", terminal, "dialogue"],
    ["--out-dir --one-file", terminal, "dialogue"],
  ])("of %j %j is %s", (words, more, mode) => expect(modeOf(asked(words, more))).toBe(mode));
});

describe("a wrong call", () => {
  test.each([
    ["", {}, /^what is wanted\?/],
    ["--out-dir", {}, /^what is wanted\?/],
    ["--interface", terminal, /^what is wanted\?/],
    ["--from --spec", {}, /^--from and --spec exclude each other$/],
    ["--pair --from", {}, /^--pair and --from exclude each other$/],
    ["--from --router", {}, /^--router and --from exclude each other$/],
    ["--sync a b --force", {}, /^--force and --sync exclude each other$/],
    ["--pair --host --as", {}, /^--as goes with --from or --join$/],
    ["--pair --write", {}, /^--write goes with --sync$/],
    ["--sync a.conf", {}, /^--sync needs the hosts' files: vrrp-gen --sync FILE FILE …$/],
    ["--join", {}, /^--join needs the hosts' files: vrrp-gen --join FILE FILE …$/],
    ["--from b.conf", {}, /^b\.conf: --from reads one file$/],
    ["a.conf", {}, /^a\.conf: what is it for\?/],
    ["a.conf --pair --host", {}, /^a\.conf: what is it for\?/],
  ])("%j %j", (words, more, message) => {
    expect(() => modeOf(asked(words, more))).toThrow(UsageError);
    expect(() => modeOf(asked(words, more))).toThrow(message);
  });
});

test("every option of the help belongs to a mode", () => {
  const { out } = runGen(["--help"]);
  const options = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option as string);
  const known = (option: string) =>
    ["pair", "spec", "from", "join", "sync", "spec-from"].some((mode) => {
      try {
        return modeOf({ options: [`--${mode}`, option], files: files[mode] ?? [], interactive: false });
      } catch {
        return false;
      }
    });
  expect(options.length).toBeGreaterThan(35);
  expect(options.filter((option) => option !== "--help" && !known(option))).toEqual([]);
});

const files: Readonly<Record<string, readonly string[]>> = {
  join: ["a.conf", "b.conf"],
  sync: ["a.conf", "b.conf"],
  "spec-from": ["a.conf"],
};
