/**
 * `npm run test:vscode`: a real VS Code with the packed extension, once with Node behind it and once in nothing but a browser.
 * The browser is Debian's chromium or what CHROMIUM names. The words "remote" and "web" choose one of the two; with
 * --update the pictures of the README are taken anew, with --keep everything that was written stays.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureInstalled } from "./ensure-installed.mjs";
import { packExtension } from "./package.mjs";
import { inRoot, say } from "./steps.mjs";
import { fetchVsCode, findChromium } from "./vscode/cache.mjs";
import { checkRemote } from "./vscode/remote.mjs";
import { checkWeb } from "./vscode/web.mjs";

if (findChromium()) await main(process.argv.slice(2));
else {
  say("No chromium. On Debian: apt-get install --no-install-recommends chromium fonts-dejavu-core");
  process.exitCode = 2;
}

async function main(words) {
  ensureInstalled();
  fetchVsCode();
  const folder = mkdtempSync(path.join(tmpdir(), "vscode-"));
  say("Packing the extension …");
  const vsix = path.join(folder, "packed", "vrrpkit.vsix");
  await packExtension(vsix);
  const packed = { vsix, staged: path.join(folder, "packed", "extension") };
  const runs = [
    { name: "remote", title: "VS Code with Node", check: checkRemote },
    { name: "web", title: "VS Code for the Web", check: checkWeb },
  ].filter(({ name }, _, all) => words.includes(name) || !all.some((each) => words.includes(each.name)));
  let passed = 0;
  let failed = 0;
  for (const { name, title, check } of runs) {
    say(`${title} …`);
    const update = words.includes("--update");
    const results = report(title, await check({ ...packed, ...madeFolder(path.join(folder, name)), update }));
    passed += results.passed;
    failed += results.failed;
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
  if (failed === 0 && !words.includes("--keep")) rmSync(folder, { recursive: true, force: true });
  else say(`What was written lies in ${folder}`);
}

/** A folder for one VS Code, with the files that it opens. */
function madeFolder(folder) {
  const files = path.join(folder, "files");
  cpSync(inRoot("examples"), files, { recursive: true });
  cpSync(inRoot("test", "vscode", "files"), files, { recursive: true });
  return { folder, files };
}

/** Prints the results and counts those that failed. */
function report(title, { vscode, results }) {
  console.log(`\n${title}, ${vscode}`);
  for (const { name, milliseconds, error } of results) {
    console.log(`${error ? "✗" : "✓"} ${name} (${milliseconds} ms)`);
    if (error) console.log(error.replaceAll(/^/gm, "    "));
  }
  const failed = results.filter(({ error }) => error).length;
  return { passed: results.length - failed, failed };
}
