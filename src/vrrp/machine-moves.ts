/**
 * The moves of an instance. Each changes a draft, a state that is being made; which actions follow from the change is
 * decided in machine-edge.ts alone.
 */
import type { Draft } from "./machine-draft.ts";
import { downInterval, skewOf } from "./machine-timers.ts";
import { failedTracker, isWaiting, priorityInForce } from "./machine-trackers.ts";
import { ownerPriority, type Status, stopPriority, type Why } from "./machine-types.ts";
import { emptyMemory } from "./receive.ts";
import type { Micros } from "./time.ts";

/** Sends an advert with the priority in force, or with another one. */
export function send(draft: Draft, priority = draft.priority): void {
  const { config } = draft;
  if (config.reception.wire.authentication.type === "AH") {
    draft.memory = { ...draft.memory, sequence: draft.memory.sequence + 1 };
  }
  const { family, version, vrid, interval, addresses } = config.advert;
  const advert = { family, version, vrid, priority, interval, addresses };
  draft.said.push({ do: "send", advert, sequence: draft.memory.sequence });
}

/** RFC 9568, 6.4.1: an owner becomes master at once, everyone else a backup. */
export function start(draft: Draft, statuses: Readonly<Record<string, Status>>, now: Micros): void {
  const { config } = draft;
  draft.running = true;
  draft.statuses = statuses;
  draft.lowered = false;
  draft.master = undefined;
  draft.memory = emptyMemory;
  draft.announceAt = [];
  draft.priority = priorityInForce(config, draft);
  draft.masterInterval = config.advert.interval;
  draft.delayedUntil = config.startupDelay > 0 ? now + config.startupDelay : undefined;
  draft.wants = config.startsAsMaster ? "master" : "backup";
  const failed = failedTracker(config, draft);
  if (failed) {
    draft.is = "fault";
    draft.wants = "fault";
    draft.why = { because: "tracker", id: failed.id };
  } else if (!isWaiting(config, draft)) rise(draft, { because: "started" }, now);
}

/** RFC 9568, 6.4.2 and 6.4.3, Shutdown: a master says that it goes. */
export function stop(draft: Draft): void {
  if (draft.is === "master") send(draft, stopPriority);
  rest(draft, "init");
  draft.running = false;
  draft.announceAt = [];
  draft.why = { because: "stopped" };
}

function rest(draft: Draft, as: "init" | "fault"): void {
  draft.is = as;
  draft.until = undefined;
  draft.preemptAt = undefined;
}

/** Takes part again, or for the first time: as master when it wants to, else as backup. */
export function rise(draft: Draft, why: Why, now: Micros): void {
  draft.masterInterval = draft.config.advert.interval;
  const delayed = draft.delayedUntil !== undefined && draft.delayedUntil > now;
  const wanted = draft.wants === "master";
  if (wanted && !delayed && draft.mayLead()) {
    becomeMaster(draft, why, now);
    return;
  }
  becomeBackup(draft, why, now);
  // Nothing is waited for but the end of the delay.
  if (wanted && delayed) draft.until = draft.delayedUntil;
}

/** Says so first, so that the master before gives the addresses up before they are announced. */
export function becomeMaster(draft: Draft, why: Why, now: Micros): void {
  const { config } = draft;
  draft.is = "master";
  draft.wants = "master";
  draft.why = why;
  send(draft);
  if (draft.lowered && config.reception.quirks.ownersNegotiate) restoreOwner(draft);
  draft.until = now + config.advert.interval;
  draft.preemptAt = undefined;
}

/** An owner that had given way is one again. */
export function restoreOwner(draft: Draft): void {
  draft.lowered = false;
  draft.priority = priorityInForce(draft.config, draft);
}

/** Waits for the master it knows, or for any. */
export function becomeBackup(draft: Draft, why: Why, now: Micros): void {
  draft.is = "backup";
  draft.wants = "backup";
  draft.why = why;
  draft.preemptAt = undefined;
  wait(draft, downInterval(draft.config, draft), now);
}

/** The wait of a backup begins; during vrrp_startup_delay it begins at its end. */
export function wait(draft: Draft, length: Micros, now: Micros): void {
  draft.downTimer = length;
  draft.until = Math.max(now, draft.delayedUntil ?? now) + length;
}

/** Something has failed, here or in the group. keepalived says so twice when it is its own failure. */
export function fall(draft: Draft, why: Why): void {
  if (draft.is === "master") {
    send(draft, stopPriority);
    if (why.because !== "group") send(draft, stopPriority);
  }
  rest(draft, "fault");
  draft.wants = "fault";
  draft.why = why;
}

/**
 * Something that a master holds was taken from it. As keepalived does it (core/keepalived_netlink.c, set_vrrp_backup), it
 * says that it goes and is back soon, with everything in its place, unless somebody else takes over.
 */
export function makeRoom(draft: Draft, now: Micros): void {
  if (draft.is !== "master") return;
  send(draft, stopPriority);
  becomeBackup(draft, { because: "lost" }, now);
  wait(draft, skewOf(draft.config, draft), now);
}

/** Nobody knows who is master now, so it listens as long as a backup that has just started, and says nothing before. */
export function listenFirst(draft: Draft, now: Micros): void {
  if (draft.is === "master") becomeBackup(draft, { because: "stalled" }, now);
  else if (draft.is === "backup") wait(draft, downInterval(draft.config, draft), now);
}

/** The wait of a backup is over, or a master's next advert is due. */
export function timeout(draft: Draft, now: Micros): void {
  if (draft.is === "master") {
    send(draft);
    draft.until = now + draft.config.advert.interval;
    countRival(draft, now);
    return;
  }
  draft.wants = "master";
  if (draft.mayLead()) becomeMaster(draft, { because: "silence" }, now);
  else wait(draft, downInterval(draft.config, draft), now);
}

/** After two more adverts an owner waits a little longer than an interval whether the other owner is gone. */
function countRival(draft: Draft, now: Micros): void {
  const { rival, config } = draft;
  if (!rival || rival.adverts === 0 || config.priority !== ownerPriority) return;
  const adverts = rival.adverts - 1;
  const length = Math.floor((Math.max(rival.interval, config.advert.interval) * 12) / 10);
  draft.rival = { ...rival, adverts, until: adverts === 0 ? now + length : undefined };
}

/** A status was told: the priority in force is another one, and a running wait becomes longer or shorter by that. */
export function reckon(draft: Draft): void {
  const { config, is, until } = draft;
  const priority = priorityInForce(config, draft);
  if (priority === draft.priority) return;
  draft.priority = priority;
  const length = downInterval(config, draft);
  if (is === "backup" && until !== undefined) draft.until = until + length - draft.downTimer;
  draft.downTimer = length;
}
