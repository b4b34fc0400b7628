/** `npm run bench`: runs what test/bench/ holds, one file after the other; words after `--` choose files by name. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, bundling } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { inRoot } from "./steps.mjs";

const wanted = process.argv.slice(2);
const benches = readdirSync(inRoot("test", "bench"))
  .filter((file) => file.endsWith(".ts"))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)));

ensureInstalled();
await build();
// Node 20 does not run TypeScript, so each file is bundled first, below the packages it needs.
const folder = mkdtempSync(inRoot("node_modules", ".bench-"));
try {
  // The lab starts these files as programs of their own and looks for them beside itself.
  for (const program of ["capture.mjs", "mail-server.mjs"]) {
    copyFileSync(inRoot("test", "support", "lab", program), path.join(folder, program));
  }
  const esbuild = await import("esbuild");
  for (const file of benches) {
    const outfile = path.join(folder, file.replace(/\.ts$/, ".mjs"));
    await esbuild.build({ ...bundling, entryPoints: [`test/bench/${file}`], outfile });
    const { bench } = await import(pathToFileURL(outfile).href);
    await bench((line) => console.log(line));
  }
} finally {
  rmSync(folder, { recursive: true });
}
