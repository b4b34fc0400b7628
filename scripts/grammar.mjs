/** Generates the typed bundle of the grammar, when the grammar is newer than the bundle. */
import { copyFileSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { changedAt, inRoot, runNode } from "./steps.mjs";

const source = inRoot("grammar", "keepalived.ohm");
const bundles = ["keepalived.ohm-bundle.js", "keepalived.ohm-bundle.d.ts"];

/**
 * Promises that the bundle beside the grammar belongs to the grammar; throws when the grammar is wrong.
 * The bundle appears by renaming, so a reader never sees half of it.
 */
export function buildGrammar() {
  const age = Math.min(...bundles.map((name) => changedAt(inRoot("grammar", name))));
  if (age >= changedAt(source) && age > 0) return;
  const folder = mkdtempSync(inRoot("grammar", ".making-"));
  try {
    const copy = path.join(folder, "keepalived.ohm");
    copyFileSync(source, copy);
    const ohm = inRoot("node_modules", "@ohm-js", "cli", "index.js");
    const code = runNode([ohm, "generateBundles", "--withTypes", "--esm", "keepalived.ohm"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (code !== 0) throw new Error("grammar/keepalived.ohm is wrong; the message stands above.");
    for (const name of bundles) renameSync(path.join(folder, name), inRoot("grammar", name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Vitest calls this before the first test, so that `npx vitest` alone works too. */
export default function setup() {
  buildGrammar();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureInstalled();
  buildGrammar();
}
