/**
 * The guard: a process beside the daemon that waits for its end and then takes away what it was told to hold. It has its
 * own session, so that a terminal's signals do not reach it, and ends after its work.
 *
 * The daemon's end closes the guard's standard input, after all threads of the daemon have ended, which takes long when
 * the processors are busy. The kernel's signal at the end of its main thread comes earlier.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { GuardList } from "./guard-list.ts";
import { IpBatches } from "./ip-batch.ts";
import { libc } from "./libc.ts";

const daemon = process.ppid;
const [parentDeathSignal, sigusr2] = [1, 12];

attempt(() => writeFileSync("/proc/self/oom_score_adj", "-1000"));
attempt(() => setPriority(0, -20));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGPIPE"] as const) {
  process.on(signal, () => {});
}
process.stderr.on("error", () => {});

const list = new GuardList();
/** What has been taken away already. */
let taken: readonly string[] = [];
let finishing = false;
const batches = new IpBatches();
// What runs once is compiled and loaded when it counts.
const warm = batches.apply(["warm"]);

process.stdin.setEncoding("utf8");
process.stdin.on("data", (text: string) => {
  list.take(text);
  if (list.dismissed) process.exit();
});
process.stdin.on("error", () => void finish());
process.stdin.on("end", () => void finish());
process.on("SIGUSR2", () => void whenKilled());

// Not before there is somebody to take it: by itself this signal ends a process.
attempt(() => libc().prctl(parentDeathSignal, sigusr2, 0, 0, 0));

/** Not everybody may do everything; the guard works without. */
function attempt(privilege: () => unknown): void {
  try {
    privilege();
  } catch {
    // As it was, then.
  }
}

/** Anybody may send such a signal; it counts when the daemon is dead. */
async function whenKilled(): Promise<void> {
  for (let looks = 0; !isDead(); looks += 1) {
    if (looks === 1000) return;
    await turn();
  }
  // What the daemon has written last is read in a turn of the loop.
  await turn();
  await turn();
  await takeAway();
}

/** Its main thread has ended. */
function isDead(): boolean {
  try {
    // The second field is the program's name in brackets, which may hold anything.
    return /^.*\) [ZX]/s.test(readFileSync(`/proc/${daemon}/stat`, "utf8"));
  } catch {
    return true;
  }
}

/** Takes away what is held and has not been taken away. */
async function takeAway(): Promise<void> {
  const lines = list.removals();
  if (lines.every((line) => taken.includes(line))) return;
  taken = lines;
  await warm;
  const failures = await batches.apply(lines);
  // What was not there needs no removal.
  const left = failures.filter(({ message }) => !/Cannot (assign|find)|No such (process|file)/.test(message));
  for (const { line, message } of left) console.error(`vrrp-run guard: ip ${line}: ${message}`);
}

async function finish(): Promise<void> {
  if (finishing) return;
  finishing = true;
  await takeAway();
  // Waits for what the signal began.
  await batches.apply(["done"]);
  if (taken.length > 0) {
    console.error(`vrrp-run guard: the daemon has ended; took away ${taken.length} things it had put here.`);
  }
  process.exit();
}
