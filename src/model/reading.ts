/**
 * The top level of a file, block by block. What a block gives is remembered by the block and by what it depends on, so
 * a block that is taken over from an earlier text gives the very same objects again.
 */
import type { Place } from "../diagnostic.ts";
import { inside, type Statement } from "../schema/statement.ts";
import { readAddressLine } from "./addresses.ts";
import { Definitions, readDefinition } from "./definitions.ts";
import { completeGroups, groupsByInstance, readGroup } from "./groups.ts";
import type { Definition, Globals, Instance, SyncGroup, Tracker } from "./host.ts";
import { completeInstance, ownerPriority } from "./instance.ts";
import type { InstanceDraft } from "./instance-draft.ts";
import { readDraft } from "./instance-lines.ts";
import { headerOf } from "./spots.ts";
import { readTrackers, withoutOwnInterface, withoutWeights } from "./trackers.ts";

interface Started {
  readonly draft: InstanceDraft;
  readonly trackers: readonly Tracker[];
  readonly uncertain: boolean;
}

/** What a block gave below these definitions. */
interface Given<T> {
  readonly below: object;
  readonly uncertain: boolean;
  readonly value: T;
}

type Memory<T> = WeakMap<Statement, Given<T>>;

const definitionsRead: Memory<Definition | undefined> = new WeakMap();
const instancesRead: Memory<Started> = new WeakMap();
const groupsRead: Memory<SyncGroup | undefined> = new WeakMap();

interface Completed {
  readonly host: string;
  readonly globals: Globals;
  readonly group: SyncGroup | undefined;
  readonly instance: Instance;
}

const completed = new WeakMap<Started, Completed>();

/** The top level of a file, read in order: a tracker counts only below its definition. */
export class Reading {
  readonly definitions = new Definitions();
  readonly staticAddresses: { readonly address: string; readonly at: Place }[] = [];
  readonly #started = new Map<string, Started>();
  readonly #groups = new Map<string, SyncGroup>();
  readonly #isUncertain: (block: Statement) => boolean;

  constructor(isUncertain: (block: Statement) => boolean) {
    this.#isUncertain = isUncertain;
  }

  read(statement: Statement): void {
    const definition = this.#once(definitionsRead, statement, readDefinition);
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

  #once<T>(
    memory: Memory<T>,
    block: Statement,
    read: (block: Statement, definitions: Definitions, uncertain: boolean) => T,
  ): T {
    const uncertain = this.#isUncertain(block);
    const below = this.definitions.state;
    const known = memory.get(block);
    if (known?.below === below && known.uncertain === uncertain) return known.value;
    const value = read(block, this.definitions, uncertain);
    memory.set(block, { below, uncertain, value });
    return value;
  }

  #readInstance(block: Statement): void {
    const name = block.words[1]?.text;
    if (name === undefined || block.words.length > 2 || this.#started.has(name)) return;
    this.#started.set(name, this.#once(instancesRead, block, startInstance));
  }

  #readGroup(block: Statement): void {
    const group = this.#once(groupsRead, block, readGroup);
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
    const instances: Instance[] = [];
    this.#started.forEach((started, name) => {
      instances.push(instanceOf(started, host, globals, groupOf.get(name)));
    });
    return { instances, groups: completeGroups(groups, instances) };
  }
}

function startInstance(block: Statement, definitions: Definitions, uncertain: boolean): Started {
  const draft = readDraft(block.words[1]?.text ?? "", headerOf(block), block);
  return { draft, trackers: readTrackers(block, definitions), uncertain };
}

function instanceOf(
  started: Started,
  host: string,
  globals: Globals,
  group: SyncGroup | undefined,
): Instance {
  const known = completed.get(started);
  if (known && known.host === host && known.globals === globals && known.group === group)
    return known.instance;
  const { draft, ...found } = started;
  const around = { ...found, host, globals, group: group?.name };
  const instance = withTrackersInForce(completeInstance(draft, around), group);
  completed.set(started, { host, globals, group, instance });
  return instance;
}

function withTrackersInForce(instance: Instance, group: SyncGroup | undefined): Instance {
  const trackers = withoutOwnInterface(instance.trackers, instance.interface?.value);
  if (group && !group.trackingWeight)
    return { ...instance, trackers: withoutWeights(trackers, "sync-group") };
  if (instance.priority.value !== ownerPriority) return { ...instance, trackers };
  return { ...instance, trackers: withoutWeights(trackers, "owner") };
}
