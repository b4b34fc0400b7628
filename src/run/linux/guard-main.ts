/**
 * The guard: a process beside the daemon that waits for its end and then takes away what it was told to hold. It has its
 * own session, so that a terminal's signals do not reach it, and ends after its work. It also carries out the daemon's
 * batches: so nothing is put on the machine after it was taken away.
 *
 * The daemon's end closes the guard's standard input, after all threads of the daemon have ended, which takes long when
 * the processors are busy. The kernel's signal at the end of its main thread comes earlier.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import type { Removal } from "../ports.ts";
import { type Answer, type Batch, GuardList } from "./guard-list.ts";
import { IpBatches } from "./ip-batch.ts";
import { libc } from "./libc.ts";

const daemon = process.ppid;
const [parentDeathSignal, sigusr2] = [1, 12];

attempt(() => writeFileSync("/proc/self/oom_score_adj", "-1000"));
attempt(() => setPriority(0, -20));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGPIPE"] as const) {
  process.on(signal, () => {});
}
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});

const list = new GuardList();
/** What has been taken away already, as text. */
const taken = new Set<string>();
let finishing = false;
/** The daemon has ended, and what it still wanted is done no more. */
let over = false;
const batches = new IpBatches();
// What runs once is compiled and loaded when it counts.
const warm = batches.apply(["warm"]);

process.stdin.setEncoding("utf8");
process.stdin.on("data", (text: string) => {
  const given = list.take(text);
  if (!over) for (const each of given) void carryOut(each);
  if (list.dismissed) process.exit();
});
process.stdin.on("error", () => void finish());
process.stdin.on("end", () => void finish());
process.on("SIGUSR2", () => void whenKilled());

// Not before there is somebody to take it: by itself this signal ends a process.
attempt(() => libc().prctl(parentDeathSignal, sigusr2, 0, 0, 0));

async function carryOut({ number, lines }: Batch): Promise<void> {
  const answer: Answer = { number, failures: await batches.apply(lines) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

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
  over = true;
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
  const removals = list.removals().filter((each) => !taken.has(JSON.stringify(each)));
  for (const each of removals) taken.add(JSON.stringify(each));
  await warm;
  const lines = removals.filter((each) => typeof each === "string");
  const failures = lines.length > 0 ? await batches.apply(lines) : [];
  // What was not there needs no removal.
  const left = failures.filter(({ message }) => !/Cannot (assign|find)|No such (process|file)/.test(message));
  for (const { line, message } of left) say("error", `ip ${line}: ${message}`);
  for (const each of removals) if (typeof each !== "string") undo(each);
}

function undo(removal: Exclude<Removal, string>): void {
  if ("end" in removal) attempt(() => process.kill(-removal.end, "SIGTERM"));
  else attempt(() => writeFileSync(`/proc/sys/${removal.setting[0]}`, removal.setting[1]));
}

/** In the form of the daemon's log. */
function say(level: string, what: string): void {
  const message = `vrrp-run guard: ${what}`;
  const time = new Date().toISOString();
  console.error(process.argv[2] === "json" ? JSON.stringify({ time, level, message }) : message);
}

async function finish(): Promise<void> {
  if (finishing) return;
  finishing = true;
  await takeAway();
  // Waits for what the signal began.
  await batches.apply(["done"]);
  const things = [...taken].filter((each) => !each.startsWith('{"end"')).length;
  if (things > 0) say("warning", `the daemon has ended; took away ${things} things it had put here.`);
  process.exit();
}
