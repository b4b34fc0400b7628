import { describe, expect, test } from "vitest";
import { runLint } from "../support/command.ts";
import { longPassword, longPasswordRule, soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

const sound = () => folderOf({ "a.conf": soundHost(150), "b.conf": soundHost(100) }).path;
const warned = () =>
  folderOf({ "a.conf": soundHost(150, ...longPassword), "b.conf": soundHost(100, ...longPassword) }).path;
const wrong = () => folderOf({ "a.conf": soundHost(150, unknownLine), "b.conf": soundHost(100) }).path;

describe("exit code", () => {
  test.each([
    ["0 without findings", sound, [], 0],
    ["0 with warnings", warned, [], 0],
    ["0 with as many warnings as allowed", warned, ["--max-warnings", "2"], 0],
    ["1 with one warning too many", warned, ["--max-warnings", "1"], 1],
    ["1 with an error", wrong, [], 1],
    ["1 when a warning is made an error", warned, ["--rule", `${longPasswordRule}=error`], 1],
    ["0 when the rule is off", wrong, ["--rule", "lex-unknown-keyword=off"], 0],
    ["1 for errors in JSON, too", wrong, ["--format", "json"], 1],
    ["1 for errors with --takeover, too", wrong, ["--takeover"], 1],
  ])("%s", (_, folder, words, code) => {
    expect(runLint([...words, "a.conf", "b.conf"], { cwd: folder() }).code).toBe(code);
  });
});

describe("a wrong call is one line on standard error and exit code 2", () => {
  test.each([
    ["no file", [], /^vrrp-lint: which files\?.*--help/],
    ["unknown option", ["--nope", "a.conf"], /unknown option '--nope'/],
    ["value for an option that takes none", ["--fix=3", "a.conf"], /unknown option '--fix=3'/],
    ["option without its value", ["--format"], /--format needs a value: --format FORMAT/],
    [
      "unknown format",
      ["--format", "xml", "a.conf"],
      /--format xml: there are: text, json, sarif, github, junit\n/,
    ],
    [
      "unknown rule",
      ["--rule", "vrrp-auth-pas-too-long=off", "a.conf"],
      /did you mean vrrp-auth-pass-too-long\?/,
    ],
    ["rule without level", ["--rule", longPasswordRule, "a.conf"], /error, warning, info, hint, off/],
    ["unknown level", ["--rule", `${longPasswordRule}=fatal`, "a.conf"], /error, warning, info, hint, off/],
    ["no release", ["--target", "newest", "a.conf"], /such as 2\.2\.7/],
    [
      "release for a stranger",
      ["--target", "c.conf=2.2.7", "a.conf"],
      /c\.conf is none of the files or hosts/,
    ],
    ["host without file", ["--host", "a"], /write NAME=FILE/],
    ["one name for two hosts", ["--host", "a=a.conf", "--host", "a=b.conf"], /given before/],
    ["no number", ["--max-warnings", "few", "a.conf"], /whole number/],
    ["unknown rule to explain", ["--explain", "nonsense"], /there is no rule or keyword "nonsense"/],
  ])("%s", (_, words, message) => {
    const { code, out, err } = runLint(words, { cwd: sound() });
    expect(err).toMatch(message);
    expect(err.match(/\n/g)).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});

describe("--help and --version", () => {
  test("the help teaches with examples, in 80 columns", () => {
    const { code, out } = runLint(["--help"]);
    expect(code).toBe(0);
    for (const option of [
      "--format",
      "--fix",
      "--target",
      "--config-id",
      "--host",
      "--rule",
      "--max-warnings",
    ])
      expect(out).toContain(option);
    for (const option of ["--explain", "--list-rules", "--takeover", "--version"])
      expect(out).toContain(option);
    expect(out).toContain("vrrp-lint host-a.conf host-b.conf");
    expect(out).toContain("Exit code");
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("the version is that of the package", () => {
    expect(runLint(["--version"])).toEqual({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: "",
    });
  });
});

describe("--rule", () => {
  const rulesFound = (...words: readonly string[]) => {
    const { out } = runLint(["--format", "json", ...words, "a.conf", "b.conf"], { cwd: warned() });
    return (JSON.parse(out) as { diagnostics: { rule: string; severity: string }[] }).diagnostics;
  };

  test("changes the level of a rule", () => {
    expect(rulesFound("--rule", `${longPasswordRule}=hint`).map(({ severity }) => severity)).toEqual([
      "hint",
      "hint",
    ]);
  });

  test("may be given several times, and the last word on a rule counts", () => {
    const words = [`${longPasswordRule}=error`, "lex-unknown-keyword=off", `${longPasswordRule}=off`];
    expect(rulesFound(...words.flatMap((word) => ["--rule", word]))).toEqual([]);
  });
});

describe("--target", () => {
  const onA = (...words: readonly string[]) => {
    const cwd = folderOf({ "a.conf": soundHost(150, "timer_expired_backup"), "b.conf": soundHost(100) }).path;
    const { out } = runLint(["--format", "json", ...words, "a.conf", "b.conf"], { cwd });
    const { diagnostics } = JSON.parse(out) as { diagnostics: { rule: string; severity: string }[] };
    return diagnostics.map(({ rule, severity }) => `${severity} ${rule}`);
  };

  test("says no more than a hint about releases that are not named", () => {
    expect(onA()).toEqual(["hint lex-keyword-too-new"]);
  });

  test.each([
    ["for all hosts", ["--target", "2.2.7"], true],
    ["for one file", ["--target", "a.conf=2.2.7"], true],
    ["for one host by its name", ["--target", "a=2.2.7"], true],
    ["for the other host", ["--target", "b=2.2.7"], false],
    ["with a v before it", ["--target", "v2.2.7"], true],
    ["one host against all", ["--target", "2.2.7", "--target", "a=2.4.0"], false],
    ["new enough", ["--target", "2.4.0"], false],
  ])("%s", (_, words, reported) => {
    expect(onA(...words).includes("error lex-keyword-too-new")).toBe(reported);
  });
});

describe("--host and --config-id", () => {
  const shared = soundHost(100).replace("    priority 100\n", "    @a priority 150\n    @b priority 100\n");
  const members = (...words: readonly string[]) => {
    const { out } = runLint(["--format", "json", ...words], { cwd: folderOf({ "c.conf": shared }).path });
    const { routers } = JSON.parse(out) as { routers: { members: { file: string; priority: number }[] }[] };
    return routers.map((router) => router.members.map(({ file, priority }) => `${file} ${priority}`));
  };

  test("one file is as many hosts as it has names", () => {
    expect(members("--host", "a=c.conf", "--host", "b=c.conf")).toEqual([["c.conf 150", "c.conf 100"]]);
  });

  test("a file that is named and given is one host", () => {
    expect(members("--host", "a=c.conf", "c.conf")).toEqual([["c.conf 150"]]);
  });

  test("--config-id decides for files without a name", () => {
    expect(members("--config-id", "a", "c.conf")).toEqual([["c.conf 150"]]);
    expect(members("--config-id", "a", "--host", "b=c.conf")).toEqual([["c.conf 100"]]);
  });
});
