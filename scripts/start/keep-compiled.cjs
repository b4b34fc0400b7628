/** Loaded before the launcher, at the build: keeps what V8 made of a command's code up to its end. */
const { chmodSync, writeFileSync } = require("node:fs");
const v8 = require("node:v8");
const vm = require("node:vm");

const { Script } = vm;
let script;
vm.Script = class extends Script {
  constructor(source, options) {
    super(source, options);
    script = this;
  }
};
// V8 takes over only what was made under the flags that it starts with.
v8.setFlagsFromString = () => undefined;
process.on("exit", () => {
  const file = process.env.KEEP_COMPILED_IN;
  writeFileSync(file, script.createCachedData());
  // A daemon makes files for itself alone.
  chmodSync(file, 0o644);
});
