/** What all documents have in common: the same findings, the same exit code, and standard output for nothing else. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { documents } from "../../src/cli/documents.ts";
import { runLint } from "../support/command.ts";
import { longPassword, soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";
import { root } from "../support/project.ts";
import { readSarif } from "../support/sarif.ts";
import { readCommands } from "../support/workflow.ts";
import { everyElement, readXml } from "../support/xml.ts";

const formats = Object.keys(documents);
const files = { "a.conf": soundHost(150, unknownLine, ...longPassword), "b.conf": soundHost(100) };

/** `FILE:LINE RULE` of everything that a document tells, by its format. */
const toldIn: Readonly<Record<string, (out: string) => readonly string[]>> = {
  json: (out) =>
    JSON.parse(out).diagnostics.map(
      ({ file, line, rule }: { file: string; line: number; rule: string }) => `${file}:${line} ${rule}`,
    ),
  sarif: (out) =>
    (readSarif(out).results ?? []).map(({ ruleId, locations }) => {
      const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
      return `${artifactLocation?.uri}:${region?.startLine} ${ruleId}`;
    }),
  github: (out) =>
    readCommands(out).map(
      ({ properties: { file, line, title } }) => `${file}:${line} ${title?.replace("vrrp-lint ", "")}`,
    ),
  junit: (out) =>
    everyElement(readXml(out), "testcase")
      .filter(({ attributes }) => attributes["line"] !== undefined)
      .map(({ attributes: { name, file, line } }) => `${file}:${line} ${name?.replace(/ \(\d+\)$/, "")}`),
};

const cases = readdirSync(path.join(root, "test", "cases"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(cases)("all formats tell the same about %s", (name) => {
  const folder = folderOf({}).path;
  const source = path.join(root, "test", "cases", name);
  const told = formats.map((format) => {
    const { out, code } = runLint(["--format", format, source], { cwd: folder });
    const lines = toldIn[format]?.(out) ?? [];
    const inProject = lines.map((line) => line.replace(/^(\.\.\/|\/)?.*test\/cases\//, ""));
    // What was lost through one mistake is told once there.
    return { code, told: inProject.filter((line) => !line.endsWith(" lex-line-lost")) };
  });
  for (const each of told) expect(each).toEqual(told[0]);
});

describe.each(formats)("%s", (format) => {
  test.each<[string, readonly string[], number]>([
    ["errors", ["a.conf", "b.conf"], 1],
    ["none", ["b.conf"], 0],
    ["the rule is off", ["--rule", "lex-unknown-keyword=off", "a.conf"], 0],
    ["too many warnings", ["--rule", "lex-unknown-keyword=off", "--max-warnings", "0", "a.conf"], 1],
    ["a file that is not there", ["b.conf", "gone.conf"], 2],
    ["nothing that can be read", ["gone.conf"], 2],
  ])("exit code, %s", (_, words, code) => {
    expect(runLint(["--format", format, ...words], { cwd: folderOf(files).path }).code).toBe(code);
  });

  test("what --fix does is told on standard error", () => {
    const folder = folderOf(files);
    const { out, err } = runLint(["--format", format, "--fix", "a.conf", "b.conf"], { cwd: folder.path });
    expect(err).toContain("a.conf: 1 fix applied");
    expect(toldIn[format]?.(out).some((line) => line.includes("vrrp-auth-pass-too-long"))).toBe(false);
    expect(folder.read("a.conf")).toContain("auth_pass 1-intern\n");
  });

  test("no colours, on a terminal of any width", () => {
    const { path: cwd } = folderOf(files);
    const words = ["--format", format, "a.conf", "b.conf"];
    const plain = runLint(words, { cwd });
    expect(runLint(words, { cwd, columns: 40, environment: { FORCE_COLOR: "1" } })).toEqual(plain);
    expect(plain.out).not.toContain("\u001b");
  });

  test("mended text and a document are not both on standard output", () => {
    const { code, err } = runLint(["--fix", "--format", format, "-"], { input: soundHost(150) });
    expect({ code, err }).toEqual({
      code: 2,
      err: `vrrp-lint: --fix writes the text of - to standard output, so --format ${format} has no place there\n`,
    });
  });
});

describe.each(formats.filter((format) => format !== "json"))("%s has no place", (format) => {
  test.each([
    [
      "for tables",
      ["--takeover", "b.conf"],
      /^vrrp-lint: --takeover shows tables, and --format \w+ has no place/,
    ],
    ["for the list of rules", ["--list-rules"], /^vrrp-lint: --list-rules is text or json, and not \w+\n$/],
  ])("%s", (_, words, message) => {
    const { code, out, err } = runLint(["--format", format, ...words], { cwd: folderOf(files).path });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });
});
