/** `vrrp-run status`: asks the running daemon. */
import { ask } from "../run/control.ts";
import { statusText } from "../run/daemon/report.ts";
import type { Status } from "../run/daemon/status.ts";
import type { RunOptions } from "./run-options.ts";
import { reason } from "./texts.ts";
import type { World } from "./world.ts";

/** Prints its status; 1 when none answers. */
export async function status({ runDirectory, json }: RunOptions, world: World): Promise<number> {
  try {
    const answer = (await ask(runDirectory, "status")) as Status;
    world.out(json ? `${JSON.stringify(answer)}\n` : statusText(answer));
    return 0;
  } catch (error) {
    world.err(`vrrp-run: no daemon answers in ${runDirectory}: ${reason(error)}\n`);
    world.err("If it was started with --run-dir DIR, give the same here.\n");
    return 1;
  }
}
