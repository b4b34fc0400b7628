/** Tracked scripts: what they count for, how they are ended, and that nothing of them stays. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RunningChecks } from "../../../src/run/programs/checks.ts";
import { ScriptCheck, type ScriptPlan } from "../../../src/run/programs/script-check.ts";
import type { Status } from "../../../src/vrrp/machine-types.ts";
import { type Folder, Heard, HeardLog, inFolder, program, somewhere } from "./support.ts";

const milli = 1000;

function planOf(file: string, more: Partial<ScriptPlan> = {}): ScriptPlan {
  return {
    ...{ kind: "script", id: "script s", name: "s", program: program(file), at: somewhere },
    ...{ interval: 10 * milli, timeout: 10_000 * milli, rise: 1, fall: 1, failsAtFirst: false },
    ...more,
  };
}

/** A script that exits with one code after the other, and counts its runs. */
function sequence(folder: Folder, codes: readonly number[]): string {
  folder.write("codes", codes.map((code) => `${code}\n`).join(""));
  return folder.script(
    "s",
    'echo run >> "$F/runs"',
    'n=$(wc -l < "$F/runs")',
    'code=$(sed -n "${n}p" "$F/codes")',
    '[ -n "$code" ] || { touch "$F/over"; sleep 1000; }',
    'exit "$code"',
  );
}

/** What is told of a script that exits so. */
async function toldOf(codes: readonly number[], more: Partial<ScriptPlan>): Promise<readonly Status[]> {
  const heard = new Heard<Status>();
  await inFolder(async (folder) => {
    const plan = planOf(sequence(folder, codes), more);
    const check = new ScriptCheck(plan, undefined, new HeardLog(), (status) => heard.hear(status));
    check.start();
    await folder.until(() => existsSync(folder.file("over")));
    check.stop();
  });
  return heard.all;
}

const cases: readonly (readonly [string, readonly number[], Partial<ScriptPlan>, readonly Status[]])[] = [
  ["one success is enough at first", [0, 0], { rise: 3 }, [true]],
  ["one failure is enough at first", [1], { fall: 3 }, [false]],
  ["failures are counted", [0, 1, 1, 0, 1, 1, 1, 1], { fall: 3 }, [true, false]],
  ["successes are counted", [1, 0, 0, 1, 0, 0, 0, 0], { rise: 3 }, [false, true]],
  ["init_fail needs all successes", [0, 0, 0], { rise: 3, failsAtFirst: true }, [true]],
  ["init_fail is known, a failure is no news", [1, 1], { failsAtFirst: true }, []],
  ["any code but 0 is a failure", [0, 77, 0], {}, [true, false, true]],
];

describe.concurrent("what a script exits with", () => {
  test.each(cases)("%s", async (_, codes, more, told) => {
    expect(await toldOf(codes, more)).toEqual(told);
  });
});

/** Whether any process has this text among its words. */
async function isRunning(text: string): Promise<boolean> {
  const { processes } = await import("../../../src/run/programs/processes.ts");
  const { readFileSync } = await import("node:fs");
  return processes().some((process) => {
    try {
      return readFileSync(`/proc/${process}/cmdline`, "utf8").includes(text);
    } catch {
      return false;
    }
  });
}

describe.concurrent("a script that takes too long", () => {
  test("fails, and is ended with what it has started", () =>
    inFolder(async (folder) => {
      const heard = new Heard<Status>();
      const plan = planOf(folder.script("s", 'tail -f "$F/s" & tail -f "$F/s"'), { timeout: 50 * milli });
      const check = new ScriptCheck(plan, undefined, new HeardLog(), (status) => heard.hear(status));
      check.start();
      await heard.until((all) => all.length === 1);
      check.stop();
      expect(heard.all).toEqual([false]);
      while (await isRunning(folder.file("s"))) await Promise.resolve();
    }));

  test("is killed when it does not listen", () =>
    inFolder(async (folder) => {
      const heard = new Heard<Status>();
      const text = folder.script(
        "s",
        "trap '' TERM",
        'echo > "$F/there"',
        'while :; do tail -n 1 -f "$F/s"; done',
      );
      const check = new ScriptCheck(
        planOf(text, { timeout: 50 * milli }),
        undefined,
        new HeardLog(),
        (status) => {
          heard.hear(status);
        },
      );
      check.start();
      await heard.until((all) => all.length === 1);
      check.stop();
      expect(heard.all).toEqual([false]);
      while (await isRunning(folder.file("s"))) await Promise.resolve();
    }));

  test("is not started a second time meanwhile", () =>
    inFolder(async (folder) => {
      const log = new HeardLog();
      const plan = planOf(folder.script("s", 'echo run >> "$F/runs"', 'exec tail -f "$F/runs"'));
      const check = new ScriptCheck(plan, undefined, log, () => {});
      check.start();
      await log.until((all) => all.filter((line) => line.includes("still running")).length === 3);
      expect(folder.lines("runs")).toEqual(["run"]);
      check.stop();
      while (await isRunning(folder.file("runs"))) await Promise.resolve();
    }));
});

describe("a script that cannot be started", () => {
  test("fails, and the log says why", async () => {
    const [heard, log] = [new Heard<Status>(), new HeardLog()];
    const check = new ScriptCheck(planOf("/nowhere/s"), undefined, log, (status) => heard.hear(status));
    check.start();
    await heard.until((all) => all.length === 1);
    check.stop();
    expect(heard.all).toEqual([false]);
    expect(log.all.join("\n")).toMatch(/cannot be started .*ENOENT/);
  });
});

describe("checks that are given anew", () => {
  test("leave the same ones alone, keep what is known of changed ones, end others", () =>
    inFolder(async (folder) => {
      const heard = new Heard<string>();
      const checks = new RunningChecks(new HeardLog());
      const tell = (id: string, status: Status) => heard.hear(`${id} ${status}`);
      const file = folder.script("s", 'echo run >> "$F/runs"');
      const other = folder.script("t", 'echo run >> "$F/others"', "exit 1");
      const slow = { interval: 3600 * 1000 * milli };
      const [plan, second] = [planOf(file, slow), planOf(other, { ...slow, id: "script t", name: "t" })];
      expect(await checks.watch([plan, second], tell)).toEqual({
        "script s": "unknown",
        "script t": "unknown",
      });
      await heard.until((all) => all.length === 2);
      const moved = { ...plan, at: { file: "a.conf", span: { start: 9, end: 10 } } };
      expect(await checks.watch([moved], tell)).toEqual({ "script s": true });
      expect(await checks.watch([{ ...plan, fall: 2 }], tell)).toEqual({ "script s": true });
      await folder.until(() => folder.lines("runs").length === 2);
      checks.close();
      expect(heard.all.toSorted()).toEqual(["script s true", "script t false"]);
      expect(folder.lines("others")).toEqual(["run"]);
    }));
});
