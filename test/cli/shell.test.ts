import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellLines, shellWord } from "../../src/cli/shell.ts";

const words = fc.array(
  fc.oneof(
    fc.constantFrom(
      "--host",
      "--track-script",
      "a=10.0.0.1/24",
      "/bin/sh -c 'exit 0'",
      "it's",
      '"$HOME"',
      "!",
      "",
    ),
    fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
  ),
  { maxLength: 12 },
);

test("a shell reads the words back, however they are divided into lines", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 10, max: 100 }), (each, width) => {
      const lines = shellLines(["printf", "%s\\0", "", ...each], width, "  ");
      const read = execFileSync("sh", ["-c", lines], { encoding: "utf8" }).split("\0").slice(1, -1);
      expect(read).toEqual(each);
    }),
    { numRuns: 100 },
  );
});

test("plain words stay as they are, and quotes are those that need no escape", () => {
  expect(["a:eth0", "web:1@a=10.0.0.1/24,fe80::1/64", "x y", "sh -c 'x'", "it's $5"].map(shellWord)).toEqual([
    "a:eth0",
    "web:1@a=10.0.0.1/24,fe80::1/64",
    "'x y'",
    `"sh -c 'x'"`,
    `'it'\\''s $5'`,
  ]);
});

test("an option stays beside its value, and no line is longer than it has to be", () => {
  const command = ["vrrp-gen", "--pair", "--host", "a=10.0.0.1/24", "--host", "b=10.0.0.2/24", "--unicast"];
  expect(shellLines(command, 40, "  ")).toBe(
    ["  vrrp-gen --pair --host a=10.0.0.1/24 \\", "    --host b=10.0.0.2/24 --unicast"].join("\n"),
  );
});
