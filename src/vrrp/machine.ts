/**
 * The VRRP state machine (RFC 3768, 6.4; RFC 9568, 6.4) with what keepalived adds. A driver sleeps until `wakeAt`,
 * steps with what happened, and performs the actions; time, chance and the network are the driver's.
 */
import { hear } from "./machine-advert.ts";
import { type Draft, draftOf } from "./machine-draft.ts";
import { finish } from "./machine-edge.ts";
import { fall, listenFirst, makeRoom, reckon, rise, start, stop, timeout } from "./machine-moves.ts";
import { failedTracker, isWaiting } from "./machine-trackers.ts";
import type { Config, Event, State, Status, Step } from "./machine-types.ts";
import { emptyMemory } from "./receive.ts";
import type { Micros } from "./time.ts";

/** An instance that is not started. */
export function initialState(config: Config): State {
  return {
    is: "init",
    running: false,
    until: undefined,
    downTimer: 0,
    masterInterval: config.advert.interval,
    wants: "backup",
    priority: config.priority,
    lowered: false,
    statuses: {},
    master: undefined,
    preemptAt: undefined,
    delayedUntil: undefined,
    announceAt: [],
    refreshAt: undefined,
    rival: undefined,
    memory: emptyMemory,
  };
}

/** What an event makes of an instance without sync group, and what has to be done. */
export function step(config: Config, state: State, event: Event, now: Micros): Step<State> {
  const draft = draftOf(config, state);
  take(draft, event, now);
  return finish(state, draft, now);
}

/** When the instance wants to be woken by a `time` event; undefined when it does not. */
export function wakeAt(state: State): Micros | undefined {
  let first = state.until;
  const sooner = (at: Micros | undefined) => {
    if (at !== undefined && (first === undefined || at < first)) first = at;
  };
  for (const { at } of state.announceAt) sooner(at);
  sooner(state.refreshAt);
  sooner(state.rival?.until);
  return first;
}

/** Changes the draft as the event asks. */
export function take(draft: Draft, event: Event, now: Micros): void {
  if (draft.delayedUntil !== undefined && draft.delayedUntil <= now) draft.delayedUntil = undefined;
  switch (event.on) {
    case "start":
      if (!draft.running) start(draft, event.statuses ?? {}, now);
      return;
    case "stop":
      if (draft.running) stop(draft);
      return;
    case "advert":
      hear(draft, event.arrival, event.clock, now);
      return;
    case "time":
      expire(draft, now);
      return;
    case "track":
      track(draft, event.id, event.status, now);
      return;
    case "lost":
      makeRoom(draft, now);
      return;
    case "stalled":
      listenFirst(draft, now);
  }
}

function expire(draft: Draft, now: Micros): void {
  const due = (at: Micros | undefined) => at !== undefined && at <= now;
  if (due(draft.rival?.until)) draft.rival = undefined;
  const announced = draft.announceAt.filter(({ at }) => due(at));
  if (announced.length > 0) draft.announceAt = draft.announceAt.filter(({ at }) => !due(at));
  if (draft.is === "master") {
    for (const { repeat } of announced) draft.said.push({ do: "announce", repeat });
  }
  const sends = due(draft.until);
  if (sends) timeout(draft, now);
  if (draft.is === "master" && due(draft.refreshAt)) refresh(draft, sends, now);
}

/** Announces the addresses anew; older releases do so with the next advert only. */
function refresh(draft: Draft, sends: boolean, now: Micros): void {
  const { announcing, reception } = draft.config;
  if (sends || reception.quirks.refreshesByClock) {
    draft.said.push({ do: "announce", repeat: announcing.refreshRepeat });
    draft.refreshAt = now + announcing.refresh;
  } else {
    draft.refreshAt = draft.until;
  }
}

function track(draft: Draft, id: string, status: Status, now: Micros): void {
  if (!draft.config.trackers.some((tracker) => tracker.id === id)) return;
  draft.statuses = { ...draft.statuses, [id]: status };
  if (!draft.running) return;
  reckon(draft);
  const failed = failedTracker(draft.config, draft);
  const takesPart = draft.is === "backup" || draft.is === "master";
  if (failed) {
    if (draft.is !== "fault") fall(draft, { because: "tracker", id: failed.id });
  } else if (!takesPart && !isWaiting(draft.config, draft)) {
    if (draft.is === "fault") draft.wants = "backup";
    if (draft.mayRise()) rise(draft, { because: "recovered" }, now);
  }
}
