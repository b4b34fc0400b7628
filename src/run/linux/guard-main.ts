/**
 * The guard: a process beside the daemon that waits for its end, which closes its standard input, and then takes away
 * what it was told to hold. It has its own session, so that a terminal's signals do not reach it, and ends after its work.
 */
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { GuardList } from "./guard-list.ts";
import { IpBatches } from "./ip-batch.ts";

for (const privilege of [
  () => writeFileSync("/proc/self/oom_score_adj", "-1000"),
  () => setPriority(0, -20),
]) {
  try {
    privilege();
  } catch {
    // Not everybody may; the guard works without.
  }
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGPIPE"] as const) {
  process.on(signal, () => {});
}
process.stderr.on("error", () => {});

const list = new GuardList();
const batches = new IpBatches();
// What runs once is compiled and loaded when it counts.
const warm = batches.apply(["warm"]);

process.stdin.setEncoding("utf8");
process.stdin.on("data", (text: string) => {
  list.take(text);
  if (list.dismissed) process.exit();
});
process.stdin.on("error", () => void takeAway());
process.stdin.on("end", () => void takeAway());

let ends = false;

async function takeAway(): Promise<void> {
  if (ends) return;
  ends = true;
  const lines = list.removals();
  await warm;
  const failures = await batches.applyLast(lines);
  // What was not there needs no removal.
  const left = failures.filter(({ message }) => !/Cannot (assign|find)|No such (process|file)/.test(message));
  for (const { line, message } of left) console.error(`vrrp-run guard: ip ${line}: ${message}`);
  if (lines.length > 0) {
    console.error(`vrrp-run guard: the daemon has ended; took away ${lines.length} things it had put here.`);
  }
  process.exit();
}
