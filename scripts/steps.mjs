/** Small tools of the scripts. Plain Node, because they run before anything is installed. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** An absolute path inside the project. */
export const inRoot = (...parts) => path.join(root, ...parts);

/** One line on standard error that says what goes on; standard output belongs to the results. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** The time a file was changed, in milliseconds; 0 when there is no such file. */
export function changedAt(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

/** Runs a program in the project's folder and returns its exit code; its output is the user's to see. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) {
    say(`${command}: ${result.error.message}`);
    return 127;
  }
  return result.status ?? 1;
}

/** Runs a JavaScript file with this Node. */
export const runNode = (args, options) => run(process.execPath, args, options);
