/** vrrp_sync_group: instances that change state together. */
import { inside, named, type Statement } from "../schema/statement.ts";
import type { Definition, Instance, SyncGroup, Tracker } from "./host.ts";
import { ownerPriority } from "./instance.ts";
import { headerOf } from "./spots.ts";
import { readTrackers } from "./trackers.ts";

/** Reads a vrrp_sync_group block; undefined when keepalived skips it for want of one name, or because it is taken. */
export function readGroup(
  block: Statement,
  definitions: readonly Definition[],
  earlier: readonly SyncGroup[],
  uncertain: boolean,
): SyncGroup | undefined {
  const name = block.words[1]?.text;
  if (name === undefined || block.words.length > 2) return undefined;
  if (earlier.some((group) => group.name === name)) return undefined;
  const body = inside(block);
  // keepalived skips a second list of members.
  const list = named(body, "group")[0];
  const weighted = ["sync_group_tracking_weight", "global_tracking"];
  return {
    name,
    at: headerOf(block),
    block,
    members: (list ? inside(list) : []).flatMap(membersOf),
    trackers: readTrackers(block, definitions),
    trackingWeight: weighted.some((keyword) => named(body, keyword).length > 0),
    uncertain,
  };
}

function membersOf(line: Statement): SyncGroup["members"] {
  return line.words.filter((word) => !word.unknown).map((word) => ({ name: word.text, at: word.at }));
}

/** The group of an instance: the first that lists it, as an instance can be in one only. */
export function groupOf(groups: readonly SyncGroup[], instance: string): SyncGroup | undefined {
  return groups.find((group) => group.members.some((member) => member.name === instance));
}

/** A group with an address owner in it has no weights: its trackers then mean FAULT. */
export function completeGroup(group: SyncGroup, instances: readonly Instance[]): SyncGroup {
  const owner = instances.some((one) => one.group === group.name && one.priority.value === ownerPriority);
  return owner ? { ...group, trackers: group.trackers.map(unweighted) } : group;
}

function unweighted(tracker: Tracker): Tracker {
  return { ...tracker, weight: { ...tracker.weight, value: 0 } };
}
