#!/usr/bin/env node
/**
 * Starts the script of its name that lies beside it. What V8 made of its code at the build is taken over where Node is the
 * same, since to compile it takes a third of a start. Elsewhere there is no such file, and what V8 does not know for its
 * own it refuses.
 */
const { readFileSync } = require("node:fs");
const vm = require("node:vm");

const name = __filename.replace(/\.js$/, "");
const file = `${name}.main.js`;

function compiledBefore() {
  try {
    const { version, platform, arch } = process;
    return readFileSync(`${name}-${version}-${platform}-${arch}.compiled`);
  } catch {
    return undefined;
  }
}

// The bundle is plain ASCII, and that encoding is the quickest to read.
const source = `(function (require, module, exports, __filename, __dirname) {${readFileSync(file, "latin1")}\n})`;
const script = new vm.Script(source, { filename: file, cachedData: compiledBefore() });
script.runInThisContext()(require, module, exports, file, __dirname);
