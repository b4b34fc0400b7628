/** The driver in a process of Node: it talks with the script outside through files in a folder. */
const fs = require("node:fs");
const path = require("node:path");
const { runChecks } = require("./run.cjs");

const folder = process.env.DRIVER_FOLDER;

/** Writes a file that appears whole or not at all. */
function put(name, content) {
  fs.writeFileSync(path.join(folder, "part"), JSON.stringify(content));
  fs.renameSync(path.join(folder, "part"), path.join(folder, name));
}

/** Lets the script do something with the page; true once it is done. */
async function outside(request) {
  const name = `${Date.now()}`;
  put(`${name}.ask`, request);
  for (let turn = 0; turn < 600; turn++) {
    if (fs.existsSync(path.join(folder, `${name}.done`))) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`nobody answered ${JSON.stringify(request)}`);
}

exports.activate = async () => put("results.json", await runChecks(outside));
