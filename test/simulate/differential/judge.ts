/** Holds what the simulator tells against what real hosts did. */
import fc from "fast-check";
import { second } from "../../../src/vrrp/time.ts";
import { play } from "../play.ts";
import type { Change, Cluster, Observation, Reality } from "./observation.ts";

/** How far apart the same change may be, in seconds: daemons on a busy machine are late. */
const tolerance = 0.4;

/** What the simulator tells when the faults happen at the moments at which they happened. */
export function simulated(
  { texts }: Cluster,
  faults: readonly string[],
  duration: number,
  release: string,
): Observation {
  const story = play(texts, { faults, duration, release });
  return {
    changes: story.changes.flatMap(({ at, host, instance, from, to }): readonly Change[] =>
      to === "INIT" || (from === "INIT" && to === "FAULT")
        ? []
        : [{ seconds: at / second, host, instance, to }],
    ),
    holders: Object.fromEntries(
      story.holdings.map(({ address, spans }) => [address, [...(spans.at(-1)?.hosts ?? [])].sort()]),
    ),
  };
}

export interface Verdict {
  /** same: as the simulator tells; chance: as it tells when things happen some milliseconds sooner or later. */
  readonly is: "same" | "chance" | "different";
  readonly differences: readonly string[];
}

/** How much sooner or later than noted things may have happened, in ms. */
const slack = 25;

/** Whether real hosts did what the simulator tells. */
export function judge(cluster: Cluster, reality: Reality, release: string): Verdict {
  const { deeds, duration } = reality;
  const at = (moments: readonly number[]) => {
    const faults = deeds.map(
      ({ text }, index) => `${Math.max(0, Math.round(moments[index] ?? 0))}ms ${text}`,
    );
    return differencesBetween(reality, simulated(cluster, faults, duration, release));
  };
  const differences = at(deeds.map(({ to }) => to));
  if (differences.length === 0) return { is: "same", differences };
  const windows = deeds.map(({ from, to }) =>
    fc.integer({ min: Math.floor(from) - slack, max: Math.ceil(to) + slack }),
  );
  const isChance = fc
    .sample(fc.tuple(...windows), { seed: 1, numRuns: 100 })
    .some((moments) => at(moments).length === 0);
  return { is: isChance ? "chance" : "different", differences };
}

/** The first difference of every instance, and of every address. */
export function differencesBetween(real: Observation, ours: Observation): readonly string[] {
  const [theirs, own] = [sequences(real.changes), sequences(ours.changes)];
  const changes = [...new Set([...theirs.keys(), ...own.keys()])].flatMap((who) => {
    return firstDifference(who, theirs.get(who) ?? [], own.get(who) ?? []);
  });
  const holders = Object.entries(real.holders).flatMap(([address, hosts]) => {
    const ourHosts = ours.holders[address] ?? [];
    return String(hosts) === String(ourHosts)
      ? []
      : `${address}: really ${hosts.join("+")}, here ${ourHosts.join("+")}`;
  });
  return [...changes, ...holders];
}

/** By host and instance, without what repeats what was. */
function sequences(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of changes) {
    const who = `${change.host} ${change.instance}`;
    const before = found.get(who) ?? [];
    if (before.at(-1)?.to !== change.to) found.set(who, [...before, change]);
  }
  return found;
}

function firstDifference(who: string, real: readonly Change[], ours: readonly Change[]): readonly string[] {
  for (let at = 0; at < Math.max(real.length, ours.length); at++) {
    const [one, other] = [real[at], ours[at]];
    if (one && other && one.to === other.to && Math.abs(one.seconds - other.seconds) <= tolerance) continue;
    const words = (change: Change | undefined) =>
      change ? `${change.to} at ${change.seconds.toFixed(3)} s` : "nothing more";
    return [`${who}: really ${words(one)}, here ${words(other)}`];
  }
  return [];
}
