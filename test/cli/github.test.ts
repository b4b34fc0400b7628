/** `--format github`: what the runner of GitHub Actions reads. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { githubReport } from "../../src/cli/github.ts";
import { rangeOf, shownFiles } from "../../src/cli/shown.ts";
import { placeText, wholeText } from "../../src/cli/telling.ts";
import { visible } from "../../src/cli/visible.ts";
import { runLint } from "../support/command.ts";
import { longPassword, soundHost } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";
import { anyDiagnostics, anyText, oddTexts, outcomeOf } from "../support/outcome.ts";
import { readCommands } from "../support/workflow.ts";

const lint = (files: Readonly<Record<string, string>>, ...words: readonly string[]) =>
  runLint(["--format", "github", ...words, ...Object.keys(files)], { cwd: folderOf(files).path });

const levels = { error: "error", warning: "warning", info: "notice", hint: "notice" };

test("the runner reads every finding as it was, but for control characters", () => {
  fc.assert(
    fc.property(anyDiagnostics, fc.array(anyText, { maxLength: 2 }), (diagnostics, problems) => {
      const outcome = outcomeOf(oddTexts, diagnostics, { problems });
      const files = shownFiles(outcome.fleet);
      const commands = readCommands(githubReport(outcome));
      expect(commands.slice(0, problems.length)).toEqual(
        problems.map((problem) => ({
          name: "error",
          properties: { title: "vrrp-lint" },
          message: visible(problem),
        })),
      );
      const findings = commands.slice(problems.length);
      expect(findings).toHaveLength(diagnostics.length);
      for (const [index, diagnostic] of diagnostics.entries()) {
        const { name, properties, message } = findings[index] ?? { name: "", properties: {}, message: "" };
        const { line, column, endLine, endColumn } = rangeOf(diagnostic.at, files);
        expect(name).toBe(levels[diagnostic.severity]);
        expect(properties).toEqual({
          file: diagnostic.at.file,
          line: `${line}`,
          endLine: `${endLine}`,
          ...(line === endLine && { col: `${column}`, endColumn: `${endColumn}` }),
          title: `vrrp-lint ${diagnostic.rule}`,
        });
        expect(message).toBe(visible(wholeText(diagnostic, (at) => placeText(at, files))));
        expect(message.startsWith(visible(diagnostic.message))).toBe(true);
      }
    }),
  );
});

describe("a command", () => {
  test("is one line in the order that GitHub documents", () => {
    const { out, err, code } = lint({ "a.conf": soundHost(150, ...longPassword) });
    expect(out).toMatch(
      /^::warning file=a\.conf,line=13,col=19,endLine=13,endColumn=32,title=vrrp-lint vrrp-auth-pass-too-long::auth_pass has 13 bytes.*%0Afix: Write 1-intern \(--fix does it\)\n$/,
    );
    expect({ err, code }).toEqual({ err: "", code: 0 });
  });

  test("names the place in the other host's file", () => {
    const commands = readCommands(lint({ "a.conf": soundHost(100), "b.conf": soundHost(100) }).out);
    const tie = commands.find(({ properties }) => properties["title"] === "vrrp-lint xh-priority-tie");
    expect(tie?.message).toContain("\nb.conf:9:14 has the same priority\n");
  });

  test("gives columns only within a line: the runner drops them otherwise", () => {
    const [found] = readCommands(lint({ "a.conf": "vrrp_instance A {\n    interface eth0\n" }).out);
    const { line, endLine, col } = found?.properties ?? {};
    expect(col === undefined).toBe(line !== endLine);
  });

  test("of standard input has no file to stand at", () => {
    const { out } = runLint(["--format", "github", "-"], { input: soundHost(150, ...longPassword) });
    const [{ properties } = { properties: {} }] = readCommands(out);
    expect(properties).toEqual({ title: "vrrp-lint vrrp-auth-pass-too-long at -:13:19" });
  });
});

test("without findings there is nothing to say", () => {
  expect(lint({ "a.conf": soundHost(150), "b.conf": soundHost(100) })).toEqual({ code: 0, out: "", err: "" });
});

test("a file that cannot be read is an error beside the findings", () => {
  const { path: cwd } = folderOf({ "a.conf": soundHost(150, ...longPassword) });
  const { out, err, code } = runLint(["--format", "github", "a.conf", "gone.conf"], { cwd });
  expect(readCommands(out).map(({ name, message }) => `${name} ${message.slice(0, 40)}`)).toEqual([
    "error gone.conf: no such file or directory",
    "warning auth_pass has 13 bytes, but an advert ha",
  ]);
  expect({ err, code }).toEqual({ err: "vrrp-lint: gone.conf: no such file or directory\n", code: 2 });
});

test("lines lost through one mistake take one of the ten errors that GitHub shows", () => {
  const block = soundHost(150).replace("vrrp_instance VI_1 {", "vrrp_instance VI_1");
  const rulesOf = (commands: ReturnType<typeof readCommands>) =>
    commands.filter(({ properties }) => properties["title"]?.startsWith("vrrp-lint lex-line-lost")).length;
  const json = JSON.parse(runLint(["--format", "json", "-"], { input: block }).out);
  const lost = json.diagnostics.filter(({ rule }: { rule: string }) => rule === "lex-line-lost").length;
  expect(lost).toBeGreaterThan(1);
  expect(rulesOf(readCommands(runLint(["--format", "github", "-"], { input: block }).out))).toBe(1);
});

test("what --explore tried is a notice", () => {
  const files = { "a.conf": soundHost(150), "b.conf": soundHost(100) };
  const [notice, ...others] = readCommands(lint(files, "--explore", "--faults", "1").out);
  expect(others).toEqual([]);
  expect(notice).toMatchObject({ name: "notice", properties: { title: "vrrp-lint --explore" } });
  expect(notice?.message).toMatch(/^Explored: nothing fails in .*\nNot tried: /);
});
