import { notYet } from "../not-yet.ts";
import { processWorld } from "../world.ts";

process.exitCode = notYet("vrrp-run", processWorld());
