/** Runs the checks one after the other. */
const vscode = require("vscode");
const { checks } = require("./checks.cjs");

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Waits until something is there, for some seconds; throws with its name, text or function, when it does not come. */
async function until(what, find, seconds = 30) {
  for (let turn = 0; turn < seconds * 20; turn++) {
    const found = await find();
    if (found) return found;
    await pause(50);
  }
  throw new Error(`waited ${seconds} s for ${typeof what === "function" ? what() : what}`);
}

/** What came of each check. `outside` asks the script around VS Code to do something with the page. */
exports.runChecks = async (outside) => {
  // VS Code for the Web saves by itself after a second; what a check has not taken back by then would be on disk.
  const files = vscode.workspace.getConfiguration("files");
  await files.update("autoSave", "off", vscode.ConfigurationTarget.Global);
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
  return { vscode: vscode.version, results };
};
