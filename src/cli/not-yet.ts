/** Commands whose names are taken but whose work is not there yet. */
import type { World } from "./world.ts";

/** Says so in one line; the exit code is 2. */
export function notYet(command: string, world: World): number {
  world.err(`${command}: not there yet in this version; vrrp-lint works.\n`);
  return 2;
}
