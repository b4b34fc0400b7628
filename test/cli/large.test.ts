/** Texts that nobody writes and that yet reach a linter: they end in a report, soon, and without an exception. */
import { expect, test } from "vitest";
import { runLint } from "../support/command.ts";
import { soundHost, unknownLine } from "../support/conf.ts";

const mebibyte = 1024 * 1024;

test.each([
  ["100,000 braces that nothing closes", "{\n".repeat(100_000)],
  ["20,000 unknown blocks that nothing closes", "a {\n".repeat(20_000)],
  ["20,000 braces that close nothing", "}\n".repeat(20_000)],
  ["100,000 braces on one line", "{".repeat(100_000)],
  ["200,000 lines", soundHost(100) + "# nothing\n".repeat(200_000)],
  ["10,000 findings", soundHost(100).replace("advert_int 1", `${unknownLine}\n`.repeat(10_000))],
  ["a line of a mebibyte", soundHost(100).replace("priority 100", `priority ${"9".repeat(mebibyte)}`)],
  ["a comment of a mebibyte", `# ${"x".repeat(mebibyte)}\n${soundHost(100)}`],
  ["a word of a mebibyte of wide characters", soundHost(100).replace("VI_1", "报".repeat(mebibyte / 2))],
])("%s", (_, input) => {
  const { code, out, err } = runLint(["-"], { input });
  expect(err).toBe("");
  expect([0, 1]).toContain(code);
  expect(out).toMatch(/ in 1 host, \d+ virtual routers?\.( --fix mends \d+\.)?\n$/);
});
