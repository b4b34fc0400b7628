/** Which main files of a workspace are one cluster, where no settings file says so. */
import { areAlike, featuresOf, latestFirst } from "../model/features.ts";
import { formFleet } from "../model/fleet.ts";
import type { MainFile } from "./main-files.ts";
import { folderAbove, folderOf } from "./paths.ts";

/**
 * Divides files into clusters: files that share a virtual router, as the fleet's own pairing sees it. Copies of one
 * example lie in many folders, so those in the nearest folder belong together: files of one folder first, what is left
 * alone there with its neighbours in the folder above, and so on. A file of several hosts is a cluster by itself.
 */
export function clustersOf(files: readonly MainFile[]): Clusters {
  const result: string[][] = files.filter(({ hosts }) => hosts.length > 1).map(({ file }) => [file]);
  let waiting = files
    .filter(({ hosts }) => hosts.length === 1)
    .map((each) => ({ ...each, folder: folderOf(each.file) as string | undefined }));
  for (let depth = deepest(waiting); depth > 0 && waiting.length > 0; depth--) {
    const folders = new Set(waiting.flatMap(({ folder }) => (depthOf(folder) === depth ? [folder] : [])));
    const found = [...folders].flatMap((here) => paired(waiting.filter(({ folder }) => folder === here)));
    result.push(...found);
    const done = new Set(found.flat());
    waiting = waiting
      .filter(({ file }) => !done.has(file))
      .map((each) => (depthOf(each.folder) === depth ? { ...each, folder: above(each.folder) } : each));
  }
  return [...result, ...waiting.map(({ file }) => [file])];
}

function above(folder: string | undefined): string | undefined {
  return folder === undefined ? undefined : folderAbove(folder);
}

function depthOf(folder: string | undefined): number {
  return folder === undefined ? 0 : folder.split("/").length;
}

function deepest(files: readonly { readonly folder: string | undefined }[]): number {
  return Math.max(0, ...files.map(({ folder }) => depthOf(folder)));
}

/** Clusters as lists of main files. */
export type Clusters = readonly (readonly string[])[];

/** Remembers the clusters as long as no edit changes who belongs together. */
export class Pairing {
  #known: readonly Divided[] = [];

  clustersOf(files: readonly MainFile[]): Clusters {
    const names = files.flatMap(({ file, hosts }) => hosts.map(() => file));
    const features = [names, ...files.flatMap(({ hosts }) => hosts.map(featuresOf))];
    const before = this.#known.find((each) => areAlike(each.features, features));
    const latest = before ?? { features, clusters: clustersOf(files) };
    this.#known = latestFirst(latest, this.#known);
    return latest.clusters;
  }
}

interface Divided {
  readonly features: readonly (readonly string[])[];
  readonly clusters: Clusters;
}

/** Sets of two files or more that share virtual routers, straight or through others. */
function paired(files: readonly MainFile[]): string[][] {
  if (files.length < 2) return [];
  const group = new Map(files.map(({ file }) => [file, new Set([file])]));
  const { routers } = formFleet(
    files.flatMap(({ hosts }) => hosts),
    { complete: false },
  );
  for (const { members } of routers)
    for (const { host } of members) unite(group, members[0]?.host.file ?? host.file, host.file);
  return [...new Set(group.values())].filter(({ size }) => size > 1).map((each) => [...each]);
}

function unite(group: Map<string, Set<string>>, one: string, other: string): void {
  if (one === other) return;
  const here = group.get(one);
  const there = group.get(other);
  if (!here || !there || here === there) return;
  for (const file of there) {
    here.add(file);
    group.set(file, here);
  }
}
