/**
 * What one host's files mean: values after keepalived's own defaults and fallbacks, each with the place where it was
 * written. Times are in seconds, priorities and VRIDs plain numbers. Everything that is not modelled stays reachable
 * through `block` and `statements`.
 *
 * What keepalived clears or resets is seen by comparing: `nopreempt` with value false and written true was written
 * and cleared.
 */
import type { Place } from "../diagnostic.ts";
import type { Finding, Statement } from "../schema/statement.ts";
import type { SourceFile, SyntaxFinding } from "../syntax/tree.ts";

/** A value and where it stands. `written` is false for a default; `at` is then the header of the block. */
export interface Spot<T> {
  readonly value: T;
  readonly at: Place;
  readonly written: boolean;
  /** The statement that gave the value. */
  readonly statement?: Statement;
  /** Written with a variable whose value is not known here: `value` is the default and proves nothing. */
  readonly unknown?: true;
}

export type Family = 4 | 6;

/** An address that an instance moves. `address` is in canonical text (RFC 5952 for IPv6), without prefix. */
export interface VirtualAddress {
  readonly address: string;
  readonly family: Family;
  /** As written; absent means that keepalived uses /32 or /128. */
  readonly prefix: number | undefined;
  readonly device: string | undefined;
  /** Written in virtual_ipaddress, but moved to the excluded ones because the advert is full. */
  readonly moved?: true;
  readonly at: Place;
  readonly statement: Statement;
}

/** A line of virtual_ipaddress or virtual_ipaddress_excluded that gives no address. */
export interface RefusedAddress {
  /**
   * family: of another family than the instance; invalid: not an address; option: keepalived drops the address
   * because of an option; unknown: a variable whose value is not known here.
   */
  readonly why: "family" | "invalid" | "option" | "unknown";
  /** The address in canonical text, where it is one. */
  readonly address: string | undefined;
  readonly family: Family | undefined;
  readonly at: Place;
  readonly statement: Statement;
}

export type TrackerKind = "script" | "process" | "file" | "bfd" | "interface";

/**
 * Why a written tracker does nothing. undefined-name: nothing of that name is defined above it; duplicate: tracked
 * already; own-interface: tracked anyway; malformed: keepalived cannot read the line; sync-group: weighted, but the
 * instance is in a group without sync_group_tracking_weight; owner: weighted, but the priority is 255.
 */
export type TrackerIgnored =
  | "undefined-name"
  | "duplicate"
  | "own-interface"
  | "malformed"
  | "sync-group"
  | "owner";

/** A tracker on an instance or a group, as written. `weight` 0 means that failure is FAULT. */
export interface Tracker {
  readonly kind: TrackerKind;
  readonly name: string;
  /** The weight in force: on the track line, else from the definition, else 0. */
  readonly weight: Spot<number>;
  readonly reverse: boolean;
  /** The definition it refers to; absent for interfaces and undefined names. */
  readonly definition: Definition | undefined;
  /** Present when keepalived does not act on it; every reader of priorities skips those. */
  readonly ignored: TrackerIgnored | undefined;
  readonly at: Place;
  readonly statement: Statement;
}

/** A vrrp_script, vrrp_track_process, track_file or bfd_instance block. */
export interface Definition {
  readonly kind: Exclude<TrackerKind, "interface">;
  readonly name: string;
  /** The weight of trackers that name none: 0, for track_file 1. */
  readonly weight: number;
  /** Where the weight is written; absent for the default. */
  readonly weightAt: Place | undefined;
  readonly reverse: boolean;
  /** The name's place. */
  readonly at: Place;
  readonly block: Statement;
  /** The command line of a script, as written. */
  readonly command: string | undefined;
  /** duplicate: an earlier one has the name; incomplete: lacks what keepalived needs and is removed. */
  readonly ignored: "duplicate" | "incomplete" | undefined;
  /** Something in it could not be read. */
  readonly uncertain: boolean;
}

/** Authentication in force: "none" when the type or password is missing, with strict mode, v3 or IPv6. */
export interface Authentication {
  readonly type: "none" | "PASS" | "AH";
  /** The password keepalived uses: cut to 8 bytes. Empty for none. */
  readonly password: string;
  /** The password as written after unquoting, before cutting. */
  readonly written: string;
  /** Why it is "none" although something is written, in a few words. */
  readonly ignored: string | undefined;
  /** The words that gave type and password, if any. */
  readonly typeAt: Place | undefined;
  readonly passwordAt: Place | undefined;
}

export interface UnicastPeer {
  readonly address: string;
  readonly at: Place;
  readonly statement: Statement;
}

export interface Instance {
  readonly name: string;
  readonly host: string;
  /** The `vrrp_instance NAME` header. */
  readonly at: Place;
  readonly block: Statement;
  /** Something in it could not be read (unknown block, include not here, variable not known): absence proves nothing. */
  readonly uncertain: boolean;
  readonly family: Family;
  readonly version: Spot<2 | 3>;
  readonly interface: Spot<string> | undefined;
  readonly vrid: Spot<number> | undefined;
  /** The state it starts in by itself; a sync group starts all members as BACKUP unless all are owners. */
  readonly state: Spot<"MASTER" | "BACKUP">;
  /** Base priority in force: 100 by default, 255 for `state MASTER` without priority, 100 when unreadable. */
  readonly priority: Spot<number>;
  /** Interval in force, in seconds: 1 by default and when unreadable, rounded to whole seconds in version 2. */
  readonly advertInterval: Spot<number>;
  readonly authentication: Spot<Authentication>;
  readonly addresses: readonly VirtualAddress[];
  readonly excluded: readonly VirtualAddress[];
  /** unicast_src_ip or mcast_src_ip. */
  readonly source: Spot<string> | undefined;
  /** Valid peers; the instance is unicast when there is at least one. */
  readonly peers: readonly UnicastPeer[];
  readonly unicast: boolean;
  /** Multicast group in force; irrelevant when unicast. */
  readonly multicastGroup: Spot<string>;
  readonly strict: Spot<boolean>;
  readonly accept: Spot<boolean>;
  /** As in force: cleared by state MASTER and by priority 255. */
  readonly nopreempt: Spot<boolean>;
  /** In seconds, as in force. */
  readonly preemptDelay: Spot<number>;
  readonly downTimerAdverts: Spot<number>;
  readonly checkUnicastSource: Spot<boolean>;
  readonly trackers: readonly Tracker[];
  readonly virtualRoutes: readonly Statement[];
  readonly virtualRules: readonly Statement[];
  /** The sync group that names it, if any. */
  readonly group: string | undefined;
  /** Lines of both address blocks that keepalived drops, in order. */
  readonly refused: readonly RefusedAddress[];
  /** use_vmac: adverts and addresses come from a virtual MAC. */
  readonly vmac: Spot<boolean>;
}

export interface SyncGroup {
  readonly name: string;
  readonly at: Place;
  readonly block: Statement;
  /** As listed; names that no instance has are among them. */
  readonly members: readonly { readonly name: string; readonly at: Place }[];
  readonly trackers: readonly Tracker[];
  readonly trackingWeight: boolean;
  /** Something in it could not be read. */
  readonly uncertain: boolean;
}

export interface Globals {
  readonly routerId: Spot<string> | undefined;
  readonly vrrpVersion: Spot<2 | 3> | undefined;
  readonly strict: Spot<boolean> | undefined;
  readonly scriptSecurity: Spot<boolean> | undefined;
  readonly scriptUser: Spot<string> | undefined;
  readonly multicastGroup4: Spot<string> | undefined;
  readonly multicastGroup6: Spot<string> | undefined;
  readonly downTimerAdverts: Spot<number> | undefined;
  readonly checkUnicastSource: Spot<boolean> | undefined;
  /** What stands in all global_defs blocks, in order. */
  readonly statements: readonly Statement[];
}

/** One host: its main file, everything it includes, and what that means under one config-id. */
export interface Host {
  /** `--host NAME=FILE`, else the file name without `.conf`. */
  readonly name: string;
  /** Path of the main file as given. */
  readonly file: string;
  /** How messages name the host: by its file, or as `host NAME` where one file is several hosts. */
  readonly shownAs: string;
  /** The release the host runs, such as "2.2.7", when the user said so. */
  readonly target: string | undefined;
  /** The config-id its `@id` lines were judged as; undefined when none was given and none is named in the file. */
  readonly configId: string | undefined;
  /** Every config-id that a condition of the host's files names. */
  readonly configIds: readonly string[];
  /** The main file first, then includes in the order of reading. */
  readonly sources: readonly SourceFile[];
  readonly syntaxFindings: readonly SyntaxFinding[];
  readonly findings: readonly Finding[];
  readonly statements: readonly Statement[];
  readonly globals: Globals;
  /** As keepalived creates them: blocks without a name or with a name already used are not among them. */
  readonly instances: readonly Instance[];
  readonly groups: readonly SyncGroup[];
  readonly definitions: readonly Definition[];
  /** Addresses the file says the host itself has: sources of instances, static_ipaddress. */
  readonly ownAddresses: readonly { readonly address: string; readonly at: Place }[];
  /** Some part could not be read (include not here, unknown config-id): rules that reason from absence stay silent. */
  readonly uncertain: boolean;
}

/** The same virtual router on one host. */
export interface Member {
  readonly host: Host;
  readonly instance: Instance;
}

/** How members were found to belong together; the weakest sign that was needed. docs/decisions/0010-pairing.md */
export type PairedBy = "addresses" | "vrid" | "name" | "alone";

/** Instances that are meant to be one virtual router, over all hosts. */
export interface VirtualRouter {
  readonly members: readonly Member[];
  readonly pairedBy: PairedBy;
  readonly family: Family;
  /** The VRID of the members, the first one's when they differ; undefined when none has a valid one. */
  readonly vrid: number | undefined;
}

export interface Fleet {
  readonly hosts: readonly Host[];
  readonly routers: readonly VirtualRouter[];
  /** The user named all hosts, so absence on a host is a fact. */
  readonly complete: boolean;
}
