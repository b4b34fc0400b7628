import { lintMain } from "../lint.ts";
import { processWorld } from "../world.ts";

process.exitCode = lintMain(process.argv.slice(2), processWorld());
