/** Runs the checks and leaves the results where the script that started VS Code looks for them. */
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { checks } = require("./checks.cjs");

const folder = process.env.DRIVER_FOLDER;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Asks the script outside to do something with the page (take a picture, press keys), and waits until it has. */
async function outside(request) {
  const name = `${Date.now()}`;
  fs.writeFileSync(path.join(folder, `${name}.part`), JSON.stringify(request));
  fs.renameSync(path.join(folder, `${name}.part`), path.join(folder, `${name}.ask`));
  for (let turn = 0; turn < 300; turn++) {
    if (fs.existsSync(path.join(folder, `${name}.done`))) return;
    await pause(50);
  }
  throw new Error(`nobody answered ${JSON.stringify(request)}`);
}

/** Waits until something is there, for some seconds; throws with its name when it does not come. */
async function until(what, find, seconds = 15) {
  for (let turn = 0; turn < seconds * 20; turn++) {
    const found = await find();
    if (found) return found;
    await pause(50);
  }
  throw new Error(`waited ${seconds} s for ${what}`);
}

exports.activate = async () => {
  const results = [];
  for (const [name, check] of Object.entries(checks)) {
    const started = Date.now();
    try {
      await check({ vscode, outside, until, pause });
      results.push({ name, milliseconds: Date.now() - started });
    } catch (error) {
      results.push({ name, milliseconds: Date.now() - started, error: String(error?.stack ?? error) });
    }
  }
  const text = JSON.stringify({ vscode: vscode.version, node: process.version, results });
  fs.writeFileSync(path.join(folder, "results.part"), text);
  fs.renameSync(path.join(folder, "results.part"), path.join(folder, "results.json"));
};
