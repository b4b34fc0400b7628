/** Which files are hosts, under which names, and which of them are one cluster. */
import type { Severity } from "../diagnostic.ts";
import type { Pairing } from "./clusters.ts";
import type { MainFile, MainFiles, Reading } from "./main-files.ts";
import { baseName, beside, folderOf, hostNames } from "./paths.ts";
import type { ClientSettings } from "./requests.ts";
import type { FoundSettings } from "./settings-file.ts";

/** The files of one cluster, and how they are judged. */
export interface ClusterPlan {
  readonly mains: readonly MainFile[];
  /** All hosts of the cluster are among them. */
  readonly complete: boolean;
  readonly severities: Readonly<Record<string, Severity | "off">>;
}

/** What holds for a file: the settings file above it, else what the client says. */
export interface Choices {
  readonly found: FoundSettings | undefined;
  readonly client: ClientSettings;
  /** The folder that the client's own paths are relative to. */
  readonly root: string;
}

/**
 * Divides files into clusters. Hosts that the settings name are one; other files find each other by the virtual routers
 * that they share. A file that another one includes is no host of its own.
 */
export function planClusters(
  files: readonly string[],
  mains: MainFiles,
  pairing: Pairing,
  choicesOf: (file: string) => Choices,
): readonly ClusterPlan[] {
  const named = namedGroups(files, choicesOf);
  const inGroup = new Set(named.flatMap(({ hosts }) => [...hosts.values()]));
  const read = (file: string, name: string, names: readonly string[] = []) =>
    mains.read(file, readingOf(choicesOf(file), name, names));
  const groups = named.map(({ hosts, complete }) => {
    const each = [...new Set(hosts.values())].flatMap((file) => {
      const names = [...hosts].filter(([, other]) => other === file).map(([name]) => name);
      return read(file, plainName(file), names) ?? [];
    });
    return planOf(each, complete, choicesOf);
  });
  const loose = files
    .filter((file) => !inGroup.has(file))
    .flatMap((file) => read(file, mains.lastName(file) ?? plainName(file)) ?? []);
  const own = withoutIncluded([...groups.flatMap((group) => group.mains), ...loose], mains);
  const kept = new Set(own);
  const paired = pairing.clustersOf(loose.filter((main) => kept.has(main))).map((cluster) => {
    const names = hostNames(cluster);
    const each = cluster.flatMap((file) => read(file, names.get(file) ?? plainName(file)) ?? []);
    return planOf(each, undefined, choicesOf);
  });
  return [...groups.filter(({ mains: each }) => each.length > 0), ...paired];
}

function plainName(file: string): string {
  return baseName(file).replace(/\.conf$/, "");
}

interface NamedGroup {
  readonly hosts: ReadonlyMap<string, string>;
  readonly complete: boolean | undefined;
}

/** The clusters that settings files or the client name, each once. */
function namedGroups(files: readonly string[], choicesOf: (file: string) => Choices): readonly NamedGroup[] {
  const groups = new Map<string, NamedGroup>();
  for (const file of files) {
    const { found, client, root } = choicesOf(file);
    const settings = found?.settings;
    if (settings && settings.hosts.size > 0) groups.set(found.file, settings);
    else if (Object.keys(client.hosts).length > 0)
      groups.set(root, {
        hosts: new Map(Object.entries(client.hosts).map(([name, path]) => [name, beside(root, path)])),
        complete: client.complete ?? undefined,
      });
  }
  return [...groups.values()];
}

function readingOf({ found, client }: Choices, name: string, names: readonly string[]): Reading {
  const settings = found?.settings;
  const common = settings?.target ?? (client.target || undefined);
  return {
    names,
    name,
    configId: settings?.configId ?? (client.configId || undefined),
    targetOf: (host) => settings?.targets.get(host) ?? common,
  };
}

function planOf(
  mains: readonly MainFile[],
  complete: boolean | undefined,
  choicesOf: (file: string) => Choices,
): ClusterPlan {
  const [first] = mains;
  const { found, client } = first ? choicesOf(first.file) : { found: undefined, client: undefined };
  const said = complete ?? found?.settings?.complete ?? client?.complete ?? undefined;
  return {
    mains,
    complete: said ?? mains.flatMap(({ hosts }) => hosts).length > 1,
    severities: { ...client?.rules, ...found?.settings?.rules },
  };
}

/** A file that another host includes is a part of that host; of files that include each other the first stays. */
function withoutIncluded(all: readonly MainFile[], mains: MainFiles): readonly MainFile[] {
  const kept: MainFile[] = [];
  for (const main of all) {
    const includedBy = (other: MainFile) => other !== main && mains.reads(other.file, main.file);
    const later = all.filter((other) => includedBy(other) && !mains.reads(main.file, other.file));
    if (later.length === 0 && !kept.some(includedBy)) kept.push(main);
  }
  return kept;
}

/** The folder that a client's paths are relative to: the workspace folder around a file, else its own. */
export function rootOf(folders: readonly string[], file: string): string {
  const around = folders.filter((folder) => file.startsWith(folder));
  return around.sort((one, other) => other.length - one.length)[0] ?? folderOf(file);
}
