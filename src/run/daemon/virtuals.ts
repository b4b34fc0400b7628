/** Interfaces with virtual MAC addresses (use_vmac), which the daemon makes and takes away. */
import type { InstancePlan, VirtualInterface } from "../plan/types.ts";
import { commandText, essence, type Tools } from "./tools.ts";

export class Virtuals {
  readonly #tools: Pick<Tools, "network" | "guard" | "log">;
  readonly #made = new Map<string, VirtualInterface>();

  constructor(tools: Pick<Tools, "network" | "guard" | "log">) {
    this.#tools = tools;
  }

  /** Makes those that are missing and takes away those that nobody has any more, or has otherwise. */
  async use(instances: readonly InstancePlan[]): Promise<void> {
    const wanted = new Map(
      instances.flatMap(({ virtuals }) => virtuals.map((virtual) => [virtual.name, virtual] as const)),
    );
    for (const [name, virtual] of this.#made) {
      const next = wanted.get(name);
      if (!next || essence(next) !== essence(virtual)) await this.#remove(virtual);
    }
    for (const [name, virtual] of wanted) if (!this.#made.has(name)) await this.#make(virtual);
  }

  /** Makes one again that is gone: somebody deleted it, or the interface that it stands on. */
  async remake(has: (name: string) => boolean): Promise<void> {
    for (const virtual of this.#made.values()) {
      if (!has(virtual.name) && has(virtual.base)) await this.#make(virtual);
    }
  }

  /** Whether an interface is one of them. */
  has(name: string): boolean {
    return this.#made.has(name);
  }

  async #make(virtual: VirtualInterface): Promise<void> {
    const { name, add, remove, settings } = virtual;
    this.#made.set(name, virtual);
    this.#tools.guard.hold(`link ${name}`, remove);
    const failures = await this.#tools.network.apply(add);
    for (const { line, message } of failures)
      this.#tools.log.write(lacksSix(message) ? "debug" : "error", `${commandText(line)}: ${message}`);
    for (const [path, value] of settings) {
      const fault = await this.#tools.network.setting(path, value);
      if (fault !== undefined)
        this.#tools.log.write(lacksSix(fault) ? "debug" : "warning", `${path}: ${fault}`);
    }
  }

  async #remove({ name, remove }: VirtualInterface): Promise<void> {
    this.#made.delete(name);
    const failures = await this.#tools.network.apply([remove]);
    for (const { line, message } of failures) this.#tools.log.write("debug", `ip ${line}: ${message}`);
    this.#tools.guard.release(`link ${name}`);
  }
}

/** A kernel without IPv6 need not be told to keep it off the interface; what cannot go without it has no socket. */
function lacksSix(complaint: string): boolean {
  return /address family not supported|net\/ipv6\/.*ENOENT/i.test(complaint);
}
