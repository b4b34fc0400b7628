/** The two programs that can run a host's file. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.ts";

export type Program = "keepalived" | "vrrp-run";

/** The words that start a program on a file, with what it writes about itself in the directory. */
export function wordsOf(program: Program, file: string, directory: string): readonly string[] {
  return program === "keepalived" ? keepalived(file, directory) : vrrpRun(file, directory);
}

/**
 * Without syslog: where none runs, keepalived told to log to its terminal writes each line to the system's console as well
 * (LOG_CONS), and a serial one can hold up a processor of the whole machine for as long as a hurried master may be silent.
 */
function keepalived(file: string, directory: string): readonly string[] {
  const [main = "", vrrp = "", check = ""] = ["main.pid", "vrrp.pid", "check.pid"].map((each) =>
    join(directory, each),
  );
  // A killed child may not have been buried yet, and keepalived would then take it for a running one.
  for (const pid of [main, vrrp, check]) rmSync(pid, { force: true });
  const [log, processes] = [
    ["-l", "-D", "--no-syslog"],
    ["-p", main, "-r", vrrp, "-c", check],
  ];
  return ["keepalived", "-n", ...log, "--vrrp", "-f", file, ...processes];
}

/** As `npm run build` made it. */
function vrrpRun(file: string, directory: string): readonly string[] {
  const command = join(root, "dist", "cli", "vrrp-run.js");
  return [process.execPath, command, "-f", file, "--run-dir", join(directory, "run")];
}
