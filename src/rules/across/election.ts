/**
 * Which host wins a virtual router, as far as its files decide it: base priority, weights of trackers, address owner.
 * Trackers of weight 0 take a failing host out of the race and never change a priority.
 */
import type { Member, SyncGroup, Tracker } from "../../model/host.ts";
import { ownerPriority } from "../../model/instance.ts";
import { effectivePriority, healthyPriority, trackersInForce } from "../../model/priority.ts";
import { listed } from "../support.ts";
import { certain } from "./claims.ts";
import { oneVrid, type Team } from "./teams.ts";

/** A member with the priorities it has while all its checks pass, and while all weighted ones fail. */
export interface Standing {
  readonly member: Member;
  readonly base: number;
  readonly healthy: number;
  readonly failed: number;
  /** The trackers that move its priority. */
  readonly weights: readonly Tracker[];
}

/** The sync group an instance is in. */
export function groupOf({ host, instance }: Member): SyncGroup | undefined {
  return host.groups.find((group) => group.name === instance.group);
}

/**
 * The standings of a team, the winner of healthy hosts first and equals in the order of the hosts; nothing when the
 * members do not hear each other or one of them cannot be known: an uncertain value, a file whose number is part of
 * the weight, or a check that counts in reverse.
 */
export function standings(team: Team): readonly Standing[] | undefined {
  if (!oneVrid(team)) return undefined;
  const sure = team.map(standing).filter((one) => one !== undefined);
  return sure.length === team.length ? sure.sort((a, b) => b.healthy - a.healthy) : undefined;
}

function standing(member: Member): Standing | undefined {
  const { priority, trackers } = member.instance;
  const hidden = member.host.uncertain && trackers.some((tracker) => tracker.ignored === "undefined-name");
  if (!certain(member, priority) || groupOf(member)?.uncertain || hidden) return undefined;
  const moving = trackersInForce(member).filter(({ weight }) => weight.value !== 0 || weight.unknown);
  if (moving.some(({ reverse, kind, weight }) => reverse || kind === "file" || weight.unknown))
    return undefined;
  const weights = priority.value === ownerPriority ? [] : moving;
  const failed = effectivePriority(member, ({ weight }) => weight.value !== 0);
  if (failed === "fault") return undefined;
  return { member, base: priority.value, healthy: healthyPriority(member), failed, weights };
}

/**
 * Whether a host tracks a name that nothing defines. The check is meant and its weight is not known, so no order of the
 * hosts may be concluded from its absence; the name itself is reported.
 */
export function tracksUndefined(member: Member): boolean {
  return [...member.instance.trackers, ...(groupOf(member)?.trackers ?? [])].some(
    ({ ignored }) => ignored === "undefined-name" || ignored === "malformed",
  );
}

/** A clear master whose weighted checks can lower it, and the hosts that are to take over then. */
export interface Descent {
  readonly top: Standing;
  readonly others: readonly Standing[];
  /** The highest priority among the others while they are healthy. */
  readonly best: number;
  /** The master's priority when all its weighted checks fail. */
  readonly failed: number;
  /** The others with more than that. */
  readonly successors: readonly Standing[];
}

/** What the weights of a team's clear winner lead to; nothing without a clear winner or without weights. */
export function descent(team: Team): Descent | undefined {
  const [top, ...others] = standings(team) ?? [];
  if (!top || top.weights.length === 0 || team.some(tracksUndefined)) return undefined;
  const best = Math.max(...others.map((other) => other.healthy));
  if (top.healthy <= best) return undefined;
  const { failed } = top;
  return { top, others, best, failed, successors: others.filter((other) => other.healthy > failed) };
}

/** Trackers in words: `chk_web (weight -20)`. */
export function weightText(trackers: readonly Tracker[]): string {
  return listed(trackers.map((tracker) => `${tracker.name} (weight ${tracker.weight.value})`));
}
