/** Real-time scheduling in a process of its own, read back from the kernel. Only root may have it, or whoever is let. */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { textOf } from "../../support/project.ts";
import { bundled } from "./programs.ts";

const [program = ""] = bundled("src/run/linux/scheduler.ts").paths;

/** Policy and priority of every thread, of a later one and of a child, with and after real-time scheduling. */
const look = `
import { readFileSync, readdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { Worker } from "node:worker_threads";
import { linuxScheduler } from ${JSON.stringify(pathToFileURL(program).href)};
const read = (text) => { const all = text.split(") ")[1].split(" "); return all[38] + "/" + all[37]; };
const of = (thread) => read(readFileSync("/proc/self/task/" + thread + "/stat", "utf8"));
const workers = [];
const work = () => void workers.push(new Worker("setInterval(() => {}, 1000)", { eval: true }));
const scheduler = linuxScheduler();
const said = scheduler.realTime(3);
const old = readdirSync("/proc/self/task");
const during = old.map(of);
work();
const made = readdirSync("/proc/self/task").filter((thread) => !old.includes(thread)).map(of);
const child = read(execFileSync("cat", ["/proc/self/stat"], { encoding: "utf8" }));
const after = [scheduler.realTime(undefined), ...old.map(of)];
await Promise.all(workers.map((worker) => worker.terminate()));
console.log(JSON.stringify({ said, during, made, child, after }));
`;

function run(...before: readonly string[]) {
  const words = [...before, process.execPath, "--input-type=module", "-e", look];
  const env = { ...process.env, NODE_PATH: new URL("../../../node_modules", import.meta.url).pathname };
  const { stdout, stderr } = spawnSync(words[0] ?? "", words.slice(1), { encoding: "utf8", env });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout);
}

const isRoot = process.getuid?.() === 0;
const refused = isRoot && run().said;

describe.runIf(isRoot && refused === undefined)("where the kernel lets it", () => {
  test("the main thread comes first, then all others; what they start comes after", () => {
    const { during, made, child, after } = run();
    const [main, ...others] = during;
    expect(main).toBe("2/3");
    expect(new Set(others)).toEqual(new Set(["2/2"]));
    expect(made.length).toBeGreaterThan(0);
    expect(new Set([...made, child])).toEqual(new Set(["0/0"]));
    expect(new Set(after)).toEqual(new Set([null, "0/0"]));
  });

  test("without the right to it the answer says so", () => {
    const { said, during } = run("setpriv", "--bounding-set=-sys_nice", "--inh-caps=-sys_nice");
    expect(said).toBe("operation not permitted (EPERM)");
    expect(new Set(during)).toEqual(new Set(["0/0"]));
  });
});

test("the unit allows it", () => {
  expect(textOf("systemd/vrrp-run.service")).toMatch(/^LimitRTPRIO=99$/m);
  expect(textOf("systemd/vrrp-run.service")).not.toMatch(/^RestrictRealtime=/m);
});
