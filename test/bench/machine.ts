/**
 * What stands between the daemon and the machine, in ms, with the processors idle and with a program that never rests on
 * each: how late an alarm every 10 ms rings, beside Node's own timer; how long addresses stay after SIGKILL until the
 * guard has taken them away, beside one `ip address delete` in the same run; and one batch of `ip`, beside one process.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { scheduler } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { linuxClock } from "../../src/run/linux/clock.ts";
import { IpBatches } from "../../src/run/linux/ip-batch.ts";
import { ip } from "../support/lab/commands.ts";
import { type Lab, whyNoLab, withLab } from "../support/lab.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const vip = "10.0.0.100";
const [rings, kills] = [500, 30];

export async function bench(write: (line: string) => void): Promise<void> {
  write("Between the daemon and the machine, in ms");
  write("".padEnd(46) + ["median", "95 %", "worst"].map((each) => each.padStart(10)).join(""));
  const reason = whyNoLab();
  for (const busy of [false, true]) {
    const load = busy ? burners() : [];
    const row = (name: string, times: readonly number[]) =>
      write(`${`${name}, ${busy ? "busy" : "idle"}`.padEnd(46)}${summary(times)}`);
    try {
      row("alarm every 10 ms, late by", await lateness(linuxClock()));
      row("Node's timer every 10 ms, late by", await lateness(nodeClock()));
      if (reason === undefined) await inLab(row);
    } finally {
      for (const child of load) child.kill("SIGKILL");
    }
  }
  if (reason !== undefined) write(`The guard is not measured, because ${reason}.`);
}

function summary(times: readonly number[]): string {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return [at(0.5), at(0.95), at(1)].map((time) => time.toFixed(2).padStart(10)).join("");
}

const burners = (): readonly ChildProcess[] =>
  Array.from({ length: availableParallelism() }, () => spawn("sh", ["-c", "while :; do :; done"]));

interface Alarm {
  now(): number;
  alarm(at: number, ring: () => void): unknown;
  close(): void;
}

function nodeClock(): Alarm {
  const now = () => Number(process.hrtime.bigint() / 1000n);
  const alarm = async (at: number, ring: () => void) => {
    while (now() < at) await scheduler.wait(Math.max(0, (at - now()) / 1000));
    ring();
  };
  return { now, alarm, close: () => {} };
}

async function lateness(clock: Alarm): Promise<readonly number[]> {
  const late: number[] = [];
  await new Promise<void>((done) => {
    const next = (due: number) =>
      clock.alarm(due, () => {
        late.push((clock.now() - due) / 1000);
        if (late.length === rings) done();
        else next(Math.max(due + 10_000, clock.now()));
      });
    next(clock.now() + 10_000);
  });
  clock.close();
  return late;
}

/** Rows of what needs a network namespace. */
async function inLab(row: (name: string, times: readonly number[]) => void): Promise<void> {
  const daemon = join(folder, "stand-in.mjs");
  const { buildSync } = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  buildSync({
    entryPoints: [fileURLToPath(new URL("../../test/run/linux/stand-in.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: daemon,
  });
  await withLab({ a: { eth0: ["10.0.0.1/24"] } }, async (lab) => {
    const words = ["-n", `${lab.name}-host-a`, "address"] as const;
    const processes: number[] = [];
    const taken: number[] = [];
    for (let round = 0; round < kills; round += 1) {
      await ip([...words, "add", `${vip}/24`, "dev", "eth0"]);
      processes.push(await goneAfter(lab, () => ip([...words, "delete", `${vip}/24`, "dev", "eth0"])));
      await holding(lab, daemon);
      taken.push(await goneAfter(lab, () => lab.host("a").strike()));
    }
    row("SIGKILL of the daemon to address gone", taken);
    row("ip address delete to address gone", processes);
  });
  const batches = new IpBatches();
  const batch: number[] = [];
  const single: number[] = [];
  for (let round = 0; round < 100; round += 1) {
    single.push(await timed(() => ip(["link", "show", "dev", "lo"])));
    batch.push(await timed(() => batches.apply(["link show dev lo"])));
  }
  batches.close();
  row("a batch of ip", batch);
  row("a process of ip", single);
}

async function timed(deed: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await deed();
  return performance.now() - start;
}

/** Starts the stand-in and resolves when it holds the address; the guard of the one before has ended by then. */
async function holding(lab: Lab, daemon: string): Promise<void> {
  const host = lab.host("a");
  host.log.length = 0;
  const orders = {
    guard: fileURLToPath(new URL("../../dist/run/guard.js", import.meta.url)),
    runDirectory: folder,
    hold: [[`address add ${vip}/24 dev eth0`, `address delete ${vip}/24 dev eth0`]],
  };
  host.run(process.execPath, daemon, JSON.stringify(orders));
  await lab.until("the address is held", () => host.log.some(({ text }) => text === "held"));
  // Its guard is ready long before a daemon is killed in earnest.
  await scheduler.wait(300);
}

async function goneAfter(lab: Lab, deed: () => Promise<unknown>): Promise<number> {
  const { moves } = lab.host("a");
  moves.length = 0;
  const start = performance.timeOrigin + performance.now();
  const gone = () => moves.find(({ address, held }) => address.startsWith(vip) && !held);
  await Promise.all([deed(), lab.until("the address is gone", () => gone() !== undefined)]);
  return (gone()?.at ?? Number.NaN) - start;
}
