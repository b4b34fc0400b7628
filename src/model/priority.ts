/**
 * The priority with which a member takes part in the election, for any set of failed trackers (keepalived
 * vrrp/vrrp_track.c). Trackers count as failed or passing by what is good for the instance: a reversed one passes while
 * the thing it watches is down.
 */
import type { Member, Tracker } from "./host.ts";
import { ownerPriority } from "./instance.ts";

/** The trackers keepalived acts on: the instance's own and those of its sync group. */
export function trackersInForce({ host, instance }: Member): readonly Tracker[] {
  const group = host.groups.find((one) => one.name === instance.group);
  return [...instance.trackers, ...(group?.trackers ?? [])].filter((tracker) => !tracker.ignored);
}

/** The priority in the advert, 1 to 254 or the owner's 255; "fault" when the member is out of the race. */
export function effectivePriority(
  member: Member,
  hasFailed: (tracker: Tracker) => boolean,
): number | "fault" {
  const trackers = trackersInForce(member);
  if (trackers.some((tracker) => tracker.weight.value === 0 && hasFailed(tracker))) return "fault";
  const base = member.instance.priority.value;
  if (base === ownerPriority) return ownerPriority;
  const changes = trackers.map((tracker) => change(tracker, hasFailed(tracker)));
  const sum = changes.reduce((total, next) => total + next, base);
  return Math.max(1, Math.min(ownerPriority - 1, sum));
}

/** The priority while every tracker passes. */
export function healthyPriority(member: Member): number {
  const priority = effectivePriority(member, () => false);
  return priority === "fault" ? 0 : priority;
}

/**
 * What one tracker adds to the priority. A positive weight is a bonus for passing, a negative one a penalty for
 * failing; reversed, the bonus is for what the tracker calls failure. The number in a tracked file is multiplied with
 * the weight: 0 counts as passing here, 1 as failing.
 */
export function change({ kind, weight, reverse }: Tracker, failed: boolean): number {
  const size = weight.value;
  if (kind === "file") return failed ? -Math.abs(size) : 0;
  const up = failed === reverse;
  const applied = up ? Math.max(size, 0) : Math.min(size, 0);
  return reverse ? 0 - applied : applied;
}
