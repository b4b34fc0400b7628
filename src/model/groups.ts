/** vrrp_sync_group: instances that change state together. */
import { inside, named, type Statement } from "../schema/statement.ts";
import type { Definitions } from "./definitions.ts";
import type { Instance, SyncGroup, Tracker } from "./host.ts";
import { ownerPriority } from "./instance.ts";
import { headerOf } from "./spots.ts";
import { readTrackers } from "./trackers.ts";

/** Reads a vrrp_sync_group block; undefined when keepalived skips it for want of a name. */
export function readGroup(
  block: Statement,
  definitions: Definitions,
  uncertain: boolean,
): SyncGroup | undefined {
  const name = block.words[1]?.text;
  if (name === undefined || block.words.length > 2) return undefined;
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

/** The group of every instance that is listed: the first that lists it, as an instance can be in one only. */
export function groupsByInstance(groups: readonly SyncGroup[]): ReadonlyMap<string, SyncGroup> {
  const found = new Map<string, SyncGroup>();
  for (const group of groups)
    for (const { name } of group.members) if (!found.has(name)) found.set(name, group);
  return found;
}

/** Groups with an address owner among their instances have no weights: their trackers then mean FAULT. */
export function completeGroups(
  groups: readonly SyncGroup[],
  instances: readonly Instance[],
): readonly SyncGroup[] {
  const owners = instances.filter((instance) => instance.priority.value === ownerPriority);
  const owned = new Set(owners.map((instance) => instance.group));
  return groups.map((group) => (owned.has(group.name) ? withoutWeights(group) : group));
}

const weightless = new WeakMap<SyncGroup, SyncGroup>();

function withoutWeights(group: SyncGroup): SyncGroup {
  const known = weightless.get(group);
  if (known) return known;
  const made = { ...group, trackers: group.trackers.map(unweighted) };
  weightless.set(group, made);
  return made;
}

function unweighted(tracker: Tracker): Tracker {
  return { ...tracker, weight: { ...tracker.weight, value: 0 } };
}
