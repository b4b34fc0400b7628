/**
 * A state on its way to the next one. Both are written field by field: steps are made by the million, and objects of one
 * shape are far faster than spread ones.
 */
import type { Action, Config, State, Why } from "./machine-types.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface Draft extends Mutable<State> {
  readonly config: Config;
  /** Adverts and refusals in their order, and announcements that no change of state asks for. */
  readonly said: Action[];
  /** Why the condition changed last. */
  why: Why | undefined;
  /** It has heard a lower priority as master and stays it. */
  insisted: boolean;
  /** Whether the sync group lets it become master; always without a group. */
  mayLead: () => boolean;
  /** Whether the sync group lets it take part again; always without a group. */
  mayRise: () => boolean;
}

const always = () => true;

/** A state that moves may change. */
export function draftOf(config: Config, state: State): Draft {
  return {
    is: state.is,
    running: state.running,
    until: state.until,
    downTimer: state.downTimer,
    masterInterval: state.masterInterval,
    wants: state.wants,
    priority: state.priority,
    lowered: state.lowered,
    statuses: state.statuses,
    master: state.master,
    preemptAt: state.preemptAt,
    delayedUntil: state.delayedUntil,
    announceAt: state.announceAt,
    refreshAt: state.refreshAt,
    rival: state.rival,
    memory: state.memory,
    config,
    said: [],
    why: undefined,
    insisted: false,
    mayLead: always,
    mayRise: always,
  };
}

/** The state that a draft has become. */
export function stateOf(draft: Draft): State {
  return {
    is: draft.is,
    running: draft.running,
    until: draft.until,
    downTimer: draft.downTimer,
    masterInterval: draft.masterInterval,
    wants: draft.wants,
    priority: draft.priority,
    lowered: draft.lowered,
    statuses: draft.statuses,
    master: draft.master,
    preemptAt: draft.preemptAt,
    delayedUntil: draft.delayedUntil,
    announceAt: draft.announceAt,
    refreshAt: draft.refreshAt,
    rival: draft.rival,
    memory: draft.memory,
  };
}
