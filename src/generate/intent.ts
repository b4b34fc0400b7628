/** What the user wants of a cluster, whichever way it was said: flags, a cluster description, another host's file. */

/** The whole wish. Everything that is optional has a default that a careful admin would choose; plan.ts settles it. */
export interface Intent {
  /** The hosts, two at least. Behind a router's master the others follow in this order, beginning after the master. */
  readonly hosts: readonly HostIntent[];
  /** The virtual routers, one at least, in the order in which they are printed. */
  readonly routers: readonly RouterIntent[];
  /** What holds for every router that does not say otherwise. */
  readonly common: RouterChoices;
  /** The account that checks and notify programs run as; root when absent. Written only when something runs. */
  readonly scriptUser?: string | undefined;
  /** false: neither script security is switched on nor an account named that nobody asked for. */
  readonly scriptSecurity?: boolean | undefined;
  /** Whom to tell by mail about failovers; nobody when absent. */
  readonly mail?: MailIntent | undefined;
  /** The keepalived release of the hosts, such as "2.2.7"; what it does not know is refused. */
  readonly target?: string | undefined;
  /** VRIDs of other clusters in the same network, which are neither chosen nor accepted. */
  readonly reservedVrids?: readonly number[] | undefined;
  /** Lines of keepalived.conf for global_defs, as they are to stand there. */
  readonly globals?: PerHost<string> | undefined;
  /** Lines of keepalived.conf for sync groups, by the group's name. */
  readonly groups?: ReadonlyMap<string, PerHost<string>> | undefined;
  /** Blocks of keepalived.conf that are no part of a virtual router. */
  readonly extra?: PerHost<string> | undefined;
}

/** One host of the cluster. */
export interface HostIntent {
  /** Names the host in comments, as router_id, and its file; with one file for all hosts also its config-id. */
  readonly name: string;
  /**
   * Its own addresses, IPv4 or IPv6, with the prefix of their network when it is known. The first one of a family is
   * the source of unicast adverts; those with prefix say which networks the host is in. May be empty with multicast.
   */
  readonly addresses: readonly string[];
  /** The interface on this host, where it has another name than on the others. */
  readonly interface?: string | undefined;
  /** How mails name the host: its name when absent; with false no router_id is written, and the machine's name counts. */
  readonly routerId?: string | false | undefined;
}

/** One value for all hosts, or one for each by the host's name. */
export type PerHost<T> = T | ReadonlyMap<string, T>;

/** What can be chosen for all routers or for one. */
export interface RouterChoices {
  /** The interface of adverts and addresses. On a router it also wins over the host's own. */
  readonly interface?: PerHost<string> | undefined;
  /** VRRP version of IPv4 instances, 2 when absent; IPv6 always speaks 3. */
  readonly version?: 2 | 3 | undefined;
  /** Seconds between adverts, 1 when absent. */
  readonly advertInterval?: number | undefined;
  /** Absent: a random password with version 2, none with version 3, which has no authentication. */
  readonly authentication?: AuthenticationIntent | undefined;
  /**
   * Adverts from host to host, as clouds need it, instead of to the multicast group. true: from the hosts' own
   * addresses; otherwise every host's source by its name.
   */
  readonly unicast?: boolean | ReadonlyMap<string, string> | undefined;
  /** The master, too, starts as backup and takes over when it hears nobody better. */
  readonly startAsBackup?: boolean | undefined;
  /** A master that comes back waits until the present one fails. */
  readonly nopreempt?: boolean | undefined;
  /** Seconds a host that comes back waits before it takes the addresses. */
  readonly preemptDelay?: number | undefined;
  /** The addresses live on an interface of their own with the virtual MAC of the standard. */
  readonly vmac?: boolean | undefined;
  /**
   * true: a router with IPv4 and IPv6 addresses moves as a whole. A name: all routers with this name move as one; they
   * need the same master.
   */
  readonly syncGroup?: boolean | string | undefined;
  /** What a host has to pass to hold the addresses. */
  readonly trackers?: readonly TrackerIntent[] | undefined;
  /** A command line that runs at every change of state. */
  readonly notify?: string | undefined;
  /** Command lines that run when a host becomes this. */
  readonly notifyMaster?: string | undefined;
  readonly notifyBackup?: string | undefined;
  readonly notifyFault?: string | undefined;
  /** A command line that runs when keepalived stops. */
  readonly notifyStop?: string | undefined;
  /** false: no mail about it, although the intent has receivers. */
  readonly alert?: boolean | undefined;
}

/** "random": somebody else chooses; plan.ts asks for it. */
export type AuthenticationIntent = "none" | "random" | { readonly password: string };

/** A virtual router: addresses that are on one host at a time. */
export interface RouterIntent extends RouterChoices {
  readonly name: string;
  /** Its number, 1 to 255; the lowest free one when absent. */
  readonly vrid?: number | undefined;
  /** The host that holds the addresses while all is well; the first host when absent. */
  readonly master?: string | undefined;
  /**
   * The addresses it moves, with prefix or, where the network of the hosts tells it, without; behind a blank what
   * keepalived is to know of them, such as `dev eth1 label eth1:web`. Addresses of both families make two instances
   * with one VRID.
   */
  readonly addresses: readonly string[];
  /** Priorities by host name, for all hosts; chosen with a fitting gap when absent. */
  readonly priorities?: ReadonlyMap<string, number> | undefined;
  /** Lines of keepalived.conf for its vrrp_instance, as they are to stand there. */
  readonly extra?: PerHost<string> | undefined;
}

interface Weighted {
  /** 0, the default: failure takes the host out at once. Otherwise what failure (or with + success) adds to the priority. */
  readonly weight?: number | undefined;
}

interface Named extends Weighted {
  /** How the definition is called; made from what it watches when absent. */
  readonly name?: string | undefined;
  /** Lines of keepalived.conf for the definition, as they are to stand there. */
  readonly extra?: string | undefined;
}

/** A program that says by its exit code whether the host is fit. Times are in seconds. */
export interface ScriptIntent extends Named {
  readonly track: "script";
  /** Program with absolute path, and its parameters. */
  readonly command: string;
  /** 2 when absent. */
  readonly interval?: number | undefined;
  /** The interval when absent. */
  readonly timeout?: number | undefined;
  /** Successes in a row that make it pass again, 2 when absent. */
  readonly rise?: number | undefined;
  /** Failures in a row that make it fail, 2 when absent. */
  readonly fall?: number | undefined;
}

/** A process that has to run, by the name that the kernel shows. */
export interface ProcessIntent extends Named {
  readonly track: "process";
  readonly process: string;
}

/** A file with a number: with weight 0 any number but 0 takes the host out, else the weight is multiplied by it. */
export interface FileIntent extends Named {
  readonly track: "file";
  readonly file: string;
}

/** Another interface that has to be up. */
export interface InterfaceIntent extends Weighted {
  readonly track: "interface";
  readonly interface: PerHost<string>;
}

export type TrackerIntent = ScriptIntent | ProcessIntent | FileIntent | InterfaceIntent;

/** Mail about failovers. */
export interface MailIntent {
  /** Receivers, one at least. */
  readonly to: readonly string[];
  /** Sender; keepalived makes one of user and host name when absent. */
  readonly from?: string | undefined;
  /** Mail server, name or address with an optional port; this host's own when absent. */
  readonly server?: string | undefined;
  /** Seconds that the mail server may take, 30 when absent. */
  readonly timeout?: number | undefined;
}

/**
 * Where in an intent something stands, in the words of a cluster description: `["routers", "web", "addresses", 0]`.
 * spec.ts turns it into line and column.
 */
export type IntentPath = readonly (string | number)[];

/** Why something cannot be generated. */
export interface Refusal {
  /** What cannot work, why, and what to do; never holds a password. */
  readonly message: string;
  /** What of the intent it is about, where that is one thing. */
  readonly about?: IntentPath | undefined;
  /** The rule of the linter that says so. */
  readonly rule?: string | undefined;
}

/** The value that holds on one host. */
export function onHost<T>(value: PerHost<T> | undefined, host: string): T | undefined {
  return value instanceof Map ? value.get(host) : (value as T | undefined);
}

/** The choices of a router, with the common ones where it has none. */
export function choicesOf(intent: Intent, router: RouterIntent): RouterChoices {
  const own = Object.entries(router).filter(([, value]) => value !== undefined);
  return { ...intent.common, ...(Object.fromEntries(own) as RouterChoices) };
}

/** The interface of a router on a host: the router's, else the host's, else the common one. */
export function interfaceOf(intent: Intent, router: RouterIntent, host: HostIntent): string | undefined {
  return onHost(router.interface, host.name) ?? host.interface ?? onHost(intent.common.interface, host.name);
}
