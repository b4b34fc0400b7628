import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runLint } from "../support/command.ts";
import { soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

/** The files that a call reads, as the report names them, with the name of the host they belong to. */
function filesOf(cwd: string, ...words: readonly string[]): string[] {
  const { out } = runLint(["--format", "json", ...words], { cwd, input: soundHost(90) });
  return (JSON.parse(out) as { files: { path: string; host: string }[] }).files.map(
    (file) => `${file.path} of ${file.host}`,
  );
}

describe("which files are hosts", () => {
  const tree = {
    "b.conf": soundHost(100),
    "a.conf": soundHost(150),
    "notes.txt": "no configuration",
    "deep/c.conf": soundHost(50),
    ".hidden/d.conf": soundHost(40),
  };

  test("files, in the order given, each once", () => {
    const { path: cwd } = folderOf(tree);
    expect(filesOf(cwd, "b.conf", "a.conf", "./b.conf")).toEqual(["b.conf of b", "a.conf of a"]);
    expect(filesOf(cwd, path.join(cwd, "a.conf"))).toEqual([`${path.join(cwd, "a.conf")} of a`]);
  });

  test("a folder stands for its *.conf files and those below", () => {
    const { path: cwd } = folderOf(tree);
    expect(filesOf(cwd, ".")).toEqual(["a.conf of a", "b.conf of b", "deep/c.conf of c"]);
    expect(filesOf(cwd, "deep/")).toEqual(["deep/c.conf of c"]);
  });

  test("a pattern stands for what it matches", () => {
    const { path: cwd } = folderOf(tree);
    expect(filesOf(cwd, "*.conf")).toEqual(["a.conf of a", "b.conf of b"]);
    expect(filesOf(cwd, "**/{a,c}.conf")).toEqual(["a.conf of a", "deep/c.conf of c"]);
  });

  test("a file whose name looks like a pattern is that file", () => {
    const { path: cwd } = folderOf({ "[a].conf": soundHost(150), "a.conf": soundHost(100) });
    expect(filesOf(cwd, "[a].conf")).toEqual(["[a].conf of [a]"]);
  });

  test("- is standard input, also as a named host", () => {
    const { path: cwd } = folderOf(tree);
    expect(filesOf(cwd, "-", "a.conf")).toEqual(["- of stdin", "a.conf of a"]);
    expect(filesOf(cwd, "--host", "x=-")).toEqual(["- of x"]);
  });

  test("files of one name are told apart by their folders", () => {
    const text = soundHost(100);
    const { path: cwd } = folderOf({ "a/keepalived.conf": text, "b/keepalived.conf": text, "c.conf": text });
    expect(filesOf(cwd, ".")).toEqual(["a/keepalived.conf of a", "b/keepalived.conf of b", "c.conf of c"]);
  });
});

describe("include", () => {
  test("reads relative to the including file, sorted, and without hidden files", () => {
    const { path: cwd } = folderOf({
      "etc/keepalived.conf": "include conf.d/*.conf\n",
      "etc/conf.d/2.conf": "include more/{x,y}.inc\n",
      "etc/conf.d/1.conf": soundHost(100),
      "etc/conf.d/.0.conf": unknownLine,
      "etc/conf.d/more/y.inc": "# nothing\n",
    });
    expect(filesOf(cwd, "etc/keepalived.conf")).toEqual([
      "etc/keepalived.conf of keepalived",
      "etc/conf.d/1.conf of keepalived",
      "etc/conf.d/2.conf of keepalived",
      "etc/conf.d/more/y.inc of keepalived",
    ]);
  });

  test("what a found file includes is no host of its own, what is named is", () => {
    const { path: cwd } = folderOf({
      "main.conf": "include parts/*.conf\n",
      "parts/vi.conf": soundHost(100),
    });
    expect(filesOf(cwd, ".")).toEqual(["main.conf of main", "parts/vi.conf of main"]);
    expect(filesOf(cwd, "main.conf", "parts/vi.conf")).toEqual([
      "main.conf of main",
      "parts/vi.conf of main",
      "parts/vi.conf of vi",
    ]);
  });

  test("findings in an included file name that file", () => {
    const { path: cwd } = folderOf({ "a.conf": "include b.inc\n", "b.inc": soundHost(100, unknownLine) });
    const { out, code } = runLint(["a.conf"], { cwd });
    expect(code).toBe(1);
    expect(out).toContain("b.inc:11:5 error ");
  });

  test("a pattern with an absolute path is shown as it is", () => {
    const { path: cwd } = folderOf({ "x/b.inc": "# nothing\n" });
    const { path: other } = folderOf({ "a.conf": `include ${path.join(cwd, "x/*.inc")}\n` });
    expect(filesOf(other, "a.conf")).toEqual(["a.conf of a", `${path.join(cwd, "x/b.inc")} of a`]);
  });
});

describe("a file that cannot be read is one line, exit code 2, and the others are still judged", () => {
  const loop = () => {
    const { path: cwd } = folderOf({ "good.conf": soundHost(100, unknownLine) });
    symlinkSync("loop.conf", path.join(cwd, "loop.conf"));
    return cwd;
  };
  const binary = Uint8Array.from({ length: 300 }, (_, index) => index % 7);
  // The bytes of something packed or encrypted: every value, in no order.
  const packed = Uint8Array.from({ length: 4000 }, (_, index) => (index * index * 31 + index * 7) >> 3);
  const folder = (files: Readonly<Record<string, string | Uint8Array>>) => () =>
    folderOf({ "good.conf": soundHost(100, unknownLine), ...files }).path;

  test.each([
    ["missing", folder({}), "gone.conf", "gone.conf: no such file or directory"],
    ["a loop of links", loop, "loop.conf", "loop.conf: too many symbolic links"],
    [
      "a path through a file",
      folder({}),
      "good.conf/x.conf",
      "good.conf/x.conf: a part of the path is not a directory",
    ],
    [
      "binary",
      folder({ "x.conf": binary }),
      "x.conf",
      "x.conf: this is a binary file, not a keepalived.conf",
    ],
    [
      "packed",
      folder({ "x.conf": packed }),
      "x.conf",
      "x.conf: this is a binary file, not a keepalived.conf",
    ],
    ["an empty folder", folder({ "empty/.keep": "" }), "empty", "empty: no *.conf file in this folder"],
    ["a pattern without match", folder({}), "x*.conf", "x*.conf: no file matches this pattern"],
    [
      "an include that is binary",
      folder({ "x.conf": "include y.inc\n", "y.inc": binary }),
      "x.conf",
      "y.inc: this is a binary file, not a keepalived.conf",
    ],
  ])("%s", (_, prepare, operand, message) => {
    const { code, out, err } = runLint([operand, "good.conf"], { cwd: prepare() });
    expect(err).toBe(`vrrp-lint: ${message}\n`);
    expect(code).toBe(2);
    expect(out).toContain("good.conf:11:5 error ");
    expect(out).toMatch(/ 1 more could not be read\.\n$/);
  });

  test("a file without permission", () => {
    const cwd = folder({ "x.conf": soundHost(150) })();
    chmodSync(path.join(cwd, "x.conf"), 0);
    // Root reads everything, so for root the file is one like any other.
    const { code, err } = runLint(["x.conf", "good.conf"], { cwd });
    const isRoot = process.getuid?.() === 0;
    expect(err).toBe(isRoot ? "" : "vrrp-lint: x.conf: permission denied\n");
    expect(code).toBe(isRoot ? 1 : 2);
  });

  test("nothing readable at all leaves standard output empty, or JSON with nothing in it", () => {
    const { path: cwd } = folderOf({});
    expect(runLint(["gone.conf"], { cwd })).toEqual({
      code: 2,
      out: "",
      err: "vrrp-lint: gone.conf: no such file or directory\n",
    });
    const { out } = runLint(["--format", "json", "gone.conf"], { cwd });
    expect(JSON.parse(out)).toMatchObject({ files: [], routers: [], diagnostics: [] });
  });

  test("a folder called *.conf inside a folder is no file", () => {
    const { path: cwd } = folderOf({ "a.conf": soundHost(100) });
    mkdirSync(path.join(cwd, "odd.conf"));
    expect(filesOf(cwd, ".")).toEqual(["a.conf of a"]);
  });
});

describe("odd texts are read", () => {
  test.each([
    ["CRLF", soundHost(100).replaceAll("\n", "\r\n")],
    ["no final newline", soundHost(100).trimEnd()],
    ["comments in Latin-1", Buffer.from(`# caf\u00e9\n${soundHost(100)}`, "latin1")],
    ["comments in Chinese", `# 报警邮箱配置\n${soundHost(100)}`],
    ["nothing at all", ""],
  ])("%s", (_, text) => {
    const { path: cwd } = folderOf({ "a.conf": text });
    const { code, err } = runLint(["a.conf"], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("UTF-16 is an error with a place, not a binary file", () => {
    const { path: cwd } = folderOf({ "a.conf": Buffer.from(`\uFEFF${soundHost(100)}`, "utf16le") });
    const { code, err, out } = runLint(["a.conf"], { cwd });
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("a.conf:1:1 error ");
  });
});
