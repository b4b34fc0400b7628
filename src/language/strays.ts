/**
 * What no host reads, though it is a part of one. Files: checks whose include is not written yet, or leads to a path that
 * is only on the hosts; they belong to the cluster that lies nearest, where only one does. Lines: those under conditions
 * for other hosts, in a file that all hosts have a copy of.
 */
import type { Host } from "../model/host.ts";
import { readHost } from "../model/read.ts";
import type { IncludeReader } from "../syntax/expand.ts";
import type { Text } from "../text.ts";
import type { ClusterPlan } from "./cluster-plan.ts";
import { folderAbove, folderOf } from "./paths.ts";

/**
 * What is read of the files that belong to a file's cluster without being read by it; for such a file, what belongs to it.
 * `rootOf` tells how far up a file's neighbours are looked for.
 */
export function straysOf(
  file: string,
  plans: readonly ClusterPlan[],
  rootOf: (file: string) => string,
): readonly Host[] {
  const own = plans.find((plan) => isPart(plan) && plan.mains.some((main) => main.file === file));
  const clusters = plans.filter((plan) => !isPart(plan));
  const ownerOf = (part: ClusterPlan) => nearest(part, clusters, rootOf);
  const owner = own ? ownerOf(own) : clusters.find((plan) => hasFile(plan, file));
  if (!owner) return [];
  const parts = plans.filter((plan) => plan !== own && isPart(plan) && ownerOf(plan) === owner);
  return [...(own ? [owner] : []), ...parts].flatMap(hostsOf);
}

/** The hosts' files as they are read under the other config-ids that are named in them. */
export function otherReadings(
  hosts: readonly Host[],
  textOf: (file: string) => Text | undefined,
  include: IncludeReader,
): readonly Host[] {
  return hosts.flatMap((host) => {
    const path = host.file;
    const read = new Set(hosts.flatMap(({ file, configId }) => (file === path ? [configId] : [])));
    const others = host.configIds.filter((id) => !read.has(id));
    const text = textOf(path);
    if (text === undefined || host.configId === undefined) return [];
    return others.map((configId) => readHost({ path, text, name: configId, configId, include }));
  });
}

const hostsOf = ({ mains }: ClusterPlan) => mains.flatMap(({ hosts }) => hosts);

/** Without an instance of its own a file is no host that anybody runs for VRRP. */
const isPart = (plan: ClusterPlan) => hostsOf(plan).every(({ instances }) => instances.length === 0);

function hasFile(plan: ClusterPlan, file: string): boolean {
  return hostsOf(plan).some(({ sources }) => sources.some(({ path }) => path === file));
}

/** The one cluster with a main file in the part's folder or below, else in the folder above, and so on. */
function nearest(
  { mains }: ClusterPlan,
  clusters: readonly ClusterPlan[],
  rootOf: (file: string) => string,
): ClusterPlan | undefined {
  const file = mains[0]?.file ?? "";
  const root = rootOf(file);
  for (let here: string | undefined = folderOf(file); here?.startsWith(root); here = folderAbove(here)) {
    const folder = here;
    const found = clusters.filter((plan) => plan.mains.some((main) => main.file.startsWith(folder)));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}
