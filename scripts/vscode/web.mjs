/** VS Code for the Web: the extensions run in a worker of the browser, and no Node is anywhere. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundling } from "../build.mjs";
import { inRoot } from "../steps.mjs";
import { inPackage, webBuild, withPage } from "./cache.mjs";
import { pause, withServer } from "./server.mjs";

/** Loads the staged extension and the driver, opens the files, and returns what the driver found. */
export async function checkWeb({ folder, staged, files }) {
  const extensions = path.join(folder, "web-extensions");
  mkdirSync(path.join(extensions, "driver"), { recursive: true });
  const driver = inRoot("test", "vscode", "driver");
  const { main: _, ...manifest } = JSON.parse(readFileSync(path.join(driver, "package.json"), "utf8"));
  const inWeb = JSON.stringify({ ...manifest, browser: "./web.js" });
  writeFileSync(path.join(extensions, "driver", "package.json"), inWeb);
  const esbuild = await import("esbuild");
  await esbuild.build({
    ...bundling,
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
    entryPoints: [path.join(driver, "web.cjs")],
    outfile: path.join(extensions, "driver", "web.js"),
  });
  const words = [inPackage("@vscode", "test-web", "out", "server", "index.js"), "--browser=none"];
  words.push("--quality=stable", `--commit=${webBuild.commit}`, `--testRunnerDataDir=${webBuild.folder}`);
  words.push(`--extensionDevelopmentPath=${staged}`, `--extensionPath=${extensions}`);
  // Its pages open only under this name.
  const server = {
    program: process.execPath,
    words: (port) => [...words, "--host=localhost", `--port=${port}`, files],
    env: process.env,
    address: (port) => `http://localhost:${port}/`,
  };
  return withServer(server, (address) => withPage((page) => listen(page, address, folder)));
}

async function listen(page, address, folder) {
  let results;
  page.on("console", (message) => {
    const [, text] = /DRIVER (.*) END/s.exec(message.text()) ?? [];
    if (text) results = JSON.parse(text);
  });
  await page.goto(address, { timeout: 120_000 });
  for (let turn = 0; turn < 4800 && !results; turn++) await pause(50);
  if (results) return results;
  await page.screenshot({ path: path.join(folder, "stuck-web.png") });
  throw new Error("the driver did not finish within four minutes in VS Code for the Web");
}
