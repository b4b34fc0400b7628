/**
 * Real-time scheduling of the daemon (SCHED_RR), of all its threads: the main one waits for those in which V8 collects
 * garbage. It comes before them: equals wait for each other for 100 ms. What they start is ordinary (SCHED_RESET_ON_FORK).
 */
import { readdirSync } from "node:fs";
import type { Scheduler } from "../ports.ts";
import { errorText, koffiVersion, lastError, libc } from "./libc.ts";

const [ordinary, roundRobin, resetOnFork] = [0, 2, 0x40000000];

export function linuxScheduler(): Scheduler {
  return {
    realTime: (priority) => {
      if (koffiVersion() === undefined) return "koffi is not there to ask for it";
      const refused = schedule(process.pid, priority);
      if (refused !== undefined) return refused;
      for (const thread of readdirSync("/proc/self/task").map(Number)) {
        // One that has ended meanwhile needs nothing.
        if (thread !== process.pid) schedule(thread, priority && Math.max(1, priority - 1));
      }
      return undefined;
    },
  };
}

/** What the kernel says against it. */
function schedule(thread: number, priority: number | undefined): string | undefined {
  const policy = priority === undefined ? ordinary : roundRobin | resetOnFork;
  const parameters = Buffer.alloc(4);
  parameters.writeInt32LE(priority ?? 0);
  const result = libc().sched_setscheduler(thread, policy, parameters);
  return result < 0 ? errorText(lastError()) : undefined;
}
