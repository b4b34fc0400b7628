/** What goes into the machine of one virtual router on one host, and what comes out. */
import type { Arrival } from "./arrival.ts";
import type { Advert } from "./packet.ts";
import type { Reason } from "./reasons.ts";
import type { Memory, Reception } from "./receive.ts";
import type { Micros } from "./time.ts";

/** The priority of a router that owns the addresses (RFC 9568, 5.2.4). */
export const ownerPriority = 255;

/** The priority of a router that stops being master (RFC 9568, 5.2.4). */
export const stopPriority = 0;

/**
 * What a tracked thing is found to be: up or down, the number in a tracked file, or not known yet, as a script before
 * its first run.
 */
export type Status = "unknown" | boolean | number;

/** Something an instance depends on: a script, a process, a file, a BFD session, an interface, its own one included. */
export interface Tracker {
  /** The name by which events tell its status. */
  readonly id: string;
  /** What is added to the priority; 0 when failure means FAULT. */
  readonly weight: number;
  readonly reverse: boolean;
  /** Before any event tells. */
  readonly initial: Status;
}

/** When and how often addresses are announced by gratuitous ARP or neighbour advertisements. */
export interface Announcing {
  /** How often, when it becomes master, and again after `delay`; 0 for no second time. */
  readonly repeat: number;
  readonly delay: Micros;
  /** Time between later announcements; 0 for none. */
  readonly refresh: Micros;
  readonly refreshRepeat: number;
  /** When a master hears a lower priority, and again after `lowerDelay`. */
  readonly lowerRepeat: number;
  readonly lowerDelay: Micros;
}

/** An instance as the machine wants it. */
export interface Config {
  /** What adverts carry, apart from the priority. */
  readonly advert: Omit<Advert, "priority">;
  /** The host's own address, from which adverts are sent; decides between equal priorities. */
  readonly source: string;
  /** The TTL or hop limit that adverts start with. */
  readonly hopLimit: number;
  readonly priority: number;
  /** An owner that becomes master as soon as it starts; keepalived's `state BACKUP` keeps it waiting. */
  readonly startsAsMaster: boolean;
  /** An owner that its sync group knows as one because both `state MASTER` and `priority 255` are written. */
  readonly isKnownAsOwner: boolean;
  readonly nopreempt: boolean;
  readonly preemptDelay: Micros;
  /** How many adverts may be missing (down_timer_adverts; 3 in the standard). */
  readonly downTimerAdverts: number;
  /** vrrp_startup_delay. */
  readonly startupDelay: Micros;
  /** A master does not answer a lower priority (lower_prio_no_advert). */
  readonly lowerPriorityNoAdvert: boolean;
  /** A master answers a higher priority once before it leaves (higher_prio_send_advert). */
  readonly higherPrioritySendAdvert: boolean;
  /** Addresses of a known master are not compared again (skip_check_adv_addr). */
  readonly trustsKnownMaster: boolean;
  /** Whether a master takes packets to the addresses (RFC 9568, 6.1, Accept_Mode); else the driver drops them. */
  readonly accept: boolean;
  readonly trackers: readonly Tracker[];
  readonly reception: Reception;
  readonly announcing: Announcing;
}

/** init: not started, or waiting for the first result of a script; fault: something it depends on has failed. */
export type Condition = "init" | "backup" | "master" | "fault";

/** A value: steps make new ones. Times are moments unless they are called otherwise. */
export interface State {
  readonly is: Condition;
  /** Started and not stopped. */
  readonly running: boolean;
  /** When it acts by itself: a backup becomes master, a master sends. Absent when it never does. */
  readonly until: Micros | undefined;
  /** The length that the wait of a backup had when it began, or has left after an advert that was not taken. */
  readonly downTimer: Micros;
  /** The interval that the wait is counted in: version 3 learns the master's. */
  readonly masterInterval: Micros;
  /** What it would be without its sync group. */
  readonly wants: "backup" | "master" | "fault";
  /** The priority in force. */
  readonly priority: number;
  /** Of two owners this one has given way. */
  readonly lowered: boolean;
  /** By the trackers' ids; absent ones are as at the beginning. */
  readonly statuses: Readonly<Record<string, Status>>;
  /** Who was heard last as master. */
  readonly master: string | undefined;
  /** From when on a lower priority is displaced (preempt_delay); absent while none is heard. */
  readonly preemptAt: Micros | undefined;
  /** The end of vrrp_startup_delay. */
  readonly delayedUntil: Micros | undefined;
  /** Announcements to come; those whose moment finds no master are left out. */
  readonly announceAt: readonly { readonly at: Micros; readonly repeat: number }[];
  readonly refreshAt: Micros | undefined;
  /** Another owner is heard: adverts to send before waiting whether it gives way, then the end of that wait. */
  readonly rival:
    | { readonly adverts: number; readonly interval: Micros; readonly until: Micros | undefined }
    | undefined;
  readonly memory: Memory;
}

export type Event =
  | { readonly on: "start"; readonly statuses?: Readonly<Record<string, Status>> }
  /** Stopped in an orderly way; a host that crashes has no event. */
  | { readonly on: "stop" }
  /** `clock` is Unix time in seconds, which only signed adverts need. */
  | { readonly on: "advert"; readonly arrival: Arrival; readonly clock?: number }
  /** Time has passed; harmless when nothing is due. */
  | { readonly on: "time" }
  | { readonly on: "track"; readonly id: string; readonly status: Status }
  /** Somebody has taken away an address, route or rule that a master holds. */
  | { readonly on: "lost" }
  /** The driver has stood still, or the whole host has: another router may be master by now. */
  | { readonly on: "stalled" };

/** Why a state changed. */
export type Why =
  | { readonly because: "started" | "stopped" | "silence" | "resigned" | "recovered" | "group" }
  | { readonly because: "lost" | "stalled" }
  | {
      readonly because: "higher-priority" | "higher-address";
      readonly source: string;
      readonly priority: number;
    }
  | { readonly because: "tracker"; readonly id: string };

/**
 * What the driver does, in this order. add and remove move all addresses of the instance; announce sends so many
 * rounds of gratuitous ARP or neighbour advertisements. refuse and change are for logs and notify scripts.
 */
export type Action =
  | { readonly do: "send"; readonly advert: Advert; readonly sequence: number }
  | { readonly do: "remove" }
  | { readonly do: "add" }
  | { readonly do: "announce"; readonly repeat: number }
  | { readonly do: "refuse"; readonly source: string; readonly reason: Reason }
  | { readonly do: "change"; readonly from: Condition; readonly to: Condition; readonly why: Why };

export interface Step<S> {
  readonly state: S;
  readonly actions: readonly Action[];
}
