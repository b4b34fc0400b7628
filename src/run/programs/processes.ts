/** The machine's processes, as /proc shows them (keepalived, core/track_process.c, read_procs and check_params). */
import { readdirSync, readFileSync } from "node:fs";
import type { CheckPlan } from "../plan/types.ts";

export type ProcessPlan = Extract<CheckPlan, { readonly kind: "process" }>;

/** The numbers of all processes. */
export function processes(): readonly string[] {
  return readdirSync("/proc").filter((name) => /^[1-9]\d*$/.test(name));
}

/** Whether a process is what a plan looks for; false when it has ended, also where its parent does not know yet. */
export function isOne(process: string, plan: ProcessPlan): boolean {
  try {
    return plan.fullCommand ? matchesCommand(process, plan) : matchesName(process, plan);
  } catch {
    return false;
  }
}

/** The name is cut to 15 bytes by the kernel, and stands between parentheses. */
function matchesName(process: string, { process: wanted }: ProcessPlan): boolean {
  const stat = readFileSync(`/proc/${process}/stat`, "latin1");
  const [open, close] = [stat.indexOf("("), stat.lastIndexOf(")")];
  const name = Buffer.from(stat.slice(open + 1, close), "latin1").toString();
  return name === wanted && stat[close + 2] !== "Z";
}

/** A process that has ended has no words any more. */
function matchesCommand(process: string, plan: ProcessPlan): boolean {
  const line = readFileSync(`/proc/${process}/cmdline`, "utf8");
  const end = line.indexOf("\0");
  const first = end === -1 ? line : line.slice(0, end);
  return first === plan.process && (plan.match === undefined || fits(line.slice(end + 1), plan));
}

/** `given` are the words behind the first, each with a NUL at its end. */
function fits(given: string, { parameters, match }: ProcessPlan): boolean {
  const wanted = (parameters ?? []).map((word) => `${word}\0`).join("");
  if (match === "exact") return given === wanted;
  if (match === "partial") return given.startsWith(wanted);
  return given.length >= wanted.length && given.startsWith(wanted.slice(0, -1));
}
