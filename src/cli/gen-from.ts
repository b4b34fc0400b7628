/** `vrrp-gen --from FILE`: the file of a host's partner. */
import type { GenOptions } from "./gen-options.ts";
import { UsageError, type World } from "./world.ts";

/** Not there yet: throws UsageError. */
export function genFrom({ mode }: GenOptions, _world: World): number {
  throw new UsageError(`${mode} is not there yet`);
}
