import { genMain } from "../gen.ts";
import { processWorld } from "../world.ts";

// The build makes a script of it, which cannot wait by itself.
void Promise.resolve(genMain(process.argv.slice(2), processWorld())).then((code) => {
  process.exitCode = code;
});
