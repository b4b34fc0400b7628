/** Which hosts are one cluster, and which virtual routers all of them share. */
import type { Fleet, Host, Instance, Member } from "../../model/host.ts";
import { masterOf, type NamedRouter } from "./meaning.ts";

/** Hosts by the clusters that they form: those with a virtual router in common. */
export function clustersIn({ hosts, routers }: Fleet): readonly (readonly Host[])[] {
  const clusterOf = new Map<Host, Set<Host>>(hosts.map((host) => [host, new Set([host])]));
  for (const { members } of routers) {
    const joined = new Set(members.flatMap(({ host }) => [...(clusterOf.get(host) ?? [])]));
    for (const host of joined) clusterOf.set(host, joined);
  }
  return [...new Set(clusterOf.values())].map((cluster) => hosts.filter((host) => cluster.has(host)));
}

/** The virtual routers that every one of the hosts has, each under a name of its own, in the order of the first host. */
export function sharedRouters({ routers }: Fleet, hosts: readonly Host[]): readonly NamedRouter[] {
  const [first] = hosts;
  const place = ({ members }: { readonly members: readonly Member[] }) =>
    first?.instances.indexOf(members.find(({ host }) => host === first)?.instance as Instance) ?? -1;
  const shared = routers
    .filter(({ members }) => hosts.every((host) => members.some((member) => member.host === host)))
    .sort((one, other) => place(one) - place(other));
  const taken = new Set<string>();
  return shared.map(({ members }) => {
    const inOrder = hosts.flatMap((host) => members.find((member) => member.host === host) ?? []);
    const master = masterOf(inOrder);
    const names = [master, ...inOrder].flatMap((member) => member?.instance.name ?? []);
    const name = names.find((each) => !taken.has(each)) ?? free(names[0] ?? "router", taken);
    taken.add(name);
    return { name, members: inOrder };
  });
}

function free(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
