import { genMain } from "../gen.ts";
import { processWorld } from "../world.ts";

process.exitCode = await genMain(process.argv.slice(2), processWorld());
