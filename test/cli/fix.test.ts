import { chmodSync, readdirSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runLint } from "../support/command.ts";
import { longPassword, soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

const bad = soundHost(150, ...longPassword);
const mended = bad.replace("1-internal-ha", "1-intern");

describe("--fix", () => {
  test("changes the files, says what changed, and reports what is left", () => {
    const folder = folderOf({
      "a.conf": soundHost(150, ...longPassword, unknownLine),
      "b.conf": soundHost(100, ...longPassword),
    });
    const { code, out } = runLint(["--fix", "a.conf", "b.conf"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.conf: 1 fix applied\n {2}line 13: Write 1-intern\n\nb\.conf: 1 fix applied\n/);
    expect(out).toContain("a.conf:15:5 error ");
    expect(out).not.toContain("1-internal-ha");
    expect(folder.read("b.conf")).toBe(soundHost(100, ...longPassword).replace("1-internal-ha", "1-intern"));
  });

  test("leaves a file alone that has nothing to mend", () => {
    const folder = folderOf({ "a.conf": soundHost(150) });
    const before = statSync(path.join(folder.path, "a.conf"));
    expect(runLint(["--fix", "a.conf"], { cwd: folder.path }).code).toBe(0);
    const after = statSync(path.join(folder.path, "a.conf"));
    expect({ inode: after.ino, changed: after.mtimeMs }).toEqual({
      inode: before.ino,
      changed: before.mtimeMs,
    });
  });

  test("keeps the mode, leaves nothing beside the file, and keeps a link a link", () => {
    const folder = folderOf({ "real.conf": bad });
    chmodSync(path.join(folder.path, "real.conf"), 0o640);
    symlinkSync("real.conf", path.join(folder.path, "a.conf"));
    runLint(["--fix", "a.conf"], { cwd: folder.path });
    expect(folder.read("real.conf")).toBe(mended);
    expect(statSync(path.join(folder.path, "real.conf")).mode & 0o777).toBe(0o640);
    expect(
      readdirSync(folder.path, { withFileTypes: true }).map((each) => [each.name, each.isSymbolicLink()]),
    ).toEqual([
      ["a.conf", true],
      ["real.conf", false],
    ]);
  });

  test("mends included files", () => {
    const folder = folderOf({ "main.conf": "include parts/*.conf\n", "parts/a.conf": bad });
    const { out } = runLint(["--fix", "main.conf"], { cwd: folder.path });
    expect(folder.read("parts/a.conf")).toBe(mended);
    expect(folder.read("main.conf")).toBe("include parts/*.conf\n");
    expect(out).toContain("parts/a.conf: 1 fix applied");
  });

  test("a file that two hosts share is mended once", () => {
    const folder = folderOf({ "c.conf": bad });
    const { out } = runLint(["--fix", "--host", "a=c.conf", "--host", "b=c.conf"], { cwd: folder.path });
    expect(out).toContain("c.conf: 1 fix applied");
    expect(folder.read("c.conf")).toBe(mended);
  });

  test.each([
    ["CRLF and a final line without end", bad.trimEnd().replaceAll("\n", "\r\n"), "utf8"],
    ["a byte order mark", `\uFEFF# first\n${bad}`, "utf8"],
    ["comments in Latin-1", `# caf\u00e9\n${bad}`, "latin1"],
    ["wide characters and emoji", `# 报警 \u{1f389}\n${bad}`, "utf8"],
  ] as const)("keeps every other byte: %s", (_, text, encoding) => {
    const folder = folderOf({ "a.conf": Buffer.from(text, encoding) });
    runLint(["--fix", "--rule", "lex-bom=off", "a.conf"], { cwd: folder.path });
    const expected = Buffer.from(text.replace("1-internal-ha", "1-intern"), encoding);
    expect(Buffer.from(folder.read("a.conf"))).toEqual(Buffer.from(expected.toString("utf8")));
  });

  test("a silenced finding is not mended", () => {
    const silenced = bad.replace(
      "        auth_pass",
      "        # vrrp-lint-disable-next-line vrrp-auth-pass-too-long\n        auth_pass",
    );
    const folder = folderOf({ "a.conf": silenced });
    runLint(["--fix", "a.conf"], { cwd: folder.path });
    expect(folder.read("a.conf")).toBe(silenced);
  });

  test("a rule that is off mends nothing", () => {
    const folder = folderOf({ "a.conf": bad });
    runLint(["--fix", "--rule", "vrrp-auth-pass-too-long=off", "a.conf"], { cwd: folder.path });
    expect(folder.read("a.conf")).toBe(bad);
  });

  test("standard input: the mended text on standard output, the report on standard error", () => {
    const { code, out, err } = runLint(["--fix", "-"], { input: bad });
    expect({ code, out }).toEqual({ code: 0, out: mended });
    expect(err).toContain("-: 1 fix applied");
    expect(runLint(["--fix", "-"], { input: mended }).out).toBe(mended);
  });

  test("with JSON the changes are told on standard error", () => {
    const folder = folderOf({ "a.conf": bad });
    const { out, err } = runLint(["--fix", "--format", "json", "a.conf"], { cwd: folder.path });
    expect(JSON.parse(out)).toMatchObject({ diagnostics: [] });
    expect(err).toContain("a.conf: 1 fix applied");
  });

  test("a file that cannot be written is one line and exit code 2, and is judged as it is", () => {
    const folder = folderOf({ "sub/a.conf": bad });
    const blocker = path.join(folder.path, "sub", `.a.conf.vrrp-lint-${process.pid}`);
    symlinkSync("nowhere", blocker);
    const { code, out, err } = runLint(["--fix", "sub/a.conf"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(out).toMatch(/\n0 errors, 1 warning in 1 host, 1 virtual router\. --fix mends 1\.\n$/);
    expect(err).toMatch(/^vrrp-lint: sub\/a\.conf: cannot be written: .+\n$/);
    expect(folder.read("sub/a.conf")).toBe(bad);
  });
});
