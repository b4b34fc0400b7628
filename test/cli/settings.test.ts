import { describe, expect, test } from "vitest";
import { runLint } from "../support/command.ts";
import { longPassword, soundHost } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

const warned = soundHost(150, ...longPassword);
const rule = "vrrp-auth-pass-too-long";

/** What a call says in a folder with these settings. */
function lint(
  settings: unknown,
  words: readonly string[] = ["a.conf"],
  more: Readonly<Record<string, string>> = {},
) {
  const text = typeof settings === "string" ? settings : JSON.stringify(settings);
  const folder = folderOf({ "a.conf": warned, ".vrrplintrc.json": text, ...more });
  return runLint(["--format", "json", ...words], { cwd: folder.path });
}

const rulesIn = ({ out }: { out: string }) =>
  (JSON.parse(out) as { diagnostics: { rule: string; severity: string }[] }).diagnostics.map(
    (each) => `${each.severity} ${each.rule}`,
  );

describe(".vrrplintrc.json", () => {
  test("sets the level of rules, and the command line has the last word", () => {
    expect(rulesIn(lint({ rules: { [rule]: "off" } }))).toEqual([]);
    expect(rulesIn(lint({ rules: { [rule]: "error" } }))).toEqual([`error ${rule}`]);
    expect(rulesIn(lint({ rules: { [rule]: "off" } }, ["--rule", `${rule}=hint`, "a.conf"]))).toEqual([
      `hint ${rule}`,
    ]);
  });

  test("is found upward from the file, the nearest one wins", () => {
    const folder = folderOf({
      ".vrrplintrc.json": JSON.stringify({ rules: { [rule]: "off" } }),
      "x/y/a.conf": warned,
      "z/.vrrplintrc.json": JSON.stringify({ rules: { [rule]: "info" } }),
      "z/a.conf": warned,
    });
    const from = (file: string) => rulesIn(runLint(["--format", "json", file], { cwd: folder.path }));
    expect(from("x/y/a.conf")).toEqual([]);
    expect(from("x")).toEqual([]);
    expect(from("z/a.conf")).toEqual([`info ${rule}`]);
  });

  test("maxWarnings", () => {
    expect(lint({ maxWarnings: 0 }).code).toBe(1);
    expect(lint({ maxWarnings: 1 }).code).toBe(0);
    expect(lint({ maxWarnings: 0 }, ["--max-warnings", "1", "a.conf"]).code).toBe(0);
  });

  test("target, for all hosts or by name or file", () => {
    const new228 = { "a.conf": soundHost(150, "timer_expired_backup") };
    // A hint says that nobody named the release; an error makes the exit code 1.
    const isTooNew = (target: unknown) => {
      const result = lint({ target }, ["a.conf"], new228);
      return rulesIn(result).join().includes("too-new") && result.code === 1;
    };
    expect(isTooNew("2.2.7")).toBe(true);
    expect(isTooNew("2.4.3")).toBe(false);
    expect(isTooNew({ a: "2.2.7" })).toBe(true);
    expect(isTooNew({ "a.conf": "2.2.7" })).toBe(true);
    expect(isTooNew({ b: "2.2.7" })).toBe(false);
  });

  test("hosts: names for files, and what is judged when no file is given", () => {
    const settings = { hosts: { east: "a.conf", west: "sub/b.conf" } };
    const { out } = lint(settings, [], { "sub/b.conf": soundHost(100) });
    expect(JSON.parse(out)).toMatchObject({
      files: [
        { path: "a.conf", host: "east" },
        { path: "sub/b.conf", host: "west" },
      ],
    });
  });

  test("complete: whether the files are the whole cluster", () => {
    const second = soundHost(150).replace(/^global_defs.*?\n}\n/s, "");
    const both = soundHost(150) + second.replace("VI_1", "VI_2").replace("router_id 51", "router_id 52");
    const other = { "a.conf": both.replace(/\.100(?=[^.]*$)/, ".200"), "b.conf": soundHost(100) };
    const lonely = (settings: object) => rulesIn(lint(settings, ["a.conf", "b.conf"], other)).join();
    expect(lonely({})).toContain("xh-instance-without-peer");
    expect(lonely({ complete: true })).toContain("xh-instance-without-peer");
    expect(lonely({ complete: false })).not.toContain("xh-instance-without-peer");
  });

  test("configId decides what @id lines count", () => {
    const conditional = soundHost(100).replace("    priority 100", "    @x priority 42");
    const { out } = lint({ configId: "x" }, ["a.conf"], { "a.conf": conditional });
    expect(JSON.parse(out)).toMatchObject({ routers: [{ members: [{ priority: 42 }] }] });
  });
});

describe("wrong settings are one line with file and place, exit code 2", () => {
  test.each([
    [
      "no JSON",
      "{\n  rules: {}\n}",
      /^vrrp-lint: \.vrrplintrc\.json:2:3: this is not valid JSON: expected a name/,
    ],
    ["an end too early", '{ "rules": {', /1:13: this is not valid JSON/],
    ["text after the end", "{}\nx", /2:1: this is not valid JSON: text after the end/],
    ["a control character", '{ "a": "\u0001" }', /1:8: this is not valid JSON: a control character/],
    [
      "a member twice",
      '{ "complete": true,\n  "complete": true }',
      /2:3: this is not valid JSON: "complete" stands here a second time/,
    ],
    ["no object", "[]", /1:1: the settings must be an object/],
    ["unknown member", '{\n  "rule": {}\n}', /2:3: there is no setting "rule"; did you mean "rules"\?/],
    ["unknown rule", '{ "rules": { "vrrp-nonsense-of-mine": "off" } }', /1:14: there is no rule/],
    ["unknown level", `{ "rules": {\n    "${rule}": "fatal" } }`, /2:32: the level of a rule must be one of/],
    ["no release", '{ "target": "newest" }', /1:13: a keepalived release must be a string such as "2\.2\.7"/],
    ["a number for a release", '{ "target": 2 }', /1:13: a keepalived release must be a string/],
    ["no release for a host", '{ "target": { "a": 2 } }', /1:20: a keepalived release/],
    ["no number", '{ "maxWarnings": -1 }', /1:18: "maxWarnings" must be a whole number, 0 or more/],
    ["no boolean", '{ "complete": "yes" }', /1:15: "complete" must be true or false/],
    ["no file", '{ "hosts": { "a": 1 } }', /1:19: the file of host "a" must be a string/],
    ["too deep", "[".repeat(200), /nested too deeply/],
  ])("%s", (_, text, message) => {
    const { code, out, err } = lint(text);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
    expect(err.match(/\n/g)).toHaveLength(1);
  });
});
