/**
 * Every folder of test/cases/ is a fleet: its host files, and in expected.txt one line for each diagnostic. The folders
 * of examples/ that hold host files are judged the same way. `UPDATE=1 npx vitest run test/cases.test.ts` writes the
 * lists anew: read what changed before you believe it.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runLint } from "./support/command.ts";
import { root } from "./support/project.ts";

interface Case {
  readonly name: string;
  readonly folder: string;
  readonly expected: string;
}

interface Listed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly rule: string;
  readonly fixable: boolean;
}

function cases(): Case[] {
  const inside = (folder: string) =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const fleets = inside("test/cases").map(({ name }) => ({
    name,
    folder: path.join(root, "test/cases", name),
    expected: path.join(root, "test/cases", name, "expected.txt"),
  }));
  const hasFiles = ({ name }: { readonly name: string }) =>
    readdirSync(path.join(root, "examples", name)).some((file) => file.endsWith(".conf"));
  const examples = inside("examples")
    .filter(hasFiles)
    .map(({ name }) => ({
      name: `examples/${name}`,
      folder: path.join(root, "examples", name),
      expected: path.join(root, "test/cases", `examples-${name}.txt`),
    }));
  return [...fleets, ...examples];
}

/** Judges a folder as a user would: the hosts of its settings, else the folder itself. */
function judge(folder: string): readonly Listed[] {
  const { out, err } = runLint(["--format", "json", ...operands(folder)], { cwd: folder });
  expect(err).toBe("");
  return (JSON.parse(out) as { diagnostics: Listed[] }).diagnostics;
}

function operands(folder: string): string[] {
  const settings = path.join(folder, ".vrrplintrc.json");
  const namesHosts = existsSync(settings) && readFileSync(settings, "utf8").includes('"hosts"');
  return namesHosts ? [] : ["."];
}

describe.each(cases())("$name", ({ folder, expected }) => {
  test("is judged as listed", () => {
    const found = judge(folder).map(
      (each) => `${each.file}:${each.line}:${each.column} ${each.severity} ${each.rule}\n`,
    );
    if (process.env["UPDATE"]) writeFileSync(expected, found.join(""));
    expect(found.join("")).toBe(readFileSync(expected, "utf8"));
  });

  test("has nothing to mend left after --fix", () => {
    const copy = mkdtempSync(path.join(tmpdir(), "vrrpkit-case-"));
    try {
      cpSync(folder, copy, { recursive: true });
      runLint(["--fix", ...operands(copy)], { cwd: copy });
      expect(judge(copy).filter(({ fixable }) => fixable)).toEqual([]);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});
