/** From what is wanted to what each host's file has to hold, every number settled. */
import {
  type AuthenticationIntent,
  choicesOf,
  type Intent,
  type MailIntent,
  type RouterChoices,
  type RouterIntent,
  type TrackerIntent,
} from "./intent.ts";
import { completeAddress, familyOf } from "./networks.ts";
import { planHost } from "./plan-host.ts";
import { choosePriorities } from "./priorities.ts";
import { type DefinedTracker, defineTrackers, keyOf, trackersOf } from "./trackers.ts";

/** One host's file. */
export interface Plan {
  readonly host: string;
  /** All hosts of the cluster, this one among them. */
  readonly hosts: readonly string[];
  /** What router_id says; undefined where there is to be none. */
  readonly routerId: string | undefined;
  /** Set when something runs. */
  readonly scriptUser: string | undefined;
  readonly scriptSecurity: boolean;
  readonly mail:
    | (Required<Pick<MailIntent, "to" | "server" | "timeout">> & Pick<MailIntent, "from">)
    | undefined;
  /** Lines for global_defs as they are; empty for none, as with every `extra`. */
  readonly globals: string;
  /** Blocks as they are. */
  readonly extra: string;
  readonly definitions: ReadonlyMap<string, DefinedTracker>;
  readonly groups: readonly GroupPlan[];
  readonly instances: readonly InstancePlan[];
}

/** A line of a track block. */
export interface TrackLine {
  readonly track: TrackerIntent["track"];
  readonly name: string;
  /** Written on the line, where it is another than the definition's. */
  readonly weight: number | undefined;
}

/** A program that runs when something happens. */
export interface NotifyPlan {
  readonly keyword: string;
  readonly command: string;
}

/** Instances that move as one. */
export interface GroupPlan {
  readonly name: string;
  readonly members: readonly string[];
  readonly tracks: readonly TrackLine[];
  /** Something tracked has a weight, which has to count for all members alike. */
  readonly weighted: boolean;
  readonly notify: readonly NotifyPlan[];
  readonly mail: boolean;
  readonly extra: string;
}

/** One virtual router on this host. */
export interface InstancePlan {
  readonly name: string;
  readonly family: 4 | 6;
  readonly state: "MASTER" | "BACKUP";
  readonly interface: string;
  readonly vrid: number;
  readonly version: 2 | 3;
  readonly priority: number;
  /** All hosts with their priorities, the master first. */
  readonly order: readonly { readonly host: string; readonly priority: number }[];
  /** In seconds. */
  readonly advertInterval: number;
  readonly nopreempt: boolean;
  readonly preemptDelay: number | undefined;
  readonly password: string | undefined;
  /** The source of unicast adverts; undefined for multicast. */
  readonly source: string | undefined;
  readonly peers: readonly string[];
  readonly vmac: boolean;
  readonly addresses: readonly string[];
  /** Empty in a group, which tracks for its members. */
  readonly tracks: readonly TrackLine[];
  readonly notify: readonly NotifyPlan[];
  readonly mail: boolean;
  readonly extra: string;
}

export interface PlanOptions {
  /** Chooses the password of a router by its name, where one is to be random. */
  readonly newPassword: (router: string) => string;
}

/** Plans every host's file, in the order of the hosts. The intent has passed checkIntent(). */
export function planHosts(intent: Intent, { newPassword }: PlanOptions): readonly Plan[] {
  const vrids = vridsOf(intent);
  const definitions = defineTrackers(intent);
  const routers = intent.routers.map((router) =>
    settle(intent, router, vrids.get(router) ?? 0, definitions, newPassword),
  );
  return intent.hosts.map((host) => planHost(intent, host, routers, definitions));
}

/** A router as all hosts have it in common. */
export interface Settled {
  readonly router: RouterIntent;
  readonly choices: RouterChoices;
  readonly vrid: number;
  readonly order: InstancePlan["order"];
  readonly halves: readonly Half[];
  readonly group: string | undefined;
  readonly tracks: readonly TrackerIntent[];
  readonly definitions: ReadonlyMap<string, DefinedTracker>;
}

/** The addresses of one family: an instance. */
export interface Half {
  readonly name: string;
  readonly family: 4 | 6;
  readonly version: 2 | 3;
  readonly password: string | undefined;
  readonly addresses: readonly string[];
}

function settle(
  intent: Intent,
  router: RouterIntent,
  vrid: number,
  definitions: ReadonlyMap<string, DefinedTracker>,
  newPassword: (router: string) => string,
): Settled {
  const choices = choicesOf(intent, router);
  return {
    router,
    choices,
    vrid,
    order: orderOf(intent, router),
    halves: halvesOf(intent, router, choices, newPassword),
    group: groupOf(router, choices),
    tracks: trackersOf(intent, router),
    definitions,
  };
}

/** The VRID of every router: its own, else the lowest that no other router and no other cluster has. */
function vridsOf(intent: Intent): ReadonlyMap<RouterIntent, number> {
  const taken = new Set([
    ...(intent.reservedVrids ?? []),
    ...intent.routers.flatMap((router) => router.vrid ?? []),
  ]);
  const result = new Map<RouterIntent, number>();
  let next = 1;
  for (const router of intent.routers) {
    if (router.vrid !== undefined) result.set(router, router.vrid);
    else {
      while (taken.has(next)) next++;
      result.set(router, next++);
    }
  }
  return result;
}

/** The hosts of a router with their priorities: the master, then those after it, then those before it. */
export function orderOf(intent: Intent, router: RouterIntent): InstancePlan["order"] {
  const names = intent.hosts.map(({ name }) => name);
  const start = router.master === undefined ? 0 : names.indexOf(router.master);
  const ordered = [...names.slice(start), ...names.slice(0, start)];
  const { priorities } = router;
  const chosen = priorities ? [] : (choosePriorities(names.length, groupWeights(intent, router)) ?? []);
  return ordered
    .map((host, rank) => ({ host, priority: priorities?.get(host) ?? chosen[rank] ?? 0 }))
    .sort((one, other) => other.priority - one.priority);
}

/** The weights of a router, and of all that move with it. */
export function groupWeights(intent: Intent, router: RouterIntent): readonly number[] {
  const group = choicesOf(intent, router).syncGroup;
  const routers =
    typeof group === "string"
      ? intent.routers.filter((other) => choicesOf(intent, other).syncGroup === group)
      : [router];
  const trackers = routers.flatMap((each) => trackersOf(intent, each));
  const each = new Map(trackers.map((tracker) => [keyOf(tracker), tracker.weight ?? 0]));
  return [...each.values()];
}

function halvesOf(
  intent: Intent,
  router: RouterIntent,
  choices: RouterChoices,
  newPassword: (router: string) => string,
): readonly Half[] {
  const addresses = router.addresses.map((written) => completeAddress(intent, written));
  const families = ([4, 6] as const).filter((family) => addresses.some((each) => familyOf(each) === family));
  const speaksV2 = families.includes(4) && (choices.version ?? 2) === 2;
  const password = passwordOf(choices.authentication, speaksV2, () => newPassword(router.name));
  return families.map((family) => {
    const version = family === 6 ? 3 : (choices.version ?? 2);
    return {
      name: families.length > 1 ? `${router.name}-ipv${family}` : router.name,
      family,
      version,
      // A password that was asked for is written even where it cannot count, so that the linter says so.
      password: version === 2 || !speaksV2 ? password : undefined,
      addresses: addresses.filter((each) => familyOf(each) === family),
    };
  });
}

function passwordOf(
  wanted: AuthenticationIntent | undefined,
  speaksV2: boolean,
  newPassword: () => string,
): string | undefined {
  const intent = wanted ?? (speaksV2 ? "random" : "none");
  if (intent === "none") return undefined;
  return intent === "random" ? newPassword() : intent.password;
}

function groupOf(router: RouterIntent, { syncGroup }: RouterChoices): string | undefined {
  if (typeof syncGroup === "string") return syncGroup;
  const families = new Set(router.addresses.map(familyOf));
  return syncGroup === true && families.size > 1 ? router.name : undefined;
}
