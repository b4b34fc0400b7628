/** Which paths servers get to see: those from the root of the repository. */
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runLint, type Surroundings } from "../support/command.ts";
import { longPassword, soundHost } from "../support/conf.ts";
import { type Folder, folderOf } from "../support/folder.ts";
import { readSarif } from "../support/sarif.ts";
import { readCommands } from "../support/workflow.ts";
import { everyElement, readXml } from "../support/xml.ts";

const host = soundHost(150, ...longPassword);

/** The file of the first finding in SARIF, in a command of GitHub and in JUnit, which agree; and SARIF's base. */
function shown(words: readonly string[], surroundings: Surroundings) {
  const out = (format: string) => runLint(["--format", format, ...words], surroundings).out;
  const run = readSarif(out("sarif"));
  const { uri = "", uriBaseId } = run.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation ?? {};
  const [command] = readCommands(out("github"));
  const [found] = everyElement(readXml(out("junit")), "testcase");
  return {
    uri,
    uriBaseId,
    root: run.originalUriBaseIds?.["%SRCROOT%"]?.uri,
    github: command?.properties["file"],
    junit: found?.attributes["file"],
  };
}

const inRepository = (folder: Folder, file: string) => ({
  uri: encodeURI(file).replaceAll("#", "%23").replaceAll(":", "%3A").replaceAll("?", "%3F"),
  uriBaseId: "%SRCROOT%",
  root: `file://${folder.path}/`,
  github: file,
  junit: file,
});

describe("the root of the repository", () => {
  test.each([
    ["above the current folder", "sub/lb", ["x.conf"]],
    ["beside it", "other", ["../sub/lb/x.conf"]],
    ["at it", ".", ["sub/lb/x.conf"]],
  ])("%s", (_, cwd, words) => {
    const folder = folderOf({ "sub/lb/x.conf": host, ".git/HEAD": "", "other/y": "" });
    const surroundings = { cwd: path.join(folder.path, cwd) };
    expect(shown(words, surroundings)).toEqual(inRepository(folder, "sub/lb/x.conf"));
  });

  test("a work tree has a file .git", () => {
    const folder = folderOf({ "sub/x.conf": host, ".git": "gitdir: elsewhere" });
    const surroundings = { cwd: path.join(folder.path, "sub") };
    expect(shown(["x.conf"], surroundings)).toEqual(inRepository(folder, "sub/x.conf"));
  });

  test("without Git it is the workspace of GitHub Actions", () => {
    const folder = folderOf({ "sub/x.conf": host });
    const environment = { GITHUB_WORKSPACE: folder.path };
    const surroundings = { cwd: path.join(folder.path, "sub"), environment };
    expect(shown(["x.conf"], surroundings)).toEqual(inRepository(folder, "sub/x.conf"));
  });

  test("and where that is elsewhere, the current folder", () => {
    const folder = folderOf({ "sub/x.conf": host, "work/y": "" });
    const environment = { GITHUB_WORKSPACE: path.join(folder.path, "work") };
    const surroundings = { cwd: folder.path, environment };
    expect(shown(["sub/x.conf"], surroundings)).toEqual(inRepository(folder, "sub/x.conf"));
  });
});

test("a link shows the file that it leads to", () => {
  const folder = folderOf({ "real/x.conf": host, ".git/HEAD": "" });
  symlinkSync("real/x.conf", path.join(folder.path, "link.conf"));
  expect(shown(["link.conf"], { cwd: folder.path })).toEqual(inRepository(folder, "real/x.conf"));
});

test("a file outside has its whole path", () => {
  const folder = folderOf({ "out/x.conf": host, "in/y": "" });
  mkdirSync(path.join(folder.path, "in"), { recursive: true });
  const seen = shown(["../out/x.conf"], { cwd: path.join(folder.path, "in") });
  const file = `${folder.path}/out/x.conf`;
  expect(seen).toMatchObject({ uri: `file://${file}`, uriBaseId: undefined, github: file });
  expect(seen.junit).toBe("../out/x.conf");
});

test("names with signs that mean something in an address", () => {
  const name = "a:b/50% #1, ü?.conf";
  const folder = folderOf({ [name]: host, ".git/HEAD": "" });
  expect(shown([name], { cwd: folder.path })).toEqual(inRepository(folder, name));
});
