/** Several files are written, or none. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { ExistsError, type OutFile, WriteError, writeAll } from "../../src/cli/write-files.ts";
import { type Folder, folderOf } from "../support/folder.ts";
import { root } from "../support/project.ts";

const file = ({ path: folder }: Folder, name: string, text: string, secret = false): OutFile => ({
  path: path.join(folder, name),
  shown: name,
  text,
  secret,
});

test("folders are made, and secrets are the owner's alone", () => {
  const folder = folderOf({});
  writeAll([file(folder, "x/y/a", "A", true), file(folder, "b", "B")], false);
  expect([folder.read("x/y/a"), folder.read("b")]).toEqual(["A", "B"]);
  const modes = ["x/y/a", "b"].map((name) => statSync(path.join(folder.path, name)).mode & 0o777);
  expect(modes).toEqual([0o600, 0o644]);
});

test("a file that came meanwhile is left alone, and everything else is as before", () => {
  const folder = folderOf({ b: "theirs" });
  const files = [file(folder, "new/a", "A"), file(folder, "b", "B")];
  expect(() => writeAll(files, false)).toThrow(ExistsError);
  expect([readdirSync(folder.path), folder.read("b")]).toEqual([["b"], "theirs"]);
});

test("when the second cannot be replaced, the first is what it was", () => {
  const folder = folderOf({ a: "old a", b: "old b" });
  // In the way of the second file's backup.
  writeFileSync(path.join(folder.path, `.b.vrrp-gen-${process.pid}.old`), "");
  const files = [file(folder, "a", "A"), file(folder, "b", "B")];
  expect(() => writeAll(files, true)).toThrow(WriteError);
  expect([folder.read("a"), folder.read("b")]).toEqual(["old a", "old b"]);
  expect(readdirSync(folder.path)).toEqual(["a", "b"]);
});

test("a folder that cannot be made is told, and nothing is left", () => {
  const folder = folderOf({ taken: "a file" });
  const files = [file(folder, "new/a", "A"), file(folder, "taken/b", "B")];
  expect(() => writeAll(files, true)).toThrow(/^taken\/b: cannot be written: /);
  expect(existsSync(path.join(folder.path, "new"))).toBe(false);
});

test("below a folder in which nothing can be made, the reason comes at once", () => {
  const file = { path: "/proc/vrrp-gen/sub/a", shown: "a", text: "", secret: false };
  expect(() => writeAll([file], false)).toThrow(/^a: cannot be written: /);
});

test("a signal waits until all files are there", () => {
  const folder = folderOf({});
  const script = `
    import { writeAll } from "./src/cli/write-files.ts";
    const text = (name) => ({ path: name, shown: name, secret: false, text: name });
    const rude = { path: "b", shown: "b", secret: false, get text() {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.kill(process.pid, signal);
      return "b";
    } };
    writeAll([text("a"), rude, text("c")], false);`;
  const [bundle] = buildSync({
    stdin: { contents: script, resolveDir: root },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  }).outputFiles;
  const child = spawnSync(process.execPath, ["--input-type=module"], {
    cwd: folder.path,
    input: bundle?.contents ?? "",
    encoding: "utf8",
  });
  expect([child.status, child.signal, child.stderr]).toEqual([0, null, ""]);
  expect(readdirSync(folder.path)).toEqual(["a", "b", "c"]);
});
