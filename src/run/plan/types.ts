/**
 * What a host's file asks the daemon to do, as plain values: made from the model by `plan.ts` alone, compared on reload,
 * printed by `--dry-run`, carried out by the daemon.
 */
import type { Place } from "../../diagnostic.ts";
import type { Family } from "../../vrrp/address.ts";
import type { Config, Status } from "../../vrrp/machine-types.ts";
import type { Micros } from "../../vrrp/time.ts";
import type { Announcement, SocketPlan } from "../ports.ts";

/** An address, route or rule, or what the firewall does. Two with the same key are the same thing on the machine. */
export interface Resource {
  /** `firewall` lines are for nft. */
  readonly kind: "address" | "route" | "rule" | "firewall";
  readonly family: Family;
  readonly key: string;
  /** Lines as Network.apply takes them. */
  readonly add: string;
  readonly remove: string;
  /** What is announced once it is there: addresses only. */
  readonly announcement: Announcement | undefined;
  /** The interface it lies on; undefined for rules, and for routes that name none. */
  readonly device: string | undefined;
  /** An instance whose resource somebody deletes goes to backup, a static one is put back; false with no_track. */
  readonly tracked: boolean;
  /** Of a static one: the instances that its track_group names. */
  readonly instances: readonly string[];
  readonly at: Place;
}

/** An interface with a virtual MAC address that the daemon makes (use_vmac). */
export interface VirtualInterface {
  readonly kind: "macvlan" | "ipvlan";
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
  /** use_vmac's first, then those of single addresses (use_vmac_addr). They are there before the instance starts. */
  readonly virtuals: readonly VirtualInterface[];
  readonly socket: SocketPlan;
  /**
   * Why it cannot run on this machine as it is: an interface or an address is missing. It is then in FAULT, and a plan
   * made again after a change of the machine may lack nothing.
   */
  readonly lacks: string | undefined;
  /** In the order in which keepalived adds them; they are removed in the opposite one. */
  readonly resources: readonly Resource[];
  /** What is announced at this interval as long as it is master, beside what the state machine asks for. */
  readonly extra: { readonly interval: Micros; readonly announcements: readonly Announcement[] } | undefined;
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
  /** The program's path, and the words it gets. */
  readonly words: readonly string[];
  /** The words are a line for the shell: `</path`, which only opens a file. */
  readonly shell: boolean;
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
  readonly deleted: Program | undefined;
  /** An instance that a reload takes out is told as DELETED; else as FAULT, without its `fault` program. */
  readonly tellsDeleted: boolean;
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
      /** How `parameters` are compared; undefined when the file asks for none of it. */
      readonly match: "exact" | "initial" | "partial" | undefined;
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
  /** `name` is the interface. */
  | { readonly kind: "interface"; readonly id: string; readonly name: string }
  /** The source that an instance names, as long as the interface has it (track_src_ip). */
  | {
      readonly kind: "address";
      readonly id: string;
      readonly interface: string | undefined;
      readonly family: Family;
      readonly address: string;
    }
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
  /** Whether FAULT is told too (no_email_faults). */
  readonly faults: boolean;
}

export interface FifoPlan {
  readonly path: string;
  /** Whose it becomes; undefined for the daemon's own. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** The program that reads it, started by the daemon; its last word is the path. */
  readonly program: Program | undefined;
  /** notify_fifo or vrrp_notify_fifo: both get the same lines. */
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
  /** Tables of the firewall, which are there before interfaces are made. */
  readonly tables: readonly Resource[];
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
  /** The real-time priority that the file or the haste of its adverts asks for; undefined for none. */
  readonly realTime: number | undefined;
  /** Permissions that files and FIFOs of the daemon, and those of its programs, do not get. */
  readonly umask: number;
  /** The states are written to the FIFOs again after a reload (fifo_write_vrrp_states_on_reload). */
  readonly tellsStatesOnReload: boolean;
  /**
   * Pauses between gratuitous ARPs and neighbour advertisements (garp_interval, gna_interval, garp_group). The first
   * that has the interface counts. Interfaces of a list wait for each other; of "all", each waits for itself alone.
   */
  readonly pauses: readonly {
    readonly interfaces: readonly string[] | "all";
    readonly arp: Micros;
    readonly neighbour: Micros;
  }[];
  readonly unexecuted: readonly Unexecuted[];
}
