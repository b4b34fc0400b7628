/** `vrrp-gen` on a terminal: a dialogue that ends with the files. */
import type { GenOptions } from "./gen-options.ts";
import { UsageError, type World } from "./world.ts";

/** Not there yet: throws UsageError. */
export function genDialogue({ mode }: GenOptions, _world: World): number | Promise<number> {
  throw new UsageError(`${mode} is not there yet`);
}
