/** The commands of the package start with what was compiled at the build, and as well without it. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "./support/project.ts";

const { version, platform, arch } = process;
const commands = ["cli/vrrp-lint", "cli/vrrp-gen", "cli/vrrp-run", "server/keepalived-language-server"];
const folder = mkdtempSync(path.join(tmpdir(), "launch-"));

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(commands)("%s", (command) => {
  const name = path.basename(command);
  const built = path.join(root, "dist", path.dirname(command));
  const compiled = `${name}-${version}-${platform}-${arch}.compiled`;
  const main = path.join(built, `${name}.main.js`);

  /** Exit code and words of a copy that is asked for its help, with this in the place of what was compiled. */
  function help(inPlace?: (file: string) => void) {
    const copy = mkdtempSync(path.join(folder, "copy-"));
    const place = path.join(copy, "dist", path.dirname(command));
    cpSync(path.join(root, "package.json"), path.join(copy, "package.json"));
    cpSync(built, place, { recursive: true, filter: (file) => file === built || file.includes(name) });
    writeFileSync(path.join(copy, "dist", "package.json"), '{ "type": "commonjs" }');
    inPlace?.(path.join(place, compiled));
    const words = [path.join(place, `${name}.js`), "--help"];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    return { status, begins: stdout.startsWith(`Usage: ${name} `), stderr };
  }

  const asEver = { status: 0, begins: true, stderr: "" };

  test("what was compiled is there once, and of use to a plain Node of this release", () => {
    const kept = readdirSync(built).filter((each) => each.startsWith(`${name}-`) && !each.endsWith(".js"));
    expect(kept).toEqual([compiled]);
    const [, before = "", after = ""] =
      /const source = `(.*)\$\{readFileSync.*\}\\n(.*)`;/.exec(
        readFileSync(path.join(built, `${name}.js`), "utf8"),
      ) ?? [];
    const source = path.join(folder, "source.js");
    writeFileSync(source, `${before}${readFileSync(main, "latin1")}\n${after}`);
    const asked = `const [, file, cache] = process.argv; const fs = require("node:fs");
      const cachedData = fs.readFileSync(cache);
      const script = new (require("node:vm").Script)(fs.readFileSync(file, "latin1"), { cachedData });
      process.stdout.write(String(script.cachedDataRejected));`;
    const words = ["-e", asked, source, path.join(built, compiled)];
    const { stdout } = spawnSync(process.execPath, words, { encoding: "utf8", env: {} });
    expect(stdout).toBe("false");
  });

  test("it belongs to a source of plain characters, which the launcher reads in the quickest encoding", () => {
    expect(readFileSync(main).every((byte) => byte < 0x80)).toBe(true);
  });

  test("the command starts with it", () => {
    expect(help()).toEqual(asEver);
  });

  test("the command starts without it", () => {
    expect(help((file) => rmSync(file))).toEqual(asEver);
  });

  test("the command starts with one that V8 does not know", () => {
    expect(help((file) => writeFileSync(file, "no code at all"))).toEqual(asEver);
  });
});

test("what the commands hold is not installed beside them, but for the two packages that they stand on", () => {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  expect(Object.keys(dependencies)).toEqual(["commander", "vscode-languageserver"]);
});
