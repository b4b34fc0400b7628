/** Programs that are started by a process of our own: as those that are started here. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Program } from "../../../src/run/plan/types.ts";
import { Child } from "../../../src/run/programs/child.ts";
import { launchHere } from "../../../src/run/programs/launch.ts";
import { type Launcher, launcherBeside } from "../../../src/run/programs/launcher.ts";
import { bundled } from "../linux/programs.ts";

const [launcher = ""] = bundled("src/run/programs/launcher-main.ts").paths;
const folder = mkdtempSync(path.join(tmpdir(), "vrrpkit-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const told = path.join(folder, "told");
const program = (...words: readonly string[]) => ({ words, shell: false }) as unknown as Program;
const shell = (line: string) => program("/bin/sh", "-c", line);

/** A launcher for one test. */
async function withLauncher(body: (starter: Launcher) => Promise<void>): Promise<void> {
  const starter = launcherBeside(pathToFileURL(launcher));
  try {
    await body(starter);
  } finally {
    starter.close();
  }
}

/** The launcher itself, as the parent of what it started. */
function parentOf(pid: number | undefined): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

describe("a program that is started by a process of our own", () => {
  test.each<[string, Program]>([
    ["succeeds", program("/bin/true")],
    ["fails", shell("exit 7")],
    ["is killed by itself", shell("kill -TERM $$")],
    ["is not there", program(path.join(folder, "nothing"))],
    ["is no word that a program can get", program("/bin/true", "a\0b")],
    ["is a line for a shell", { ...program(`echo here >${told}; exit 3;`), shell: true }],
  ])("ends as one that is started here: it %s", async (_, each) => {
    const here = await new Child(each, ["more"], { launch: launchHere }).ended;
    await withLauncher(async (starter) => {
      expect(await new Child(each, ["more"], starter).ended).toEqual(here);
    });
  });

  test("gets the signal that was sent before it ran, and is the guard's until it ends", async () => {
    const kept: string[] = [];
    await withLauncher(async ({ launch }) => {
      const keeper = {
        hold: (key: string) => void kept.push(`hold ${key}`),
        release: (key: string) => void kept.push(`release ${key}`),
      };
      const child = new Child(program("/bin/sleep", "1000"), [], { launch, keeper });
      expect(child.pid).toBeUndefined();
      child.kill("SIGKILL");
      expect(await child.ended).toEqual({ is: "signal", signal: "SIGKILL" });
      expect(kept).toEqual([`hold program ${child.pid}`, `release program ${child.pid}`]);
      expect(child.kill("SIGKILL")).toBe(false);
    });
  });

  test("is started in its turn", async () => {
    const list = path.join(folder, "list");
    await withLauncher(async (starter) => {
      const numbers = Array.from({ length: 20 }, (_, number) => number);
      // Each waits for the one before it, which a later one could not.
      const line = (number: number) => {
        const before = path.join(folder, `done-${number - 1}`);
        const wait = number === 0 ? "" : `until [ -e ${before} ]; do sleep 0.01; done;`;
        return `${wait} echo ${number} >>${list}; : >${path.join(folder, `done-${number}`)}`;
      };
      const children = numbers.map((number) => new Child(shell(line(number)), [], starter));
      await Promise.all(children.map(({ ended }) => ended));
      expect(readFileSync(list, "utf8").trim().split("\n").map(Number)).toEqual(numbers);
      const pids = children.map(({ pid }) => pid ?? 0);
      expect(new Set(pids).size).toBe(numbers.length);
    });
  });

  test("makes files as it was told last", async () => {
    const [one, other] = ["one", "other"].map((name) => path.join(folder, name)) as [string, string];
    await withLauncher(async (starter) => {
      starter.mask?.(0o177);
      const first = new Child(shell(`: >${one}`), [], starter);
      starter.mask?.(0o27);
      const second = new Child(shell(`: >${other}`), [], starter);
      await Promise.all([first.ended, second.ended]);
    });
    expect([one, other].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o640]);
  });

  test("ends with that process, after which others are started by a new one", async () => {
    await withLauncher(async (starter) => {
      const child = new Child(program("/bin/sleep", "1000"), [], starter);
      await new Child(program("/bin/true"), [], starter).ended;
      const first = parentOf(child.pid);
      process.kill(first, "SIGKILL");
      expect(await child.ended).toEqual({
        is: "not-started",
        message: "the process that starts programs has ended (SIGKILL)",
      });
      const next = new Child(program("/bin/sleep", "1000"), [], starter);
      await new Child(program("/bin/true"), [], starter).ended;
      expect(parentOf(next.pid)).not.toBe(first);
      next.kill("SIGKILL");
      expect(await next.ended).toEqual({ is: "signal", signal: "SIGKILL" });
    });
  });

  test("ends with the daemon, with what it has started", async () => {
    const starter = launcherBeside(pathToFileURL(launcher));
    const file = path.join(folder, "started");
    const child = new Child(
      shell(`trap "echo ended >${file}; exit" TERM; : >${file}; while :; do sleep 0.01; done`),
      [],
      starter,
    );
    while (!existsSync(file)) await new Child(program("/bin/true"), [], starter).ended;
    starter.close();
    while (!readFileSync(file, "utf8").includes("ended")) await new Promise(setImmediate);
    expect(child.ending).toBeUndefined();
  });
});
