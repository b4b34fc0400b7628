/** On file systems that know no second name for a file, such as those of memory sticks and shared folders. */
import { readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { ExistsError, type OutFile, WriteError, writeAll } from "../../src/cli/write-files.ts";
import { type Folder, folderOf } from "../support/folder.ts";

const refused = vi.hoisted(() => ({ links: 0 }));

vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  linkSync: () => {
    refused.links++;
    throw Object.assign(new Error("EPERM: operation not permitted, link"), { code: "EPERM" });
  },
}));

beforeEach(() => {
  refused.links = 0;
});

const file = ({ path: folder }: Folder, name: string, text: string): OutFile => ({
  path: path.join(folder, name),
  shown: name,
  text,
  secret: true,
});

test("new files are written, and those that exist replaced", () => {
  const folder = folderOf({ b: "old" });
  writeAll([file(folder, "a", "A"), file(folder, "b", "B")], true);
  expect([folder.read("a"), folder.read("b"), readdirSync(folder.path)]).toEqual(["A", "B", ["a", "b"]]);
  expect(statSync(path.join(folder.path, "a")).mode & 0o777).toBe(0o600);
  expect(refused.links).toBe(2);
});

test("a file that came meanwhile is left alone, and everything else is as before", () => {
  const folder = folderOf({ b: "theirs" });
  expect(() => writeAll([file(folder, "a", "A"), file(folder, "b", "B")], false)).toThrow(ExistsError);
  expect([readdirSync(folder.path), folder.read("b")]).toEqual([["b"], "theirs"]);
});

test("when the second cannot be replaced, the first is what it was", () => {
  const folder = folderOf({ a: "old a", b: "old b" });
  // In the way of the second file's backup.
  writeFileSync(path.join(folder.path, `.b.vrrp-gen-${process.pid}.old`), "");
  expect(() => writeAll([file(folder, "a", "A"), file(folder, "b", "B")], true)).toThrow(WriteError);
  expect([folder.read("a"), folder.read("b")]).toEqual(["old a", "old b"]);
  expect(readdirSync(folder.path)).toEqual(["a", "b"]);
});
