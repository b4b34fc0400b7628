/** `--format junit`: what GitLab, Jenkins and others read. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { harmless } from "../../src/cli/columns.ts";
import { junitReport } from "../../src/cli/junit.ts";
import { visible } from "../../src/cli/visible.ts";
import { runLint } from "../support/command.ts";
import { longPassword, soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";
import { anyDiagnostics, anyText, oddTexts, outcomeOf } from "../support/outcome.ts";
import { everyElement, type Read, readXml } from "../support/xml.ts";

const lint = (files: Readonly<Record<string, string>>, ...words: readonly string[]) => {
  const { out, err, code } = runLint(["--format", "junit", ...words, ...Object.keys(files)], {
    cwd: folderOf(files).path,
  });
  return { root: readXml(out), err, code };
};

/** Each suite with its counts and its cases: name, and what each holds. */
const shapeOf = ({ children }: Read) =>
  children.map(({ attributes: { name, tests, failures, errors }, children }) => [
    `${name} ${tests}/${failures}/${errors}`,
    ...children.map((each) =>
      [each.attributes["name"], ...each.children.map((child) => child.name)].join(": "),
    ),
  ]);

test("a reader gets every finding as it was, but for what XML cannot hold, and the counts are right", () => {
  fc.assert(
    fc.property(anyDiagnostics, fc.array(anyText, { maxLength: 2 }), (diagnostics, problems) => {
      const root = readXml(junitReport(outcomeOf(oddTexts, diagnostics, { problems })));
      const inOrder = Object.keys(oddTexts).flatMap((file) =>
        diagnostics.filter(({ at }) => at.file === file),
      );
      const failing = inOrder.filter(({ severity }) => severity === "error" || severity === "warning");
      const failures = everyElement(root, "failure");
      expect(failures.map(({ attributes }) => attributes)).toEqual(
        failing.map(({ message, severity }) => ({ message: visible(message), type: severity })),
      );
      for (const [index, { message }] of failing.entries())
        for (const word of visible(harmless(message)).split(" "))
          expect(failures[index]?.text).toContain(word);
      expect(everyElement(root, "error").map(({ text }) => text)).toEqual(problems.map(visible));
      for (const suite of [root, ...everyElement(root, "testsuite")]) {
        const { tests, failures, errors, skipped } = suite.attributes;
        const inside = (name: string) => `${everyElement(suite, name).length}`;
        expect({ tests, failures, errors, skipped }).toEqual({
          tests: inside("testcase"),
          failures: inside("failure"),
          errors: inside("error"),
          skipped: "0",
        });
      }
      const cases = everyElement(root, "testcase").filter(
        ({ attributes }) => attributes["file"] !== undefined,
      );
      const names = cases.map(({ attributes }) => `${attributes["classname"]}\n${attributes["name"]}`);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});

describe("suites and cases", () => {
  test("errors and warnings fail, information passes, a sound file has one case", () => {
    const bad = soundHost(150, unknownLine, "frobnicate 8", ...longPassword);
    const { root, code, err } = lint(
      { "a.conf": bad, "b.conf": soundHost(100) },
      ...["--rule", "vrrp-auth-pass-too-long=info", "--rule", "xh-auth-one-sided=off"],
    );
    expect(shapeOf(root)).toEqual([
      [
        "a.conf 3/2/0",
        "lex-unknown-keyword: failure",
        "lex-unknown-keyword (2): failure",
        "vrrp-auth-pass-too-long: system-out",
      ],
      ["b.conf 1/0/0", "no problems"],
    ]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
  });

  test("a case names its file and line, its failure the message and the frame", () => {
    const { root } = lint({ "a.conf": soundHost(150, ...longPassword) });
    const [found] = everyElement(root, "testcase");
    expect(found?.attributes).toEqual({
      name: "vrrp-auth-pass-too-long",
      classname: "a.conf",
      file: "a.conf",
      line: "13",
      time: "0",
    });
    const [failure] = found?.children ?? [];
    expect(failure?.attributes).toEqual({
      message: expect.stringMatching(/^auth_pass has 13 bytes/),
      type: "warning",
    });
    expect(failure?.text).toMatch(/^a\.conf:13:19 warning auth_pass has 13 bytes.*\n {3}13 \| {9}auth_pass/);
    expect(failure?.text).toContain("\n  fix: Write 1-intern (--fix does it)\n");
  });

  test("an included file has a suite of its own", () => {
    const files = { "a.conf": "include parts/b.inc\n", "parts/b.inc": soundHost(100, unknownLine) };
    const { out } = runLint(["--format", "junit", "a.conf"], { cwd: folderOf(files).path });
    expect(shapeOf(readXml(out))).toEqual([
      ["a.conf 1/0/0", "no problems"],
      ["parts/b.inc 1/1/0", "lex-unknown-keyword: failure"],
    ]);
  });

  test("what cannot be read is an error, also where there is nothing else", () => {
    const { path: cwd } = folderOf({});
    const { out, code } = runLint(["--format", "junit", "gone.conf"], { cwd });
    expect(shapeOf(readXml(out))).toEqual([
      ["vrrp-lint 1/0/1", "gone.conf: no such file or directory: error"],
    ]);
    expect(code).toBe(2);
  });

  test("what --explore tried is a case that passes", () => {
    const { root } = lint(
      { "a.conf": soundHost(150), "b.conf": soundHost(100) },
      "--explore",
      "--faults",
      "1",
    );
    expect(shapeOf(root).at(-1)).toEqual(["vrrp-lint 1/0/0", "--explore: system-out"]);
    expect(everyElement(root, "system-out")[0]?.text).toMatch(/^Explored: nothing fails in /);
  });
});
