/** Which properties a fleet breaks, as a module that can be built with another state machine. */
import { fleetOf } from "../../src/rules/example-fleet.ts";
import { explore } from "../../src/simulate/explore.ts";

export function brokenIn(files: Readonly<Record<string, string>>, faults: number): readonly string[] {
  return [...new Set(explore(fleetOf(files), { faults }).diagnostics.map(({ rule }) => rule))];
}
