/** Programs made of this project's own sources, and what they say. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll } from "vitest";
import type { Lab } from "../../support/lab.ts";
import { Inbox } from "./places.ts";

const source = (file: string) => fileURLToPath(new URL(`../../../${file}`, import.meta.url));

/** Bundles entries for all tests of a file, into a folder that goes with them. */
export interface Bundles {
  readonly paths: readonly string[];
  /** A new folder in it: the one of a test is lost too early when tests run beside one another. */
  folder(): string;
}

export function bundled(...entries: readonly string[]): Bundles {
  const outdir = mkdtempSync(join(tmpdir(), "vrrpkit-test-"));
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));
  writeFileSync(join(outdir, "package.json"), '{ "type": "module" }');
  buildSync({
    entryPoints: Object.fromEntries(entries.map((entry, at) => [String(at), source(entry)])),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    outdir,
  });
  const paths = entries.map((_, at) => join(outdir, `${at}.js`));
  return { paths, folder: () => mkdtempSync(join(outdir, "run-")) };
}

export interface Program {
  readonly child: ChildProcess;
  readonly lines: Inbox<string>;
  /** Resolves with the first line that fits. */
  says(pattern: RegExp): Promise<string>;
  /** Resolves with status or signal. */
  readonly ended: Promise<number | string>;
}

/** Runs a program of Node's on a host. Its end is the test's own affair. */
export function runOn(lab: Lab, host: string, ...words: readonly string[]): Program {
  const place = ["netns", "exec", `${lab.name}-host-${host}`, process.execPath];
  // Optional packages are found here, wherever the bundle lies.
  const env = { ...process.env, NODE_PATH: source("node_modules") };
  const child = spawn("ip", [...place, ...words], { stdio: ["pipe", "pipe", "pipe"], env });
  const lines = new Inbox<string>();
  for (const stream of [child.stdout, child.stderr]) {
    let text = "";
    stream.setEncoding("utf8").on("data", (more: string) => {
      const parts = `${text}${more}`.split("\n");
      text = parts.pop() ?? "";
      for (const line of parts) lines.put(line);
    });
  }
  const ended = new Promise<number | string>((done) =>
    child.on("exit", (status, signal) => done(signal ?? status ?? "")),
  );
  const says = async (pattern: RegExp) => {
    await lines.until((all) => all.some((line) => pattern.test(line)));
    return lines.things.find((line) => pattern.test(line)) ?? "";
  };
  return { child, lines, says, ended };
}
