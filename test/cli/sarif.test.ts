/** `--format sarif`: what code scanning reads, held against the schema. */
import type { Result, Run } from "sarif";
import { describe, expect, test } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { properties } from "../../src/rules/properties.ts";
import { runLint } from "../support/command.ts";
import { longPassword, longPasswordRule, soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";
import { readSarif } from "../support/sarif.ts";

const lint = (files: Readonly<Record<string, string>>, ...words: readonly string[]) => {
  const names = Object.keys(files).filter((file) => file.endsWith(".conf"));
  const { out, err, code } = runLint(["--format", "sarif", ...words, ...names], {
    cwd: folderOf(files).path,
  });
  return { run: readSarif(out), err, code };
};

const warned = { "a.conf": soundHost(150, ...longPassword), "b.conf": soundHost(100, ...longPassword) };
const found = ({ results = [] }: Run, rule: string) =>
  results.find(({ ruleId }) => ruleId === rule) as Result;

test("a finding has its level, its text, its region and its fix", () => {
  const { run, err, code } = lint(warned);
  const location = { uri: "a.conf", uriBaseId: "%SRCROOT%", index: 0 };
  expect(run.results?.[0]).toEqual({
    ruleId: longPasswordRule,
    ruleIndex: rules.findIndex(({ id }) => id === longPasswordRule),
    level: "warning",
    message: {
      text: expect.stringMatching(/^auth_pass has 13 bytes.*\nfix: Write 1-intern \(--fix does it\)$/),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: location,
          region: { startLine: 13, startColumn: 19, endLine: 13, endColumn: 32 },
        },
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{1,16}:1$/),
      primaryLocationStartColumnFingerprint: "10",
    },
    fixes: [
      {
        description: { text: "Write 1-intern" },
        artifactChanges: [
          {
            artifactLocation: location,
            replacements: [
              {
                deletedRegion: { startLine: 13, startColumn: 19, endLine: 13, endColumn: 32 },
                insertedContent: { text: "1-intern" },
              },
            ],
          },
        ],
      },
    ],
  });
  expect({ err, code }).toEqual({ err: "", code: 0 });
});

test("the message links to the places in the other hosts' files", () => {
  const { run } = lint({ "a.conf": soundHost(100), "b.conf": soundHost(100, ...longPassword) });
  const tie = found(run, "xh-priority-tie");
  expect(tie.message.text).toContain("\n[b.conf:9:14](1) has the same priority\n");
  expect(tie.relatedLocations).toEqual([
    {
      id: 1,
      physicalLocation: {
        artifactLocation: { uri: "b.conf", uriBaseId: "%SRCROOT%", index: 1 },
        region: { startLine: 9, startColumn: 14, endLine: 9, endColumn: 17 },
      },
      message: { text: "b.conf has the same priority" },
    },
  ]);
  expect(tie.fixes).toBeUndefined();
});

describe("the run", () => {
  test("lists all rules, whatever was found", () => {
    const { tool } = lint(warned).run;
    const listed = tool.driver.rules ?? [];
    expect(listed.map(({ id }) => id)).toEqual([...rules, ...properties].map(({ id }) => id));
    expect(lint({ "a.conf": soundHost(150) }).run.tool).toEqual(tool);
    for (const { id, helpUri, shortDescription, fullDescription, help } of listed) {
      expect(helpUri).toMatch(new RegExp(`^file:///.*/docs/rules\\.md#${id}$`));
      for (const text of [shortDescription?.text, fullDescription?.text]) {
        expect(text?.length).toBeGreaterThan(0);
        // More is not shown by code scanning.
        expect(text?.length).toBeLessThanOrEqual(1024);
      }
      expect(help?.text).toContain(`vrrp-lint-disable-next-line ${id}`);
      expect(help?.markdown).toContain("**Why:** ");
    }
    expect(listed.find(({ id }) => id === longPasswordRule)).toMatchObject({
      defaultConfiguration: { level: "warning" },
      properties: { tags: ["keepalived", "one-host"], "problem.severity": "warning" },
    });
  });

  test("names the files that were judged, and what its units are", () => {
    const folder = folderOf(warned);
    const run = readSarif(runLint(["--format", "sarif", "b.conf", "a.conf"], { cwd: folder.path }).out);
    expect(run.artifacts?.map(({ location }) => location?.uri)).toEqual(["b.conf", "a.conf"]);
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(run.originalUriBaseIds).toEqual({ "%SRCROOT%": { uri: `file://${folder.path}/` } });
    expect(run.tool.driver).toMatchObject({
      name: "vrrp-lint",
      semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });

  test("says how the call ended", () => {
    expect(lint(warned).run.invocations).toEqual([{ executionSuccessful: true, exitCode: 0 }]);
    expect(lint({ "a.conf": soundHost(150, unknownLine) }).run.invocations).toEqual([
      { executionSuccessful: true, exitCode: 1 },
    ]);
  });

  test("says what could not be read", () => {
    const { path: cwd } = folderOf(warned);
    const { out, err, code } = runLint(["--format", "sarif", "a.conf", "gone.conf"], { cwd });
    const { invocations, results } = readSarif(out);
    const text = "gone.conf: no such file or directory";
    expect(invocations).toEqual([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [{ level: "error", message: { text } }],
      },
    ]);
    expect(results).toHaveLength(1);
    expect({ err, code }).toEqual({ err: `vrrp-lint: ${text}\n`, code: 2 });
  });

  test("says which levels were changed, on the command line and in the settings", () => {
    const settings = JSON.stringify({ rules: { "xh-priority-tie": "hint", [longPasswordRule]: "error" } });
    const files = { ...warned, ".vrrplintrc.json": settings };
    const { run } = lint(files, "--rule", `${longPasswordRule}=off`);
    const index = (id: string) => rules.findIndex((rule) => rule.id === id);
    expect(run.results).toEqual([]);
    expect(run.invocations?.[0]?.ruleConfigurationOverrides).toEqual([
      {
        descriptor: { id: "xh-priority-tie", index: index("xh-priority-tie") },
        configuration: { level: "note" },
      },
      {
        descriptor: { id: longPasswordRule, index: index(longPasswordRule) },
        configuration: { enabled: false },
      },
    ]);
  });
});

test.each([
  ["error", "error"],
  ["warning", "warning"],
  ["info", "note"],
  ["hint", "note"],
])("%s is %s", (severity, level) => {
  const { run } = lint(warned, "--rule", `${longPasswordRule}=${severity}`);
  expect(run.results?.map((result) => result.level)).toEqual([level, level]);
});

test("standard input has no place in the repository", () => {
  const { out } = runLint(["--format", "sarif", "-"], { input: soundHost(150, ...longPassword) });
  const [result] = readSarif(out).results ?? [];
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({
    uri: "-",
    description: { text: "standard input" },
    index: 0,
  });
});

test("what --explore found has its story, and the run what was tried", () => {
  const nervous = (priority: number) => soundHost(priority, "down_timer_adverts 1");
  const files = { "a.conf": nervous(150), "b.conf": nervous(100) };
  const { run } = lint(files, "--explore", "--faults", "1");
  const lost = found(run, "explore-lost-advert");
  expect(lost.properties).toEqual({
    story: expect.arrayContaining([expect.stringMatching(/-- heal --$/)]),
    replay: expect.arrayContaining(["--simulate"]),
  });
  expect(lost.message.text).toMatch(
    /\nthe story:\n {2}0\.000 s a [\s\S]*\nto see it:\n {2}vrrp-run --simulate /,
  );
  expect(lost.ruleIndex).toBe(rules.length + properties.findIndex(({ id }) => id === lost.ruleId));
  expect(run.properties).toMatchObject({ exploration: { faults: 1, violations: 1 } });
});

test("a finding keeps its fingerprints when lines move it and its indent changes", () => {
  const fingerprints = (text: string) =>
    found(lint({ "a.conf": text }).run, longPasswordRule).partialFingerprints;
  const host = soundHost(150, ...longPassword);
  const moved = `# one\n\n# two\n${host.replaceAll("    ", "\t")}`;
  expect(fingerprints(moved)).toEqual(fingerprints(host));
  expect(fingerprints(host.replace("1-internal-ha", "2-internal-ha"))).not.toEqual(fingerprints(host));
});
