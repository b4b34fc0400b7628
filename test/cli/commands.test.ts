/** The built commands as processes: what only a process can show. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { build } from "../../scripts/build.mjs";
import { longPassword, soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";
import { root } from "../support/project.ts";

const description = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  bin: Readonly<Record<string, string>>;
};

function call(command: string, words: readonly string[], options: { cwd?: string; input?: string } = {}) {
  const file = path.join(root, description.bin[command] ?? "");
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...words], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return { code: status, out: stdout, err: stderr };
}

beforeAll(build, 60_000);

describe("vrrp-lint", () => {
  test.each([
    ["0", [], soundHost(100), ""],
    ["1", [], soundHost(100, unknownLine), "-:11:5 error "],
    ["2", ["gone.conf"], soundHost(100, unknownLine), "-:11:5 error "],
  ])("leaves with %s and reads standard input", (code, words, input, expected) => {
    const result = call("vrrp-lint", [...words, "-"], { input });
    expect(result.code).toBe(Number(code));
    expect(result.out).toContain(expected);
  });

  test("writes all of a long document into a pipe", () => {
    const { path: cwd } = folderOf({
      "a.conf": soundHost(100, ...Array.from({ length: 900 }, () => unknownLine)),
    });
    const { out } = call("vrrp-lint", ["--format", "json", "a.conf"], { cwd });
    expect((JSON.parse(out) as { diagnostics: unknown[] }).diagnostics).toHaveLength(900);
  });

  test("a reader that goes away is no error", () => {
    const { path: cwd } = folderOf({
      "a.conf": soundHost(100, ...Array.from({ length: 900 }, () => unknownLine)),
    });
    const file = path.join(root, description.bin["vrrp-lint"] ?? "");
    const pipe = `"${process.execPath}" "${file}" a.conf | head -n 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", pipe], { cwd, encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^a\.conf:11:5 error /), stderr: "" });
  });

  test("--fix changes the file", () => {
    const folder = folderOf({ "a.conf": soundHost(100, ...longPassword) });
    expect(call("vrrp-lint", ["--fix", "a.conf"], { cwd: folder.path }).code).toBe(0);
    expect(folder.read("a.conf")).toContain("auth_pass 1-intern\n");
  });
});

test("vrrp-gen writes files and leaves with what it found", () => {
  const folder = folderOf({});
  const words = ["--host", "a=10.0.0.11/24", "--host", "b=10.0.0.12/24", "--interface", "eth0"];
  const all = ["--pair", ...words, "--router", "web=10.0.0.100", "--out-dir", "."];
  expect(call("vrrp-gen", all, { cwd: folder.path }).code).toBe(0);
  expect(call("vrrp-gen", all, { cwd: folder.path }).code).toBe(2);
  expect(call("vrrp-gen", [...all, "--router", "no=10.9.0.1"], { cwd: folder.path }).code).toBe(1);
  expect(folder.read("a.conf")).toContain("10.0.0.100/24");
});

test("vrrp-run plays files, and checks one that it would run", () => {
  const { path: cwd } = folderOf({ "a.conf": soundHost(100) });
  expect(call("vrrp-run", ["--simulate", "a.conf"], { cwd })).toMatchObject({ code: 0, err: "" });
  expect(call("vrrp-run", ["--check", "-f", "b.conf"], { cwd })).toMatchObject({ code: 2, out: "" });
});

test("every command is one file with a first line that finds Node", () => {
  for (const file of Object.values(description.bin))
    expect(readFileSync(path.join(root, file), "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
});
