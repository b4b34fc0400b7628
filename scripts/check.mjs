/** Types (tsc) and style (biome), over the whole project. Exit code 1 when one of them finds something. */
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { buildGrammar } from "./grammar.mjs";
import { inRoot, runNode, say } from "./steps.mjs";

const checks = [
  { name: "types", args: [inRoot("node_modules", "typescript", "bin", "tsc"), "-p", "."] },
  {
    name: "style",
    args: [inRoot("node_modules", "@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings"],
  },
];

/** Runs both checks and returns the names of those that passed and of those that failed. */
export function check() {
  const passed = [];
  const failed = [];
  for (const { name, args } of checks) {
    const ok = runNode(args, { stdio: ["ignore", 2, 2] }) === 0;
    (ok ? passed : failed).push(name);
    if (!ok) say(`The check of ${name} failed; its messages stand above.`);
  }
  return { passed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureInstalled();
  buildGrammar();
  if (check().failed.length > 0) process.exitCode = 1;
}
