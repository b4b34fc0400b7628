/** Why something changed, in words. */
import type { State, Why } from "../vrrp/machine-types.ts";
import { type Micros, second } from "../vrrp/time.ts";

/** The last advert that an instance took. */
export interface Heard {
  readonly host: string;
  readonly priority: number;
  readonly at: Micros;
}

/** Microseconds as `3.609 s`. */
export function seconds(length: Micros): string {
  return `${(length / second).toFixed(3)} s`;
}

/** Why an instance changed, as a part of a sentence. `before` is its state before, `heard` what it took last. */
export function reasonFor(
  why: Why,
  before: State,
  heard: Heard | undefined,
  now: Micros,
  hostOf: (source: string) => string,
): string {
  switch (why.because) {
    case "started":
      return "started";
    case "stopped":
      return "stopped";
    case "resigned":
      return "the master gave up";
    case "recovered":
      return "everything it depends on works";
    case "group":
      return "another instance of its sync group did so";
    case "lost":
      return "somebody took away what it holds";
    case "stalled":
      return "it stood still for longer than others wait";
    case "silence":
      return silence(before, heard, now);
    case "higher-priority":
      return `${hostOf(why.source)} has the higher priority ${why.priority}`;
    case "higher-address":
      return `${hostOf(why.source)} has the same priority and the higher address`;
    case "tracker":
      return `${why.id} failed`;
  }
}

function silence(before: State, heard: Heard | undefined, now: Micros): string {
  if (!heard) return `heard nobody for ${seconds(before.downTimer)}`;
  const since = now - heard.at;
  if (heard.priority === 0) return `${heard.host} gave up ${seconds(since)} ago`;
  if (heard.priority < before.priority && since <= before.masterInterval) {
    return `${heard.host} has only priority ${heard.priority}, its own is ${before.priority}`;
  }
  return `no advert from ${heard.host} for ${seconds(since)}`;
}
