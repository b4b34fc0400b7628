/** `vrrp-gen --sync FILE…`: files that drifted apart are brought together. */
import type { GenOptions } from "./gen-options.ts";
import { UsageError, type World } from "./world.ts";

/** Not there yet: throws UsageError. */
export function genSync({ mode }: GenOptions, _world: World): number {
  throw new UsageError(`${mode} is not there yet`);
}
