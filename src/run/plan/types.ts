/**
 * What a host's file asks the daemon to do, as plain values: made from the model by `plan.ts` alone, compared on reload,
 * printed by `--dry-run`, carried out by the daemon.
 */
import type { Place } from "../../diagnostic.ts";
import type { Family } from "../../vrrp/address.ts";
import type { Config, Status } from "../../vrrp/machine-types.ts";
import type { Micros } from "../../vrrp/time.ts";
import type { Announcement, SocketPlan } from "../ports.ts";

/** An address, route or rule. Two with the same key are the same thing on the machine. */
export interface Resource {
  readonly kind: "address" | "route" | "rule";
  readonly family: Family;
  readonly key: string;
  /** Lines as `ip -batch` has them. */
  readonly add: string;
  readonly remove: string;
  /** What is announced once it is there: addresses only. */
  readonly announcement: Announcement | undefined;
  readonly at: Place;
}

/** An interface with a virtual MAC address that the daemon makes (use_vmac). */
export interface VirtualInterface {
  readonly name: string;
  readonly mac: string;
  /** The interface it stands on. */
  readonly base: string;
  /** Lines that make it, and the one that takes it away. */
  readonly add: readonly string[];
  readonly remove: string;
  /** Settings below /proc/sys, as Network.setting takes them. */
  readonly settings: readonly (readonly [path: string, value: string])[];
}

export interface InstancePlan {
  readonly name: string;
  readonly config: Config;
  /** The interface that the file names; undefined for unicast without one. */
  readonly interface: string | undefined;
  readonly virtual: VirtualInterface | undefined;
  readonly socket: SocketPlan;
  /** In the order in which keepalived adds them; they are removed in the opposite one. */
  readonly resources: readonly Resource[];
  readonly notify: NotifyPlan;
  /** Mail at every change of state (smtp_alert). */
  readonly mail: boolean;
  readonly at: Place;
}

/** Instances that move together, or one alone. */
export interface PartPlan {
  /** The sync group's name; undefined for an instance without group. */
  readonly group: string | undefined;
  readonly instances: readonly InstancePlan[];
  /** The group's own programs and mails; undefined without group. */
  readonly notify: NotifyPlan | undefined;
  readonly mail: boolean;
}

/** A program with its words and whom it runs as. */
export interface Program {
  readonly words: readonly string[];
  /** Numbers of user and group; undefined for those of the daemon. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
  /** It is not run, and why: enable_script_security found that somebody else may write it, a user that there is not. */
  readonly refused: string | undefined;
  readonly at: Place;
}

export interface NotifyPlan {
  readonly master: Program | undefined;
  readonly backup: Program | undefined;
  readonly fault: Program | undefined;
  readonly stop: Program | undefined;
  /** Gets what changed as further words. */
  readonly any: Program | undefined;
  readonly masterReceivedLower: Program | undefined;
  readonly masterDeleted: Program | undefined;
  /** As notify_priority_changes. */
  readonly tellsPriority: boolean;
}

/** A thing that instances track, by the id of their trackers. */
export type CheckPlan =
  | {
      readonly kind: "script";
      readonly id: string;
      readonly name: string;
      readonly program: Program;
      readonly interval: Micros;
      readonly timeout: Micros;
      readonly rise: number;
      readonly fall: number;
      readonly failsAtFirst: boolean;
      readonly at: Place;
    }
  | {
      readonly kind: "process";
      readonly id: string;
      readonly name: string;
      /** The program's path or name, and its words where the file gives them. */
      readonly process: string;
      readonly parameters: readonly string[] | undefined;
      readonly match: "exact" | "initial" | "partial";
      readonly fullCommand: boolean;
      readonly quorum: number;
      readonly quorumMax: number | undefined;
      readonly delay: Micros;
      readonly terminateDelay: Micros;
      readonly forkDelay: Micros;
      readonly at: Place;
    }
  | {
      readonly kind: "file";
      readonly id: string;
      readonly name: string;
      readonly path: string;
      /** What is written into the file at start, where that is asked for. */
      readonly initial: { readonly value: number; readonly overwrite: boolean } | undefined;
      readonly at: Place;
    }
  | { readonly kind: "interface"; readonly id: string; readonly name: string }
  /** Nothing here looks at it: its status stays what it is. */
  | { readonly kind: "bfd"; readonly id: string; readonly name: string; readonly status: Status };

export interface MailPlan {
  readonly server: string;
  readonly port: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly helo: string;
  readonly connectTimeout: Micros;
  /** The name of the host in subjects. */
  readonly routerId: string;
}

export interface FifoPlan {
  readonly path: string;
  /** The program that reads it, started by the daemon. */
  readonly program: Program | undefined;
  /** What is not in it: groups or instances of the other kind of FIFO. */
  readonly of: "all" | "vrrp";
}

/** A keyword that is valid and that the daemon does not carry out. */
export interface Unexecuted {
  readonly keyword: string;
  readonly why: string;
  readonly at: Place;
}

export interface RunPlan {
  readonly name: string;
  readonly parts: readonly PartPlan[];
  /** static_ipaddress, static_routes, static_rules: there as long as the daemon runs. */
  readonly statics: readonly Resource[];
  readonly checks: readonly CheckPlan[];
  readonly mail: MailPlan | undefined;
  readonly fifos: readonly FifoPlan[];
  readonly startup: Program | undefined;
  readonly shutdown: Program | undefined;
  /** How long these two may run. */
  readonly startupTimeout: Micros | undefined;
  readonly shutdownTimeout: Micros | undefined;
  /** Settings of the whole daemon, below /proc/sys (promote_secondaries and the like). */
  readonly settings: readonly (readonly [path: string, value: string])[];
  /** How long an interface has to be up or down until that counts (interface_up_down_delays), by its name. */
  readonly interfaceDelays: Readonly<Record<string, { readonly up: Micros; readonly down: Micros }>>;
  /** Pauses between gratuitous ARPs and neighbour advertisements (garp_interval, gna_interval, garp_group). */
  readonly pauses: readonly {
    readonly interfaces: readonly string[] | "all";
    readonly arp: Micros;
    readonly neighbour: Micros;
  }[];
  readonly unexecuted: readonly Unexecuted[];
}
