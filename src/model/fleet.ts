/** All hosts together: which instances are one virtual router. */
import type { Group } from "./grouping.ts";
import type { Fleet, Host, VirtualRouter } from "./host.ts";
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
  if (known?.hosts.length === hosts.length && known.hosts.every((host, index) => host === hosts[index]))
    return known.routers;
  const routers = pairUp(nodesOf(hosts)).map(routerOf);
  if (first) paired.set(first, { hosts: [...hosts], routers });
  return routers;
}

function routerOf({ nodes, pairedBy }: Group): VirtualRouter {
  const members = nodes.map(({ member }) => member);
  const numbered = members.find(({ instance }) => instance.vrid !== undefined);
  const [first] = members;
  return { members, pairedBy, family: first?.instance.family ?? 4, vrid: numbered?.instance.vrid?.value };
}
