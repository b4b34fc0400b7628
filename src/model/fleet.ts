/** All hosts together: which instances are one virtual router. */
import { areSame } from "../alike.ts";
import { areAlike, featuresOf, latestFirst } from "./features.ts";
import type { Group } from "./grouping.ts";
import type { Fleet, Host, Member, PairedBy, VirtualRouter } from "./host.ts";
import { nodesOf } from "./kinship.ts";
import { pairUp } from "./pairing.ts";

export interface FleetOptions {
  /** The user named all hosts of the clusters, so what is missing is missing. */
  readonly complete: boolean;
}

/** Forms a fleet. Every instance of every host is in exactly one virtual router, and a host has one member at most. */
export function formFleet(hosts: readonly Host[], { complete }: FleetOptions): Fleet {
  return { hosts, routers: routersOf(hosts), complete };
}

interface Paired {
  readonly hosts: readonly Host[];
  readonly routers: readonly VirtualRouter[];
}

/** By the first host. An editor forms a fleet to see which files belong together, and again to judge them. */
const paired = new WeakMap<Host, Paired>();

function routersOf(hosts: readonly Host[]): readonly VirtualRouter[] {
  const [first] = hosts;
  const known = first && paired.get(first);
  if (known && areSame(known.hosts, hosts)) return known.routers;
  const members = hosts.flatMap(membersOf);
  const routers = groupsOf(hosts).map((group) => routerOf(group, members));
  if (first) paired.set(first, { hosts: [...hosts], routers });
  return routers;
}

const knownMembers = new WeakMap<Host, readonly Member[]>();

/** The instances of a host as members of virtual routers, the same objects each time. */
export function membersOf(host: Host): readonly Member[] {
  const known = knownMembers.get(host);
  if (known) return known;
  const members = host.instances.map((instance) => ({ host, instance }));
  knownMembers.set(host, members);
  return members;
}

/** Members that belong together, by their positions among those of all hosts. */
interface Positions {
  readonly positions: readonly number[];
  readonly pairedBy: PairedBy;
}

interface Grouped {
  readonly features: readonly (readonly string[])[];
  readonly groups: readonly Positions[];
}

/** By every host that was grouped: most edits leave alone what pairing looks at, and all hosts but one. */
const grouped = new WeakMap<Host, readonly Grouped[]>();

function groupsOf(hosts: readonly Host[]): readonly Positions[] {
  const features = hosts.map(featuresOf);
  const known = hosts.flatMap((host) => grouped.get(host) ?? []);
  const before = known.find((each) => areAlike(each.features, features));
  const latest = before ?? { features, groups: pairUp(nodesOf(hosts)).map(positionsIn) };
  for (const host of hosts) grouped.set(host, latestFirst(latest, grouped.get(host)));
  return latest.groups;
}

function positionsIn({ nodes, pairedBy }: Group): Positions {
  return { positions: nodes.map(({ position }) => position), pairedBy };
}

function routerOf({ positions, pairedBy }: Positions, all: readonly Member[]): VirtualRouter {
  const members = positions.map((position) => all[position] as Member);
  const numbered = members.find(({ instance }) => instance.vrid !== undefined);
  const [first] = members;
  return { members, pairedBy, family: first?.instance.family ?? 4, vrid: numbered?.instance.vrid?.value };
}
