/** An advert arrives at a backup (RFC 9568, 6.4.2) or at a master (6.4.3). */
import { compareAddresses } from "./address.ts";
import type { Arrival } from "./arrival.ts";
import type { Draft } from "./machine-draft.ts";
import { becomeBackup, restoreOwner, send, wait } from "./machine-moves.ts";
import { downInterval, skewOf } from "./machine-timers.ts";
import { ownerPriority, stopPriority } from "./machine-types.ts";
import type { Reason } from "./reasons.ts";
import { type Circumstances, receive } from "./receive.ts";
import type { Micros } from "./time.ts";

/** Takes an advert or refuses it. */
export function hear(draft: Draft, arrival: Arrival, clock: number | undefined, now: Micros): void {
  if (draft.is !== "backup" && draft.is !== "master") return;
  const { reception, trustsKnownMaster } = draft.config;
  const delayed = draft.delayedUntil !== undefined && now < draft.delayedUntil;
  if (delayed && reception.quirks.deafWhileDelayed) return;
  const known = draft.is === "backup" && arrival.source === draft.master;
  const circumstances: Circumstances = {
    checkAddresses: !(known && trustsKnownMaster),
    owner: draft.priority === ownerPriority,
    clock,
  };
  const { reason, memory } = receive(reception, draft.memory, arrival, circumstances);
  if (reason === "vrid") return;
  draft.memory = memory;
  if (reason !== undefined) draft.said.push({ do: "refuse", source: arrival.source, reason });
  if (passesUnseen(reason)) return;
  if (draft.is === "backup") {
    if (reason === undefined) hearAsBackup(draft, arrival, now);
    else waitOn(draft, now);
    return;
  }
  if (reason === undefined) hearAsMaster(draft, arrival, now);
  if (draft.is === "master") restart(draft, now);
}

/** What the sockets keep from keepalived: a unicast one hears no group, a multicast one nothing else. */
function passesUnseen(reason: Reason | undefined): boolean {
  return reason === "multicast" || reason === "unicast";
}

/** keepalived's master counts to its next advert anew after anything it has read, taken or not. */
function restart(draft: Draft, now: Micros): void {
  if (!draft.config.lowerPriorityNoAdvert) draft.until = now + draft.config.advert.interval;
}

/**
 * The wait goes on; its rest counts as its length when the priority changes. Before 2.2.8 the rest begins only at the end
 * of vrrp_startup_delay, each time anew, so that a lower master is left alone far longer.
 */
function waitOn(draft: Draft, now: Micros): void {
  if (draft.until !== undefined) wait(draft, Math.max(0, draft.until - now), now);
}

function hearAsBackup(draft: Draft, arrival: Arrival, now: Micros): void {
  const { config } = draft;
  const stranger = arrival.source !== draft.master;
  if (draft.lowered && config.reception.quirks.ownersNegotiate) {
    if (stranger || arrival.priority !== ownerPriority) restoreOwner(draft);
  }
  if (arrival.priority === stopPriority) {
    wait(draft, skewOf(config, draft), now);
    return;
  }
  draft.master = arrival.source;
  if (!accepts(draft, arrival.priority, now)) {
    waitOn(draft, now);
    return;
  }
  learn(draft, arrival);
  countPreemption(draft, arrival.priority, now);
  wait(draft, downInterval(config, draft), now);
  draft.wants = "backup";
}

/** RFC 9568, 6.4.2: without Preempt_Mode any priority will do, else one as high as its own. */
function accepts({ config, priority, preemptAt }: Draft, heard: number, now: Micros): boolean {
  if (config.nopreempt || heard >= priority) return true;
  return config.preemptDelay > 0 && (preemptAt === undefined || preemptAt > now);
}

/** preempt_delay begins with the first lower priority, and again after a higher one. */
function countPreemption(draft: Draft, heard: number, now: Micros): void {
  const { preemptDelay } = draft.config;
  if (preemptDelay === 0) return;
  if (heard >= draft.priority) draft.preemptAt = undefined;
  else draft.preemptAt ??= now + preemptDelay;
}

/** RFC 9568, 6.1: Active_Adver_Interval is the one in the adverts. */
function learn(draft: Draft, arrival: Arrival): void {
  if (draft.config.advert.version === 3) draft.masterInterval = arrival.interval;
}

function hearAsMaster(draft: Draft, arrival: Arrival, now: Micros): void {
  const { config } = draft;
  if (arrival.priority === stopPriority) {
    send(draft);
    return;
  }
  const order = compareAddresses(arrival.source, config.source);
  if (config.higherPrioritySendAdvert && isHigher(draft, arrival, order)) send(draft);
  if (arrival.priority === ownerPriority && draft.priority === ownerPriority)
    meetOwner(draft, arrival, order);
  if (isHigher(draft, arrival, order)) {
    giveWay(draft, arrival, now);
  } else if (arrival.priority < draft.priority || order < 0) {
    insist(draft, arrival, now);
  }
}

/** RFC 9568, 6.4.3: a higher priority, or the same one and a higher address. */
function isHigher({ priority }: Draft, arrival: Arrival, order: number): boolean {
  return arrival.priority > priority || (arrival.priority === priority && order > 0);
}

/** Two routers cannot both own the addresses; keepalived has two ways out. */
function meetOwner(draft: Draft, arrival: Arrival, order: number): void {
  if (order === 0) return;
  const negotiates = draft.config.reception.quirks.ownersNegotiate;
  if (!negotiates || (order < 0 && draft.rival?.until !== undefined)) {
    draft.lowered = true;
    draft.priority = ownerPriority - 1;
    draft.rival = undefined;
  } else if (order < 0) {
    const adverts = draft.rival?.adverts ?? 2;
    draft.rival = { adverts, interval: arrival.interval, until: undefined };
  }
}

function giveWay(draft: Draft, arrival: Arrival, now: Micros): void {
  const { source, priority } = arrival;
  const because = priority > draft.priority ? "higher-priority" : "higher-address";
  learn(draft, arrival);
  draft.rival = undefined;
  if (draft.config.reception.quirks.ownersNegotiate) draft.master = source;
  becomeBackup(draft, { because, source, priority }, now);
}

/** The other router has to hear who is master, and whoever it has misled has to hear it too. */
function insist(draft: Draft, arrival: Arrival, now: Micros): void {
  const { config } = draft;
  if (arrival.ah) draft.memory = { ...draft.memory, sequence: arrival.ah.sequence + 1 };
  if (!config.lowerPriorityNoAdvert) send(draft);
  announceAgain(draft, now);
  draft.insisted = true;
}

/** Tells the addresses anew after a lower priority was heard, here or by another member of the sync group. */
export function announceAgain(draft: Draft, now: Micros): void {
  const { lowerRepeat, lowerDelay } = draft.config.announcing;
  if (lowerRepeat === 0 || draft.is !== "master") return;
  draft.said.push({ do: "announce", repeat: lowerRepeat });
  if (lowerDelay > 0) {
    draft.announceAt = [...draft.announceAt, { at: now + lowerDelay, repeat: lowerRepeat }];
  }
}
