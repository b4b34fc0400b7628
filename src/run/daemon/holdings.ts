/**
 * What the daemon has put on the machine. Before anything is added the guard holds it, and it is released only when it
 * has been removed and nobody wants it any more.
 */
import { type Micros, second } from "../../vrrp/time.ts";
import type { Resource } from "../plan/types.ts";
import type { GroundEvent } from "../ports.ts";
import { isAbout } from "./matches.ts";
import { commandText, type Tools } from "./tools.ts";

interface Holding {
  readonly resource: Resource;
  /** Names of the instances that want it; static ones have none but the empty name. */
  readonly owners: Set<string>;
  /** It has been added and is not being removed. */
  isThere: boolean;
}

/** Something that somebody has taken away from an owner. */
export interface Lost {
  readonly owner: string;
  readonly resource: Resource;
}

interface Leaving {
  readonly resource: Resource;
  readonly times: number;
  /** From then on the machine has told of it, or never will. */
  readonly until: Micros;
}

const longest = 5 * second;

/** Complaints about removals: it was not there, its interface is gone, or the kernel has no IPv6. */
const gone =
  /cannot assign requested address|no such process|cannot find device|does not exist|not found|no such file|not supported/i;
const there = /file exists/i;

export class Holdings {
  readonly #tools: Pick<Tools, "network" | "guard" | "log" | "clock">;
  readonly #held = new Map<string, Holding>();
  /** What we removed and the machine has still to tell of, by key. */
  readonly #leaving = new Map<string, Leaving>();

  constructor(tools: Pick<Tools, "network" | "guard" | "log" | "clock">) {
    this.#tools = tools;
  }

  /** Puts things on the machine for an owner, in their order; what others have put there stays as it is. */
  async add(owner: string, resources: readonly Resource[]): Promise<void> {
    const added: Resource[] = [];
    for (const resource of resources) {
      const holding = this.#held.get(resource.key);
      if (holding) {
        const isWanted = holding.owners.size > 0;
        holding.owners.add(owner);
        if (isWanted) continue;
      } else {
        this.#held.set(resource.key, { resource, owners: new Set([owner]), isThere: false });
      }
      this.#tools.guard.hold(resource.key, resource.remove);
      added.push(resource);
    }
    await this.#apply(added, "add", there);
    for (const { key } of added) {
      const holding = this.#held.get(key);
      if (holding) holding.isThere = holding.owners.size > 0;
    }
  }

  /** Takes an owner's things away in the opposite order, but not what others want too. */
  async remove(owner: string, resources: readonly Resource[]): Promise<void> {
    const removed: Holding[] = [];
    for (const resource of [...resources].reverse()) {
      const holding = this.#held.get(resource.key);
      if (!holding?.owners.delete(owner) || holding.owners.size > 0) continue;
      this.#leaves(resource, 1);
      holding.isThere = false;
      removed.push(holding);
    }
    const going = removed.map(({ resource }) => resource);
    const failed = await this.#apply(going, "remove", gone);
    for (const resource of failed) this.#leaves(resource, -1);
    for (const holding of removed) this.#release(holding);
  }

  /** Puts back what an owner has and the machine may have lost. */
  async restore(owner: string, wanted: (resource: Resource) => boolean): Promise<void> {
    const mine = [...this.#held.values()].filter(({ owners }) => owners.has(owner));
    const missing = mine.map(({ resource }) => resource).filter(wanted);
    await this.#apply(missing, "add", there);
  }

  /** Who wants what an event says is gone, unless it went because we removed it. */
  lost(event: GroundEvent): readonly Lost[] {
    if (event.what === "interface" || event.what === "missed") return [];
    if (event.what === "interface-gone") return this.#lostWith(event.name);
    const now = this.#tools.clock.now();
    const leaving = [...this.#leaving.values()].find(
      (each) => isAbout(event, each.resource) && now < each.until,
    );
    if (leaving) {
      if (event.gone) this.#leaves(leaving.resource, -1);
      return [];
    }
    const holding = [...this.#held.values()].find(({ resource }) => isAbout(event, resource));
    if (!holding?.resource.tracked || !event.gone) return [];
    return lostOf(holding);
  }

  /** The same of routes and rules that are not there any more though nobody was told. */
  async lostUnseen(): Promise<readonly Lost[]> {
    const all = [...this.#held.values()].filter(({ isThere, resource }) => {
      return isThere && resource.tracked && (resource.kind === "route" || resource.kind === "rule");
    });
    if (all.length === 0) return [];
    const shown = await this.#tools.network.routesAndRules();
    return all
      .filter((holding) => holding.isThere && this.#held.get(holding.resource.key) === holding)
      .filter(({ resource }) => !shown.some((each) => isAbout(each, resource)))
      .flatMap(lostOf);
  }

  /** The kernel does not always tell of each address that went with its interface. */
  #lostWith(device: string): readonly Lost[] {
    return [...this.#held.values()]
      .filter(({ resource }) => resource.tracked && resource.device === device)
      .flatMap(lostOf);
  }

  #leaves(resource: Resource, more: number): void {
    const times = (this.#leaving.get(resource.key)?.times ?? 0) + more;
    const until = this.#tools.clock.now() + longest;
    if (times > 0) this.#leaving.set(resource.key, { resource, times, until });
    else this.#leaving.delete(resource.key);
  }

  /** Whether an address is one that the daemon has put there, or has just taken away. */
  has(event: Extract<GroundEvent, { readonly what: "address" }>): boolean {
    const all = [...this.#held.values(), ...this.#leaving.values()];
    return all.some(({ resource }) => isAbout(event, resource));
  }

  get size(): number {
    return this.#held.size;
  }

  #release(holding: Holding): void {
    const { key } = holding.resource;
    if (holding.owners.size > 0 || this.#held.get(key) !== holding) return;
    this.#held.delete(key);
    this.#tools.guard.release(key);
  }

  /** Resolves with those that could not be added or removed. */
  async #apply(
    resources: readonly Resource[],
    what: "add" | "remove",
    expected: RegExp,
  ): Promise<readonly Resource[]> {
    if (resources.length === 0) return [];
    const failures = await this.#tools.network.apply(resources.map((resource) => resource[what]));
    for (const { line, message } of failures) {
      const level = expected.test(message) ? "debug" : "warning";
      this.#tools.log.write(level, `${commandText(line)}: ${message}`);
    }
    return resources.filter((resource) => failures.some(({ line }) => line === resource[what]));
  }
}

function lostOf({ resource, owners }: Holding): readonly Lost[] {
  return [...owners].map((owner) => ({ owner, resource }));
}
