/** What trackers make of an instance (keepalived/vrrp/vrrp_track.c): a priority, a fault, or nothing known yet. */
import { type Config, ownerPriority, type State, type Status, type Tracker } from "./machine-types.ts";

type Known = Pick<State, "statuses" | "lowered">;

/** A file that counts this much or less means FAULT; no tracker adds more than the same less one. */
const faultBelow = -254;

function statusOf(tracker: Tracker, { statuses }: Known): Status {
  return statuses[tracker.id] ?? tracker.initial;
}

/** The number that a tracked file makes of its content. */
function fileValue(tracker: Tracker, value: number): number {
  const direction = tracker.reverse ? -1 : 1;
  if (tracker.weight !== 0) return value * tracker.weight * direction;
  return (value !== 0) === tracker.reverse ? 0 : faultBelow;
}

function fails(tracker: Tracker, known: Known): boolean {
  const status = statusOf(tracker, known);
  if (typeof status === "number") return fileValue(tracker, status) <= faultBelow;
  return tracker.weight === 0 && status !== "unknown" && status === tracker.reverse;
}

/** The first tracker that means FAULT; undefined when the instance may take part. */
export function failedTracker(config: Config, known: Known): Tracker | undefined {
  return config.trackers.find((tracker) => fails(tracker, known));
}

/** Whether some tracker without weight has not told yet: the instance then waits. */
export function isWaiting(config: Config, known: Known): boolean {
  return config.trackers.some((tracker) => tracker.weight === 0 && statusOf(tracker, known) === "unknown");
}

/** The priority in force: 1 to 254, and 255 for owners, which nothing changes. */
export function priorityInForce(config: Config, known: Known): number {
  if (config.priority === ownerPriority) return known.lowered ? ownerPriority - 1 : ownerPriority;
  const sum = config.trackers.reduce((total, tracker) => total + added(tracker, known), config.priority);
  return Math.max(1, Math.min(ownerPriority - 1, sum));
}

/** A positive weight counts while the thing is up, a negative one while it is down; reversed, with the other sign. */
function added(tracker: Tracker, known: Known): number {
  const status = statusOf(tracker, known);
  if (status === "unknown") return 0;
  if (typeof status === "number") {
    const value = fileValue(tracker, status);
    return value <= faultBelow ? 0 : Math.min(value, -1 - faultBelow);
  }
  const counts = status ? tracker.weight > 0 : tracker.weight < 0;
  return counts ? tracker.weight * (tracker.reverse ? -1 : 1) : 0;
}
