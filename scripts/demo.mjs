/**
 * `npm run demo`: the two files of a well-known tutorial, judged, explained, mended in a copy, judged again; then who
 * holds which address and who takes over. The files of the project stay as they are.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { inRoot, runNode, say } from "./steps.mjs";

ensureInstalled();
say("Building …");
await build();

const folder = mkdtempSync(path.join(tmpdir(), "vrrpkit-demo-"));
try {
  cpSync(inRoot("examples", "tutorial"), folder, { recursive: true });
  process.exitCode = demo();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function demo() {
  const files = ["host-a.conf", "host-b.conf"];
  chapter("1. Two hosts of one cluster, as a tutorial tells to write them");
  lint(...files);
  chapter("2. Why one of the findings matters");
  lint("--explain", "vrrp-auth-pass-too-long");
  chapter("3. The safe fixes, applied to a copy");
  lint("--fix", ...files);
  chapter("4. The mended copy, judged again");
  const code = lint(...files);
  chapter("5. Who holds which address, and who takes over");
  lint("--takeover", ...files);
  return code;
}

/** Runs vrrp-lint in the copy's folder and shows the call first, as a user would type it. */
function lint(...words) {
  console.log(`$ vrrp-lint ${words.join(" ")}\n`);
  return runNode([inRoot("dist", "cli", "vrrp-lint.js"), ...words], { cwd: folder });
}

function chapter(title) {
  console.log(`\n${title}\n${"=".repeat(title.length)}\n`);
}
