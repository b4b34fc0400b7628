/** `vrrp-gen --spec-from FILE…`: the description of the cluster that the files make. */
import type { GenOptions } from "./gen-options.ts";
import { UsageError, type World } from "./world.ts";

/** Not there yet: throws UsageError. */
export function genSpecFrom({ mode }: GenOptions, _world: World): number {
  throw new UsageError(`${mode} is not there yet`);
}
