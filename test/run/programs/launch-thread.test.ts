/** Programs that are started from a thread: as those that are started here. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Program } from "../../../src/run/plan/types.ts";
import { Child } from "../../../src/run/programs/child.ts";
import { launchHere, type Starter } from "../../../src/run/programs/launch.ts";
import { launcherBeside } from "../../../src/run/programs/launch-thread.ts";
import { bundled } from "../linux/programs.ts";

const [worker = ""] = bundled("src/run/programs/launch-worker.ts").paths;
const folder = mkdtempSync(path.join(tmpdir(), "vrrpkit-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const told = path.join(folder, "told");
const program = (...words: readonly string[]) => ({ words, shell: false }) as unknown as Program;
const shell = (line: string) => program("/bin/sh", "-c", line);

/** A launcher in a thread, for one test. */
async function withThread(body: (starter: Starter, close: () => void) => Promise<void>): Promise<void> {
  const { launch, close } = launcherBeside(pathToFileURL(worker));
  try {
    await body({ launch }, close);
  } finally {
    close();
  }
}

describe("a program that is started from a thread", () => {
  test.each<[string, Program]>([
    ["succeeds", program("/bin/true")],
    ["fails", shell("exit 7")],
    ["is killed by itself", shell("kill -TERM $$")],
    ["is not there", program(path.join(folder, "nothing"))],
    ["is no word that a program can get", program("/bin/true", "a\0b")],
    ["is a line for a shell", { ...program(`echo here >${told}; exit 3;`), shell: true }],
  ])("ends as one that is started here: it %s", async (_, each) => {
    const here = await new Child(each, ["more"], { launch: launchHere }).ended;
    await withThread(async (starter) => {
      expect(await new Child(each, ["more"], starter).ended).toEqual(here);
    });
  });

  test("gets the signal that was sent before it ran, and is the guard's until it ends", async () => {
    const kept: string[] = [];
    await withThread(async ({ launch }) => {
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
    await withThread(async (starter) => {
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

  test("may outlive the thread, after which others are started by a new one", async () => {
    await withThread(async (starter, close) => {
      const child = new Child(program("/bin/sleep", "1000"), [], starter);
      await new Child(program("/bin/true"), [], starter).ended;
      close();
      expect(existsSync(`/proc/${child.pid}`)).toBe(true);
      child.kill("SIGKILL");
      expect(await new Child(program("/bin/true"), [], starter).ended).toEqual({ is: "exit", code: 0 });
    });
  });
});
