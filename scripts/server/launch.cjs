#!/usr/bin/env node
/**
 * Starts the server that lies beside it. What V8 made of its code at the build is taken over where Node is the same, since to
 * compile it takes a third of a start. Elsewhere there is no such file, and what V8 does not know for its own it refuses.
 */
const { readFileSync } = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const file = path.join(__dirname, "main.js");

function compiledBefore() {
  try {
    const { version, platform, arch } = process;
    return readFileSync(path.join(__dirname, `main-${version}-${platform}-${arch}.compiled`));
  } catch {
    return undefined;
  }
}

// The bundle is plain ASCII, and that encoding is the quickest to read.
const source = `(function (require, module, exports, __filename, __dirname) {${readFileSync(file, "latin1")}\n})`;
const script = new vm.Script(source, { filename: file, cachedData: compiledBefore() });
script.runInThisContext()(require, module, exports, file, __dirname);
