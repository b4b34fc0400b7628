/** Several files are written, or none. */
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ExistsError, type OutFile, WriteError, writeAll } from "../../src/cli/write-files.ts";
import { type Folder, folderOf } from "../support/folder.ts";

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
