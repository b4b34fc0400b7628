/** VS Code with its extensions in a process of Node, as on a desktop or a remote machine; the window is a browser's. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { smallPng } from "../small-png.mjs";
import { inRoot, run, runNode } from "../steps.mjs";
import { inPackage, nodeOfCodeServer, withPage } from "./cache.mjs";
import { pause, withServer } from "./server.mjs";

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

/** Installs the packed extension and the driver, opens the files, and returns what the driver found. */
export async function checkRemote({ folder, vsix, files, update }) {
  const inFolder = (...parts) => path.join(folder, ...parts);
  const words = [inPackage("code-server", "out", "node", "entry.js")];
  words.push("--user-data-dir", inFolder("state"), "--extensions-dir", inFolder("extensions"));
  const env = {
    ...process.env,
    // No gallery to ask, no folder of the user to write to.
    EXTENSIONS_GALLERY: '{"serviceUrl":"http://127.0.0.1:9/none"}',
    XDG_CONFIG_HOME: inFolder("config"),
    XDG_DATA_HOME: inFolder("data"),
    DRIVER_FOLDER: folder,
  };
  mkdirSync(inFolder("state", "User"), { recursive: true });
  writeFileSync(inFolder("state", "User", "settings.json"), JSON.stringify(settings));
  for (const file of [vsix, packDriver(inFolder("driver.vsix"))]) {
    const code = run(nodeOfCodeServer, [...words, "--install-extension", file], { env, stdio: "ignore" });
    if (code !== 0) throw new Error(`code-server did not install ${file}`);
  }
  const options = ["--auth", "none", "--disable-telemetry", "--disable-update-check"];
  const server = {
    program: nodeOfCodeServer,
    words: (port) => [...words, ...options, "--bind-addr", `127.0.0.1:${port}`, files],
    env,
    address: (port) => `http://127.0.0.1:${port}/?folder=${encodeURIComponent(files)}`,
  };
  return withServer(server, (address) => withPage((page) => drive(page, address, { folder, update })));
}

function packDriver(file) {
  const vsce = inRoot("node_modules", "@vscode", "vsce", "vsce");
  const words = [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--skip-license"];
  const cwd = inRoot("test", "vscode", "driver");
  if (runNode([...words, "--out", file], { cwd, stdio: ["ignore", "ignore", "inherit"] }) !== 0)
    throw new Error("vsce could not pack the driver; its messages stand above.");
  return file;
}

/** Opens the page and does what the driver asks for until it is done. */
async function drive(page, address, { folder, update }) {
  const inFolder = (name) => path.join(folder, name);
  await page.goto(address, { timeout: 120_000 });
  for (let turn = 0; turn < 4800; turn++) {
    if (existsSync(inFolder("results.json")))
      return JSON.parse(readFileSync(inFolder("results.json"), "utf8"));
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".ask"))) {
      await answer(page, JSON.parse(readFileSync(inFolder(name), "utf8")), { folder, update });
      rmSync(inFolder(name));
      writeFileSync(inFolder(name.replace(/ask$/, "done")), "");
    }
    await pause(50);
  }
  await page.screenshot({ path: inFolder("stuck.png") });
  throw new Error("the driver did not finish within four minutes");
}

async function answer(page, request, { folder, update }) {
  if (request.do === "picture") {
    const file = path.join(folder, `${request.name}.png`);
    writeFileSync(file, smallPng(await page.screenshot()));
    if (update && request.kept !== false) cpSync(file, inRoot("client", "images", `${request.name}.png`));
  } else if (request.do === "see") {
    await page.waitForSelector(request.selector, { timeout: 28_000 });
  } else if (request.do === "click") {
    await page.locator(request.selector).first().click({ timeout: 28_000 });
  } else if (request.do === "see in frame") {
    const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
    await frame.getByText(request.text).first().waitFor({ timeout: 28_000 });
  } else throw new Error(`the driver asks for ${JSON.stringify(request)}`);
}
