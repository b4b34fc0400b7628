/** The packed extension: the same bytes each time, small, whole, and with a server that speaks. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packExtension } from "../../scripts/package.mjs";
import { root } from "../support/project.ts";

const folder = mkdtempSync(path.join(tmpdir(), "package-"));
const packed = (name: string) => path.join(folder, name, "vrrpkit.vsix");
const staged = (file: string) => path.join(folder, "one", "extension", file);
const textOf = (file: string) => readFileSync(staged(file), "utf8");

beforeAll(async () => {
  await packExtension(packed("one"));
  await packExtension(packed("two"));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

test("two packages are the same, byte for byte, and below 1 MB", () => {
  const [one, two] = [readFileSync(packed("one")), readFileSync(packed("two"))];
  expect(one.equals(two)).toBe(true);
  expect(one.length).toBeLessThan(1_000_000);
});

describe("what is packed", () => {
  test("has every file that the manifest and the README name", () => {
    const named = [
      ...textOf("package.json").matchAll(/"(?:\.\/)?([\w-]+(?:[/.][\w.-]+)*\.(?:cjs|js|json|md|png))"/g),
      ...textOf("README.md").matchAll(/\]\(([\w/.-]+)\)/g),
    ].map(([, file = ""]) => file);
    const words = ["keepalived.conf", "vrrplintrc.json"];
    expect(named.filter((file) => !words.includes(file) && !existsSync(staged(file)))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  test("has the licence of every package that lies in it", () => {
    const licences = textOf("THIRD-PARTY-LICENSES.txt");
    const titles = [...licences.matchAll(/^([\w@/-]+) \d+\.\d+\.\d+, [\w.-]+\n\n(?=\S)/gm)].map(
      ([, name]) => name,
    );
    expect(titles).toEqual(expect.arrayContaining(["picomatch", "vscode-jsonrpc", "vscode-languageclient"]));
    // ohm only builds.
    expect(titles).not.toContain("ohm-js");
    const granted = /Permission is hereby granted|Permission to use, copy|# Blue Oak Model License/g;
    expect(licences.match(granted)).toHaveLength(titles.length);
  });

  test("names no folder of the machine that packed it", () => {
    const files = readdirSync(path.join(folder, "one", "extension"), { recursive: true, encoding: "utf8" });
    const texts = files.filter((file) => /\.(cjs|mjs|js|json|md)$/.test(file));
    expect(texts.length).toBeGreaterThan(8);
    expect(texts.filter((file) => textOf(file).includes(root))).toEqual([]);
  });

  test.each(["dist/browser.js", "dist/server/worker.js"])("%s asks for nothing of Node", (file) => {
    const wanted = [...textOf(file).matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
    expect(wanted.filter((name) => builtinModules.includes(name.replace(/^node:/, "")))).toEqual([]);
    expect(textOf(file)).not.toMatch(/["']node:/);
  });

  test("has a server that answers", async () => {
    const server = staged("dist/server/keepalived-language-server.mjs");
    const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    const params = { processId: null, rootUri: null, capabilities: {} };
    const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
    child.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
    let answer = "";
    for await (const piece of child.stdout) {
      answer += String(piece);
      if (answer.includes("serverInfo")) break;
    }
    child.kill();
    expect(answer).toContain('"keepalived-language-server"');
  });
});
