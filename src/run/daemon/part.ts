/** A sync group while it runs, or an instance without one. */

import type { Heard } from "../../simulate/words.ts";
import { type GroupState, groupWakeAt, initialGroupState } from "../../vrrp/group.ts";
import { downInterval } from "../../vrrp/machine-timers.ts";
import type { Config, State } from "../../vrrp/machine-types.ts";
import type { Micros } from "../../vrrp/time.ts";
import type { InstancePlan, PartPlan } from "../plan/types.ts";
import type { Door } from "./doors.ts";
import { emptyStatistics, type Statistics } from "./statistics.ts";

/** One instance of a part. */
export interface Member {
  readonly plan: InstancePlan;
  readonly config: Config;
  readonly door: Door;
  readonly statistics: Statistics;
  /** The last advert that it took. */
  heard: Heard | undefined;
  /** When its further interfaces are to be announced again, as long as it is master. */
  extraAt: Micros;
  /** Unix time of its last change. */
  since: number;
  /** Goes up with every advert: IPv4 identification, and the counter of signed adverts. */
  counter: number;
}

export const never: Micros = Number.POSITIVE_INFINITY;

export class Part {
  plan: PartPlan;
  members: readonly Member[];
  state: GroupState;
  /** When it wants to be woken. */
  wake: Micros = never;
  /** Resolves when all it has asked of the machine so far is done. */
  tail: Promise<void> = Promise.resolve();

  constructor(plan: PartPlan, members: readonly Member[]) {
    this.plan = plan;
    this.members = members;
    this.state = initialGroupState(this.configs);
  }

  get configs(): readonly Config[] {
    return this.members.map(({ config }) => config);
  }

  /** Takes the next state and reckons when it wants to be woken. */
  enter(state: GroupState): void {
    this.state = state;
    this.wake = groupWakeAt(state) ?? never;
  }

  /** Does something after all that was asked for before. */
  after(run: () => void): void {
    this.tail = this.tail.then(run);
  }

  /**
   * Whether it has stood still for so long that others may have become master: since a master's last advert a whole
   * master down interval has passed, or a backup's own wait ended as long ago as that.
   */
  hasStalled(now: Micros): boolean {
    return this.state.members.some((state, index) => {
      const config = this.members[index]?.config;
      return config !== undefined && now - stallsAt(config, state) >= 0;
    });
  }
}

function stallsAt(config: Config, state: State): Micros {
  if (state.until === undefined) return never;
  if (state.is === "backup") return state.until + downInterval(config, state);
  const { interval } = config.advert;
  if (state.is !== "master") return never;
  return state.until - interval + downInterval(config, { ...state, masterInterval: interval });
}

/** A member for a plan; a plan that lacks something on this machine has it as one more thing to depend on. */
export function memberFor(plan: InstancePlan, door: Door, before: Member | undefined, now: number): Member {
  const lack = { id: groundId(plan), weight: 0, reverse: false, initial: true };
  return {
    plan,
    config: { ...plan.config, trackers: [lack, ...plan.config.trackers] },
    door,
    statistics: before?.statistics ?? emptyStatistics(),
    heard: before?.heard,
    extraAt: before?.extraAt ?? 0,
    since: before?.since ?? now,
    counter: before?.counter ?? 0,
  };
}

/** What the machine lacks for an instance, in words; without a socket it would hear no master and become one. */
export function lackOf({ plan, door }: Pick<Member, "plan" | "door">): string | undefined {
  return plan.lacks ?? door.refused;
}

/** The tracker that is false while the machine lacks something that an instance needs. */
export function groundId({ name }: Pick<InstancePlan, "name">): string {
  return `ground ${name}`;
}
