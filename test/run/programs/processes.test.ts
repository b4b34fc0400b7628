/** Tracked processes, on real ones. */
import { type ChildProcess, spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { ProcessChecks } from "../../../src/run/programs/process-checks.ts";
import { isOne, type ProcessPlan } from "../../../src/run/programs/processes.ts";
import { type Folder, Heard, inFolder, somewhere } from "./support.ts";

function planOf(process: string, more: Partial<ProcessPlan> = {}): ProcessPlan {
  return {
    ...{ kind: "process", id: "process p", name: "p", process, parameters: undefined, match: undefined },
    ...{ fullCommand: false, quorum: 1, quorumMax: undefined, delay: 0, terminateDelay: 0, forkDelay: 0 },
    at: somewhere,
    ...more,
  };
}

/** A process that ends only when it is killed, with a name and words of its own. */
function started(folder: Folder, name: string, ...words: readonly string[]): ChildProcess {
  return spawn(folder.script(name, "read line"), words, { stdio: ["pipe", "ignore", "ignore"] });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.on("exit", () => done());
    child.kill("SIGKILL");
  });
}

test("a process is known by its name, or by its words", () =>
  inFolder(async (folder) => {
    const child = started(folder, "named-one", "-c", "file");
    await new Promise((done) => child.on("spawn", done));
    const is = (plan: ProcessPlan) => isOne(String(child.pid), plan);
    const shell = { fullCommand: true, parameters: [folder.file("named-one"), "-c", "file"] };
    expect(is(planOf("named-one"))).toBe(true);
    expect(is(planOf("named"))).toBe(false);
    expect(is(planOf("/bin/sh", { fullCommand: true }))).toBe(true);
    expect(is(planOf("/bin/sh", { ...shell, match: "exact" }))).toBe(true);
    expect(
      is(planOf("/bin/sh", { ...shell, match: "exact", parameters: shell.parameters.slice(0, 2) })),
    ).toBe(false);
    expect(
      is(planOf("/bin/sh", { ...shell, match: "partial", parameters: shell.parameters.slice(0, 2) })),
    ).toBe(true);
    const [script = "", c = ""] = shell.parameters;
    expect(is(planOf("/bin/sh", { ...shell, match: "initial", parameters: [script, c, "fi"] }))).toBe(true);
    expect(is(planOf("/bin/sh", { ...shell, match: "partial", parameters: [script, c, "fi"] }))).toBe(false);
    await ended(child);
    expect(is(planOf("named-one"))).toBe(false);
  }));

/** Watches one plan; `heard` has every status that is told. */
async function watching(
  plan: ProcessPlan,
  body: (heard: Heard<boolean>, initial: boolean | undefined) => Promise<void>,
): Promise<void> {
  const [checks, heard] = [new ProcessChecks(), new Heard<boolean>()];
  checks.watch([plan], (_, status) => heard.hear(status));
  try {
    await body(heard, checks.statuses[0]?.[1]);
  } finally {
    checks.stop();
  }
}

describe.concurrent("tracked processes", () => {
  test("are told when they come and when they end", () =>
    inFolder((folder) =>
      watching(planOf("comes-and-goes"), async (heard, initial) => {
        const child = started(folder, "comes-and-goes");
        await heard.until((all) => all.length === 1);
        await ended(child);
        await heard.until((all) => all.length === 2);
        expect([initial, ...heard.all]).toEqual([false, true, false]);
      }),
    ));

  test("have to be as many as the quorum, and no more than its largest", () =>
    inFolder((folder) =>
      watching(planOf("counted", { quorum: 2, quorumMax: 2 }), async (heard) => {
        const children = [started(folder, "counted"), started(folder, "counted")];
        await heard.until((all) => all.length === 1);
        children.push(started(folder, "counted"));
        await heard.until((all) => all.length === 2);
        for (const child of children) await ended(child);
        expect(heard.all.slice(0, 2)).toEqual([true, false]);
      }),
    ));

  test("must not run with a quorum_max of 0", () =>
    inFolder((folder) =>
      watching(planOf("forbidden", { quorum: 0, quorumMax: 0 }), async (heard, initial) => {
        const child = started(folder, "forbidden");
        await heard.until((all) => all.length === 1);
        await ended(child);
        await heard.until((all) => all.length === 2);
        expect([initial, ...heard.all]).toEqual([true, false, true]);
      }),
    ));

  test("may restart within their delay", () =>
    inFolder(async (folder) => {
      const first = started(folder, "restarts");
      await new Promise((done) => first.on("spawn", done));
      const plan = planOf("restarts", { terminateDelay: 8_000_000 });
      await watching(plan, async (heard, initial) => {
        await ended(first);
        const second = started(folder, "restarts");
        const marker = started(folder, "marker");
        // What is told of another one shows that all processes were looked at meanwhile.
        await watching(planOf("marker"), async (other, there) => {
          if (!there) await other.until((all) => all.length === 1);
        });
        await Promise.all([ended(second), ended(marker)]);
        await heard.until((all) => all.length === 1);
        expect([initial, ...heard.all]).toEqual([true, false]);
      });
    }));
});
