/**
 * Installs the packages when they are missing or older than the lock file; otherwise does nothing.
 * Install scripts do not run: nothing that lints or tests needs them, and so no compiler is needed either
 * (docs/decisions/0005-install-without-scripts.md).
 */
import { pathToFileURL } from "node:url";
import { changedAt, inRoot, run, say } from "./steps.mjs";

/** Promises that the packages of the lock file are installed; throws when npm can not do it. */
export function ensureInstalled() {
  const installed = changedAt(inRoot("node_modules", ".package-lock.json"));
  if (installed > 0 && installed >= changedAt(inRoot("package-lock.json"))) return;
  say("Installing packages (npm ci), about 10 seconds …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = run(npm, args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}; its messages stand above.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) ensureInstalled();
