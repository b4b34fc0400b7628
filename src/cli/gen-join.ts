/** `vrrp-gen --join FILE…`: one more host beside those of the files. */
import type { GenOptions } from "./gen-options.ts";
import { UsageError, type World } from "./world.ts";

/** Not there yet: throws UsageError. */
export function genJoin({ mode }: GenOptions, _world: World): number {
  throw new UsageError(`${mode} is not there yet`);
}
