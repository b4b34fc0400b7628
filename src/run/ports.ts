/**
 * What the daemon asks of the machine it runs on. The rooms `plan/` and `daemon/` know only these; `linux/` provides
 * them, and tests provide their own. Nothing here throws later on: what goes wrong is told in words, so that a fault on
 * one interface does not end the daemon.
 */
import type { Family } from "../vrrp/address.ts";
import type { Status } from "../vrrp/machine-types.ts";
import type { Micros } from "../vrrp/time.ts";
import type { CheckPlan, NotifyPlan, Program, RunPlan } from "./plan/types.ts";

export interface Clock {
  /**
   * Never set back or forward, whatever happens to the machine's date; goes on while the machine is suspended, so that
   * the daemon notices how long it stood still (CLOCK_BOOTTIME on Linux).
   */
  now(): Micros;
  /** Unix time in seconds with a fraction: for signed adverts and for the log. */
  unix(): number;
  /** The one alarm: rings once at that moment or soon after, in place of the one before; undefined for none. */
  alarm(at: Micros | undefined, ring: () => void): void;
  /** Runs something once after the sockets have been read that have something to read (setImmediate in Node). */
  afterReading(run: () => void): void;
}

/** An interface of the machine. */
export interface Interface {
  readonly name: string;
  readonly index: number;
  /** The hardware address as `00:00:5e:00:01:33`; undefined where there is none. */
  readonly mac: string | undefined;
  readonly mtu: number;
  /** Set up by an administrator, and with carrier. */
  readonly up: boolean;
  readonly addresses: readonly {
    readonly family: Family;
    /** As addressText of src/vrrp/ writes it. */
    readonly address: string;
    readonly prefix: number;
    readonly scope: string;
  }[];
}

/** The machine's network as it is: interfaces by name. */
export type Ground = ReadonlyMap<string, Interface>;

/** A change of the machine's network, whoever made it, the daemon included. */
export type GroundEvent =
  | { readonly what: "interface"; readonly interface: Interface }
  | { readonly what: "interface-gone"; readonly name: string }
  | {
      readonly what: "address";
      readonly gone: boolean;
      readonly interface: string;
      readonly family: Family;
      readonly address: string;
      readonly prefix: number;
    }
  | ({ readonly gone: boolean } & RouteOrRule)
  /**
   * Changes of routes and rules may have been missed; those of interfaces and addresses have been told. `why`, in words,
   * unless it is the start of watching.
   */
  | { readonly what: "missed"; readonly why: string | undefined };

/** `text` is the route or rule as `ip` prints it in one line. */
export interface RouteOrRule {
  readonly what: "route" | "rule";
  readonly family: Family;
  readonly text: string;
}

export interface Network {
  /** How it is now. */
  ground(): Promise<Ground>;
  /** The machine's rules, and its routes of keepalived's protocol, as they are now. */
  routesAndRules(): Promise<readonly RouteOrRule[]>;
  /** Tells every change from now on; the returned function ends that. */
  watch(listener: (event: GroundEvent) => void): () => void;
  /** Resolves when changes are seen that happen from now on, and those before that have been told. */
  watching(): Promise<void>;
  /**
   * Runs lines as `ip -batch` has them, in order, together with others that wait. One that begins with `-6 ` is for
   * `ip -6`: a rule for all addresses does not show its family otherwise. One that begins with `nft ` is for nft, and
   * happens as a whole or not at all. A line that fails does not keep the
   * next ones from running. Resolves with the failures, in iproute2's words; none when all went well.
   */
  apply(lines: readonly string[]): Promise<readonly { readonly line: string; readonly message: string }[]>;
  /** Writes a setting such as `net/ipv4/conf/eth0/arp_ignore`; resolves with what went wrong. */
  setting(path: string, value: string): Promise<string | undefined>;
  /** What a setting is now; undefined when it cannot be read. Who changes one puts it back at the end. */
  readSetting(path: string): Promise<string | undefined>;
}

/** A raw socket for adverts, as one of keepalived's socket pool. */
export interface SocketPlan {
  readonly family: Family;
  /** VRRP, or the authentication header around it. */
  readonly protocol: 112 | 51;
  /** Bound to this interface; unicast may go without. */
  readonly interface: string | undefined;
  /** The interface that adverts leave by, where it is another one: a virtual MAC's. */
  readonly sendInterface: string | undefined;
  /** The group to join; undefined for unicast. */
  readonly group: string | undefined;
  /** The address to bind to for unicast, and from which adverts are sent. */
  readonly source: string | undefined;
  /** TTL or hop limit of what is sent. */
  readonly hopLimit: number;
}

export interface AdvertSocket {
  /** Sends a whole IP packet, header included, as encodePacket of src/vrrp/ makes it. */
  send(packet: Uint8Array, destination: string): void;
  /** Joins the group again, after the interface has come back. */
  rejoin(): void;
  close(): void;
}

export interface Sockets {
  /** What it is made with, for `--check`: `raw-socket 1.8.1` or `koffi 3.3.4`. */
  readonly backend: string;
  /** Opens a socket. Throws when the machine refuses; later faults are told. */
  open(
    plan: SocketPlan,
    listener: {
      /** A whole IP packet as readPacket of src/vrrp/ takes it. */
      packet(bytes: Uint8Array): void;
      fault(message: string): void;
    },
  ): AdvertSocket;
}

/** An address to be announced: gratuitous ARP for IPv4, an unsolicited neighbour advertisement for IPv6. */
export interface Announcement {
  readonly interface: string;
  /** The interface that a virtual MAC's stands on, which tells whether the host is a router there. */
  readonly base?: string | undefined;
  readonly family: Family;
  readonly address: string;
}

export interface Announcer {
  /** Sends one round for all of them. Resolves with what went wrong. */
  announce(announcements: readonly Announcement[]): Promise<readonly string[]>;
  close(): void;
}

/**
 * What undoes something: a line as `Network.apply` takes it, a setting below /proc/sys as it was, or the end of a program
 * and all it has started, by the number of its process group.
 */
export type Removal =
  | string
  | { readonly setting: readonly [path: string, value: string] }
  | { readonly end: number };

/**
 * A process beside the daemon that holds what the daemon has put on the machine, and takes it away when the daemon ends
 * in any way. The daemon tells it before it adds something and after it has removed it.
 */
export interface Guard {
  hold(key: string, removal: Removal): void;
  release(key: string): void;
  /** Ends it without taking anything away. */
  dismiss(): Promise<void>;
}

/** Who is first when all processors are busy. */
export interface Scheduler {
  /**
   * Runs the daemon before all ordinary programs, with this real-time priority (1 to 99); undefined as an ordinary one.
   * Returns what the machine says against it.
   */
  realTime(priority: number | undefined): string | undefined;
}

/** Who ends programs that the daemon's end would leave behind. */
export type Keeper = Pick<Guard, "hold" | "release">;

/** How a check or a program tells the daemon's log. */
export interface Log {
  /** `instance` is the instance, group or tracker it is about. */
  write(level: "debug" | "info" | "warning" | "error", message: string, instance?: string): void;
}

/** Looks at scripts, processes and files that instances depend on; interfaces are the daemon's own matter. */
export interface Checks {
  /**
   * Looks at these from now on and at no others; one whose plan equals one of before goes on undisturbed. Resolves with
   * what is known without waiting for a script to end (a script is unknown, or false with failsAtFirst); everything
   * later is told, each id only when its status differs from the one before.
   */
  watch(
    plans: readonly CheckPlan[],
    tell: (id: string, status: Status) => void,
  ): Promise<Readonly<Record<string, Status>>>;
  /** Ends all checks and kills their programs. */
  close(): void;
}

/** Something that programs, FIFOs and mails tell, in keepalived's words. */
export interface Notice {
  readonly of: "instance" | "group";
  readonly name: string;
  readonly event:
    | "MASTER"
    | "BACKUP"
    | "FAULT"
    | "STOP"
    | "DELETED"
    | "MASTER_RX_LOWER_PRI"
    | "MASTER_PRIORITY"
    | "BACKUP_PRIORITY";
  /** The priority in force; 0 for groups. */
  readonly priority: number;
  /** The programs of the instance or group. */
  readonly notify: NotifyPlan | undefined;
  /** A mail is sent too. */
  readonly mail: boolean;
}

/** Runs notify programs, writes FIFOs and sends mails. */
export interface Notifier {
  /** Files that the daemon and its programs make from now on do not get these permissions. */
  mask(umask: number): void;
  /** Opens the FIFOs and starts their programs, and leaves alone those that stay as they were. */
  use(plan: Pick<RunPlan, "fifos" | "mail" | "umask">): Promise<void>;
  /** In the order of the calls, without waiting for programs or mails. */
  tell(notice: Notice): void;
  /** Runs startup_script or shutdown_script to its end, or for so long at most. */
  run(program: Program, timeout: Micros | undefined): Promise<void>;
  /** Ends the program that `run` waits for. */
  interrupt(): void;
  /** Waits a moment for programs and mails under way, then ends what it started. */
  close(): Promise<void>;
}
