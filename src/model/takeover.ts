/** Who takes over a virtual router, in which order, and how long each one waits. */
import { skewTime as skewMicros } from "../vrrp/machine-timers.ts";
import { second } from "../vrrp/time.ts";
import { compareAddresses } from "./addresses.ts";
import type { Fleet, Member, VirtualRouter } from "./host.ts";
import { healthyPriority } from "./priority.ts";

/** One member's turn. Times are in seconds, exact to the microsecond. */
export interface Turn {
  readonly member: Member;
  /** The priority it announces while every tracker passes. */
  readonly priority: number;
  /** The member whose adverts it waits for; undefined for the first, who waits for anybody at its start. */
  readonly after: Member | undefined;
  /** The master's interval that it counts with: its own in version 2, the announced one in version 3. */
  readonly interval: number;
  /** How many intervals without advert it endures. */
  readonly adverts: number;
  readonly skew: number;
  /** From the last advert of the one before it to its own first: adverts × interval + skew. */
  readonly seconds: number;
  /** Another member has the same priority; the higher source address then wins. */
  readonly tied: boolean;
  /** Something it depends on is not known: its place in the order, its time or both may be wrong. */
  readonly uncertain: boolean;
}

/** A virtual router with its members in the order in which they become master. */
export interface Takeover {
  readonly router: VirtualRouter;
  /** Every address that some member moves, excluded ones too, each once, in the order of the files. */
  readonly addresses: readonly string[];
  readonly turns: readonly Turn[];
}

/** The takeovers of all virtual routers of a fleet, in the fleet's order. */
export function takeovers(fleet: Fleet): readonly Takeover[] {
  return fleet.routers.map(takeover);
}

/** Orders the members of one virtual router and times each one's turn. */
export function takeover(router: VirtualRouter): Takeover {
  const ordered = [...router.members].sort(byElection);
  return {
    router,
    addresses: addressesOf(router),
    turns: ordered.map((member, index) => turn(member, ordered[index - 1], ordered)),
  };
}

/** Highest priority first; among equals the higher source address, and unknown sources last. */
function byElection(first: Member, second: Member): number {
  return healthyPriority(second) - healthyPriority(first) || bySource(second, first);
}

function bySource(first: Member, second: Member): number {
  const [one, other] = [first.instance.source?.value, second.instance.source?.value];
  if (one !== undefined && other !== undefined) return compareAddresses(one, other);
  return one === other ? 0 : one === undefined ? -1 : 1;
}

function turn(member: Member, after: Member | undefined, all: readonly Member[]): Turn {
  const { instance } = member;
  const priority = healthyPriority(member);
  const interval = masterInterval(member, after);
  const adverts = instance.downTimerAdverts.value;
  const skew = skewTime(instance.version.value, priority, interval);
  const equals = all.filter((other) => healthyPriority(other) === priority);
  const tied = equals.length > 1;
  return {
    member,
    priority,
    after,
    interval,
    adverts,
    skew,
    seconds: (adverts * micros(interval) + micros(skew)) / second,
    tied,
    uncertain: isUncertain(member, after) || (tied && !ordersBySource(equals)),
  };
}

/** In version 3 a backup counts with the interval that the master's adverts carry (RFC 9568, 6.4.2). */
function masterInterval({ instance }: Member, after: Member | undefined): number {
  const heard = instance.version.value === 3 && after?.instance.version.value === 3 ? after : undefined;
  return (heard?.instance ?? instance).advertInterval.value;
}

function micros(seconds: number): number {
  return Math.round(seconds * second);
}

/** Skew_Time in seconds: the lower the priority, the longer a backup waits. */
export function skewTime(version: 2 | 3, priority: number, interval: number): number {
  return skewMicros(version, priority, micros(interval)) / second;
}

function isUncertain(member: Member, after: Member | undefined): boolean {
  return [member, ...(after ? [after] : [])].some(
    ({ host, instance }) => host.uncertain || instance.uncertain,
  );
}

/** Every one of several members with one priority has a known source, and no two have the same. */
function ordersBySource(equals: readonly Member[]): boolean {
  const sources = new Set(equals.map(({ instance }) => instance.source?.value));
  return sources.size === equals.length && !sources.has(undefined);
}

function addressesOf(router: VirtualRouter): readonly string[] {
  const all = router.members.flatMap(({ instance }) => [...instance.addresses, ...instance.excluded]);
  return [...new Set(all.map(({ address }) => address))];
}
