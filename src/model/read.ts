/** From one file's text to what it means on its host. */
import type { Place } from "../diagnostic.ts";
import { checkStatements } from "../schema/check.ts";
import { rootKeywords } from "../schema/index.ts";
import { inside, named, type Statement } from "../schema/statement.ts";
import { buildTree } from "../schema/tree.ts";
import { type Expansion, expand, type IncludeReader } from "../syntax/expand.ts";
import { parseSource } from "../syntax/parse.ts";
import { readAddressLine } from "./addresses.ts";
import { Definitions, readDefinition } from "./definitions.ts";
import { readGlobals } from "./globals.ts";
import { completeGroups, groupsByInstance, readGroup } from "./groups.ts";
import type { Globals, Host, Instance, SyncGroup, Tracker } from "./host.ts";
import { completeInstance, ownerPriority } from "./instance.ts";
import type { InstanceDraft } from "./instance-draft.ts";
import { readDraft } from "./instance-lines.ts";
import { headerOf } from "./spots.ts";
import { readTrackers, withoutOwnInterface, withoutWeights } from "./trackers.ts";
import { isMisread, uncertainBlocks } from "./uncertain.ts";

/** A host as the user names it: its main file, and how to read what that includes. */
export interface HostInput {
  readonly path: string;
  readonly text: string;
  /** Without it the file name without `.conf`. */
  readonly name?: string | undefined;
  /** How messages name the host; without it by its path. */
  readonly shownAs?: string | undefined;
  /** What `@id` lines are judged as; without it the host's name, if a condition in the file names it. */
  readonly configId?: string | undefined;
  /** The keepalived release of the host, such as "2.2.7". */
  readonly target?: string | undefined;
  readonly include?: IncludeReader | undefined;
}

/** Reads a host. Never fails: what is wrong is in the findings, and what cannot be known is marked as uncertain. */
export function readHost(input: HostInput): Host {
  const name = input.name ?? hostName(input.path);
  const { expansion, configId } = expandFor(input, name);
  const tree = buildTree(expansion, rootKeywords);
  const unsure = expansion.configIds.length > 0 && configId === undefined;
  const globals = readGlobals(named(tree.statements, "global_defs"), input.target);
  const uncertain = uncertainBlocks(tree.statements, tree.findings, expansion.findings);
  const reading = new Reading((block) => unsure || uncertain.has(block));
  for (const statement of tree.statements) reading.read(statement);
  const { instances, groups } = reading.complete(name, globals);
  return {
    name,
    file: input.path,
    shownAs: input.shownAs ?? input.path,
    target: input.target,
    configId,
    configIds: expansion.configIds,
    sources: expansion.sources,
    syntaxFindings: expansion.findings,
    findings: [...tree.findings, ...checkStatements(tree.statements)],
    statements: tree.statements,
    globals,
    instances,
    groups,
    definitions: reading.definitions.all,
    ownAddresses: [...sourcesOf(instances), ...reading.staticAddresses],
    uncertain: expansion.uncertain || unsure || isMisread(tree.findings),
  };
}

/**
 * The hosts of a file that may be one file for the whole cluster: one for each config-id its conditions name, when none
 * was given, and one more where a single name is also negated (`@main` and `@^main`). Otherwise the one host it is.
 */
export function readHosts(input: HostInput): readonly Host[] {
  const host = readHost(input);
  if (host.configId !== undefined || host.configIds.length === 0) return [host];
  const negated = input.text.includes(`@^${host.configIds[0]}`);
  const others = host.configIds.length === 1 && negated ? [otherHost] : [];
  return [...host.configIds, ...others].map((id) =>
    readHost({ ...input, name: id, configId: id, shownAs: `host ${id}` }),
  );
}

/** Stands for any host that a lone condition does not name. */
const otherHost = "other";

function hostName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.conf$/, "");
}

function expandFor(input: HostInput, name: string): { expansion: Expansion; configId: string | undefined } {
  const source = parseSource(input.path, input.text);
  const { configId, include } = input;
  const expansion = expand(source, { configId, include });
  if (configId !== undefined || !expansion.configIds.includes(name)) return { expansion, configId };
  return { expansion: expand(source, { configId: name, include }), configId: name };
}

interface Started {
  readonly draft: InstanceDraft;
  readonly trackers: readonly Tracker[];
  readonly uncertain: boolean;
}

/** The top level of a file, read in order: a tracker counts only below its definition. */
class Reading {
  readonly definitions = new Definitions();
  readonly staticAddresses: { readonly address: string; readonly at: Place }[] = [];
  readonly #started = new Map<string, Started>();
  readonly #groups = new Map<string, SyncGroup>();
  readonly #isUncertain: (block: Statement) => boolean;

  constructor(isUncertain: (block: Statement) => boolean) {
    this.#isUncertain = isUncertain;
  }

  read(statement: Statement): void {
    const definition = readDefinition(statement, this.definitions);
    if (definition) this.definitions.add(definition);
    switch (statement.words[0]?.text) {
      case "vrrp_instance":
        this.#readInstance(statement);
        break;
      case "vrrp_sync_group":
        this.#readGroup(statement);
        break;
      case "static_ipaddress":
        this.#readStatic(statement);
        break;
    }
  }

  #readInstance(block: Statement): void {
    const name = block.words[1]?.text;
    if (name === undefined || block.words.length > 2 || this.#started.has(name)) return;
    this.#started.set(name, {
      draft: readDraft(name, headerOf(block), block),
      trackers: readTrackers(block, this.definitions),
      uncertain: this.#isUncertain(block),
    });
  }

  #readGroup(block: Statement): void {
    const group = readGroup(block, this.definitions, this.#isUncertain(block));
    if (group && !this.#groups.has(group.name)) this.#groups.set(group.name, group);
  }

  #readStatic(block: Statement): void {
    for (const line of inside(block)) {
      const kept = readAddressLine(line)?.kept;
      if (kept) this.staticAddresses.push({ address: kept.address, at: kept.at });
    }
  }

  /** What can only be said when the whole file was read. */
  complete(host: string, globals: Globals): { instances: readonly Instance[]; groups: readonly SyncGroup[] } {
    const groups = [...this.#groups.values()];
    const groupOf = groupsByInstance(groups);
    const instances = [...this.#started].map(([name, started]) => {
      const group = groupOf.get(name);
      const { draft, ...found } = started;
      const around = { ...found, host, globals, group: group?.name };
      return withTrackersInForce(completeInstance(draft, around), group);
    });
    return { instances, groups: completeGroups(groups, instances) };
  }
}

function withTrackersInForce(instance: Instance, group: SyncGroup | undefined): Instance {
  const trackers = withoutOwnInterface(instance.trackers, instance.interface?.value);
  if (group && !group.trackingWeight)
    return { ...instance, trackers: withoutWeights(trackers, "sync-group") };
  if (instance.priority.value !== ownerPriority) return { ...instance, trackers };
  return { ...instance, trackers: withoutWeights(trackers, "owner") };
}

function sourcesOf(instances: readonly Instance[]): Host["ownAddresses"] {
  return instances.flatMap(({ source }) =>
    source && !source.unknown ? [{ address: source.value, at: source.at }] : [],
  );
}
