/** The command of the package starts with what was compiled at the build, and as well without it. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { root } from "../support/project.ts";

const built = path.join(root, "dist", "server");
const compiled = readdirSync(built).filter((name) => name.endsWith(".compiled"));
const folder = mkdtempSync(path.join(tmpdir(), "launch-"));
const server = path.join(folder, "dist", "server");

/** Exit code and words of the copied server that is asked for its help. */
function help() {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(server, "keepalived-language-server.js"), "--help"],
    { encoding: "utf8" },
  );
  return { status, begins: stdout.split("\n")[0], stderr };
}

const asEver = { status: 0, begins: "Usage: keepalived-language-server --stdio", stderr: "" };

beforeEach(() => {
  mkdirSync(path.dirname(server), { recursive: true });
  cpSync(path.join(root, "package.json"), path.join(folder, "package.json"));
  cpSync(built, server, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("what was compiled at the build", () => {
  test("is there once, and of use to a plain Node of this release", () => {
    const { version, platform, arch } = process;
    expect(compiled).toEqual([`main-${version}-${platform}-${arch}.compiled`]);
    const [, before = "", after = ""] =
      /const source = `(.*)\$\{readFileSync.*\}\\n(.*)`;/.exec(
        readFileSync(path.join(built, "keepalived-language-server.js"), "utf8"),
      ) ?? [];
    const source = `${before}${readFileSync(path.join(built, "main.js"), "latin1")}\n${after}`;
    const asked = `const [, file, cache] = process.argv; const fs = require("node:fs");
      const cachedData = fs.readFileSync(cache);
      const script = new (require("node:vm").Script)(fs.readFileSync(file, "latin1"), { cachedData });
      process.stdout.write(String(script.cachedDataRejected));`;
    const file = path.join(folder, "source.js");
    writeFileSync(file, source);
    const words = ["-e", asked, file, path.join(built, compiled[0] ?? "")];
    const { stdout } = spawnSync(process.execPath, words, { encoding: "utf8", env: {} });
    expect(stdout).toBe("false");
  });

  test("belongs to a source of plain characters", () => {
    // The launcher reads the bundle in the quickest encoding.
    expect(readFileSync(path.join(built, "main.js")).every((byte) => byte < 0x80)).toBe(true);
  });
});

describe("the command", () => {
  test("starts with it", () => {
    expect(help()).toEqual(asEver);
  });

  test("starts without it", () => {
    rmSync(path.join(server, compiled[0] ?? ""));
    expect(help()).toEqual(asEver);
  });

  test("starts with one that V8 does not know", () => {
    writeFileSync(path.join(server, compiled[0] ?? ""), "no code at all");
    expect(help()).toEqual(asEver);
  });
});
