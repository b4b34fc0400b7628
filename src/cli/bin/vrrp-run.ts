import { runMain } from "../run.ts";
import { processWorld } from "../world.ts";

process.exitCode = await runMain(process.argv.slice(2), processWorld());
