import { runMain } from "../run.ts";
import { processWorld } from "../world.ts";

// The build makes a script of it, which cannot wait by itself.
void Promise.resolve(runMain(process.argv.slice(2), processWorld())).then((code) => {
  process.exitCode = code;
});
