/**
 * Sync groups (keepalived/vrrp/vrrp_sync.c): instances of one host that are master together, or none of them is. The
 * members' own machines decide when and why; here is what one member's change means to the others.
 */
import { initialState, take, wakeAt } from "./machine.ts";
import { announceAgain } from "./machine-advert.ts";
import { type Draft, draftOf } from "./machine-draft.ts";
import { finish } from "./machine-edge.ts";
import { becomeBackup, becomeMaster, fall, wait } from "./machine-moves.ts";
import { skewTime } from "./machine-timers.ts";
import { failedTracker, isWaiting } from "./machine-trackers.ts";
import {
  type Action,
  type Condition,
  type Config,
  type Event,
  ownerPriority,
  type State,
  type Tracker,
} from "./machine-types.ts";
import type { Micros } from "./time.ts";

/** The members' configurations in the order of the group. */
export type GroupConfig = readonly Config[];

export interface GroupState {
  readonly is: Condition;
  /** In the order of the configurations. */
  readonly members: readonly State[];
}

type OfOne = { readonly on: "advert" | "lost" };

/** An advert arrives at one member, by its place in the group, and one loses something; the rest happens to all. */
export type GroupEvent = Exclude<Event, OfOne> | (Extract<Event, OfOne> & { readonly member: number });

export interface GroupStep {
  readonly state: GroupState;
  /** In the order in which they are to be done. */
  readonly actions: readonly { readonly member: number; readonly action: Action }[];
}

/** A group that is not started. */
export function initialGroupState(configs: GroupConfig): GroupState {
  return { is: "init", members: configs.map(initialState) };
}

/** When the group wants to be woken by a `time` event; undefined when it does not. */
export function groupWakeAt(state: GroupState): Micros | undefined {
  const moments = state.members.flatMap((member) => wakeAt(member) ?? []);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** What an event makes of the members, and what has to be done. */
export function stepGroup(
  configs: GroupConfig,
  state: GroupState,
  event: GroupEvent,
  now: Micros,
): GroupStep {
  const group = new Group(event.on === "start" ? unlessAllOwn(configs) : configs, state, now);
  switch (event.on) {
    case "start":
      group.start(event);
      break;
    case "stop":
      group.stop(event);
      break;
    case "advert":
      group.hear(event.member, event);
      break;
    case "lost":
      group.makeRoom(event.member, event);
      break;
    case "stalled":
      group.listenFirst(event);
      break;
    default:
      group.each(event);
  }
  return group.finish(state);
}

/** Unless all own their addresses, nobody starts as master. */
function unlessAllOwn(configs: GroupConfig): GroupConfig {
  if (configs.every(({ startsAsMaster }) => startsAsMaster)) return configs;
  return configs.map((config) => ({ ...config, startsAsMaster: false }));
}

/** The group while an event is worked on. */
class Group {
  #is: Condition;
  readonly #members: readonly Draft[];
  /** In the order in which they were concerned. */
  readonly #concerned = new Set<Draft>();
  readonly #now: Micros;

  constructor(configs: GroupConfig, state: GroupState, now: Micros) {
    this.#is = state.is;
    this.#now = now;
    this.#members = state.members.map((member, index) => draftOf(configs[index] as Config, member));
    for (const draft of this.#members) {
      draft.mayLead = () => this.#mayLead(draft);
      draft.mayRise = () => !this.#failed() && !this.#waits();
    }
  }

  start(event: Event): void {
    for (const draft of this.#members) {
      draft.mayLead = () => false;
      take(draft, event, this.#now);
      this.#concerned.add(draft);
    }
    if (this.#failed()) {
      this.#is = "fault";
      for (const draft of this.#members) if (draft.is !== "fault") fall(draft, { because: "group" });
    } else if (this.#waits()) {
      this.#is = "init";
      for (const draft of this.#members) [draft.is, draft.until] = ["init", undefined];
    } else {
      this.#is = "backup";
      this.#startOwners();
    }
  }

  /**
   * Where all are owners, they are master at once if the group knows it; if not, they wait for one advert, unless a
   * script has been waited for (vrrp_sync_set_group, vrrp_init_state, try_up_instance).
   */
  #startOwners(): void {
    if (!this.#members.every(({ config }) => config.startsAsMaster)) return;
    const areKnown = this.#members.every(({ config }) => config.isKnownAsOwner);
    const haveWaited = this.#members.some(({ config }) => config.trackers.some(isWaitedFor));
    if (areKnown || haveWaited) {
      const isDelayed = this.#members.some(({ delayedUntil }) => delayedUntil !== undefined);
      if (!isDelayed) this.#leadAll({ because: "started" });
      return;
    }
    for (const draft of this.#members) {
      const { version, interval } = draft.config.advert;
      draft.wants = "master";
      wait(draft, interval + skewTime(version, ownerPriority, interval), this.#now);
    }
  }

  stop(event: Event): void {
    for (const draft of this.#members) {
      take(draft, event, this.#now);
      this.#concerned.add(draft);
    }
    this.#is = "init";
  }

  /** Time has passed, or something tracked has changed. */
  each(event: Event): void {
    for (const draft of this.#members) if (concerns(draft, event, this.#now)) this.#handle(draft, event);
  }

  hear(member: number, event: Event): void {
    const draft = this.#members[member];
    if (!draft) return;
    this.#handle(draft, event);
    if (!draft.insisted) return;
    // Whoever was misled about one member was probably misled about all.
    for (const other of this.#others(draft)) {
      announceAgain(other, this.#now);
      this.#concerned.add(other);
    }
  }

  /** All give way together, so that they come back together. */
  makeRoom(member: number, event: Event): void {
    const draft = this.#members[member];
    if (draft?.is !== "master") return;
    for (const each of [draft, ...this.#others(draft)]) {
      this.#concerned.add(each);
      take(each, event, this.#now);
    }
    this.#is = "backup";
  }

  listenFirst(event: Event): void {
    for (const draft of this.#members) {
      this.#concerned.add(draft);
      take(draft, event, this.#now);
    }
    if (this.#is === "master") this.#is = "backup";
  }

  finish(before: GroupState): GroupStep {
    const steps = new Map(
      this.#members.map((draft, index) => {
        return [draft, { index, step: finish(before.members[index] as State, draft, this.#now) }] as const;
      }),
    );
    const order = [...this.#concerned].flatMap((draft) => steps.get(draft) ?? []);
    return {
      state: { is: this.#is, members: [...steps.values()].map(({ step }) => step.state) },
      actions: order.flatMap(({ index, step }) => step.actions.map((action) => ({ member: index, action }))),
    };
  }

  #handle(draft: Draft, event: Event): void {
    const before = draft.is;
    this.#concerned.add(draft);
    take(draft, event, this.#now);
    if (draft.is === before) return;
    if (draft.is === "fault") this.#fallAll();
    else if (draft.is === "master") this.#leadAll({ because: "group" });
    else if (draft.is === "backup") this.#followAll();
  }

  /** Only when all others want it too: better no master for a while than half a one. */
  #mayLead(draft: Draft): boolean {
    return this.#is === "master" || this.#others(draft).every(({ wants }) => wants === "master");
  }

  #leadAll(why: { readonly because: "group" | "started" }): void {
    if (this.#is === "master") return;
    this.#is = "master";
    for (const draft of this.#members) {
      if (draft.is === "master") continue;
      this.#concerned.add(draft);
      becomeMaster(draft, why, this.#now);
    }
  }

  #followAll(): void {
    if (this.#is === "backup") return;
    this.#is = "backup";
    for (const draft of this.#members) {
      if (draft.is === "backup") continue;
      this.#concerned.add(draft);
      if (draft.is !== "master") draft.masterInterval = draft.config.advert.interval;
      becomeBackup(draft, { because: "group" }, this.#now);
    }
  }

  #fallAll(): void {
    if (this.#is === "fault") return;
    this.#is = "fault";
    for (const draft of this.#members) {
      if (draft.is === "fault") continue;
      this.#concerned.add(draft);
      fall(draft, { because: "group" });
    }
  }

  #others(draft: Draft): readonly Draft[] {
    return this.#members.filter((other) => other !== draft);
  }

  #failed(): boolean {
    return this.#members.some((draft) => failedTracker(draft.config, draft));
  }

  #waits(): boolean {
    return this.#members.some((draft) => isWaiting(draft.config, draft));
  }
}

function isWaitedFor({ weight, initial }: Tracker): boolean {
  return weight === 0 && initial === "unknown";
}

function concerns(draft: Draft, event: Event, now: Micros): boolean {
  if (event.on === "track") return draft.config.trackers.some(({ id }) => id === event.id);
  const due = wakeAt(draft);
  return due !== undefined && due <= now;
}
