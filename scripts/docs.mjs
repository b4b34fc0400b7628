/** `npm run docs`: writes the generated pages of docs/. */
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundling } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { buildGrammar } from "./grammar.mjs";
import { inRoot, root, say } from "./steps.mjs";

ensureInstalled();
buildGrammar();
// Node 20 does not run TypeScript, so the generator is bundled first, below the packages it needs.
const folder = mkdtempSync(inRoot("node_modules", ".docs-"));
try {
  const outfile = path.join(folder, "generate-docs.mjs");
  const esbuild = await import("esbuild");
  await esbuild.build({ ...bundling, entryPoints: ["scripts/generate-docs.ts"], outfile });
  const { pages, writePages } = await import(pathToFileURL(outfile).href);
  writePages(root);
  say(`Written: ${[...pages().keys()].join(", ")}`);
} finally {
  rmSync(folder, { recursive: true });
}
