/** The machine's network as the daemon knows it, and what becomes of statuses that hang on it. */
import type { Status } from "../../vrrp/machine-types.ts";
import type { CheckPlan, RunPlan } from "../plan/types.ts";
import type { Ground, GroundEvent, Interface } from "../ports.ts";
import type { Agenda } from "./agenda.ts";
import type { Tools } from "./tools.ts";

type AddressCheck = Extract<CheckPlan, { readonly kind: "address" }>;
type AddressEvent = Extract<GroundEvent, { readonly what: "address" }>;

const interfaceId = (name: string) => `interface ${name}`;

export class Terrain {
  readonly #tools: Pick<Tools, "clock" | "log">;
  readonly #agenda: Agenda;
  readonly #tell: (id: string, status: Status) => void;
  #interfaces = new Map<string, Interface>();
  #delays: RunPlan["interfaceDelays"] = {};
  #addresses: readonly AddressCheck[] = [];
  /** What instances believe of interfaces, which may lag behind. */
  readonly #believed = new Map<string, boolean>();
  readonly #pending = new Map<string, () => void>();

  /** `tell` gets statuses of `interface NAME` and of tracked source addresses when they change. */
  constructor(
    tools: Pick<Tools, "clock" | "log">,
    agenda: Agenda,
    tell: (id: string, status: Status) => void,
  ) {
    this.#tools = tools;
    this.#agenda = agenda;
    this.#tell = tell;
  }

  /** What is known now, as a plan is made for it. */
  get ground(): Ground {
    return this.#interfaces;
  }

  learn(ground: Ground): void {
    this.#interfaces = new Map(ground);
  }

  use({ interfaceDelays, checks }: Pick<RunPlan, "interfaceDelays" | "checks">): void {
    this.#delays = interfaceDelays;
    this.#addresses = checks.flatMap((check) => (check.kind === "address" ? check : []));
  }

  /** The statuses of these trackers, as far as they hang on the network. */
  statuses(ids: Iterable<string>): Readonly<Record<string, Status>> {
    const known: Record<string, Status> = {};
    for (const id of ids) {
      const name = id.startsWith("interface ") ? id.slice("interface ".length) : undefined;
      if (name !== undefined) known[id] = this.#isUp(name);
    }
    for (const check of this.#addresses) known[check.id] = this.#hasAddress(check);
    return known;
  }

  /** Takes an event in. True when interfaces have come or gone, or stand on another ground than before. */
  notice(event: GroundEvent): boolean {
    if (event.what === "interface") return this.#seen(event.interface);
    if (event.what === "interface-gone") return this.#gone(event.name);
    if (event.what === "address") this.#address(event);
    return false;
  }

  #isUp(name: string): boolean {
    const believed = this.#believed.get(name);
    const up = believed ?? this.#interfaces.get(name)?.up ?? false;
    this.#believed.set(name, up);
    return up;
  }

  #seen(found: Interface): boolean {
    const { name } = found;
    const before = this.#interfaces.get(name);
    const same = before?.index === found.index;
    // Addresses are told one by one.
    this.#interfaces.set(name, same ? { ...found, addresses: before.addresses } : found);
    if (before?.up !== found.up || !same) {
      this.#tools.log.write("info", `interface ${name} is ${found.up ? "up" : "down"}`);
      this.#believe(name, found.up, this.#delays[name]?.[found.up ? "up" : "down"] ?? 0);
    }
    return !same || before.mac !== found.mac;
  }

  #gone(name: string): boolean {
    if (!this.#interfaces.delete(name)) return false;
    this.#tools.log.write("warning", `interface ${name} is gone`);
    this.#believe(name, false, 0);
    for (const check of this.#addresses) if (check.interface === name) this.#tell(check.id, false);
    return true;
  }

  #believe(name: string, up: boolean, delay: number): void {
    this.#pending.get(name)?.();
    this.#pending.delete(name);
    const change = () => {
      if (this.#believed.get(name) === up) return;
      this.#believed.set(name, up);
      this.#tell(interfaceId(name), up);
    };
    if (delay === 0) change();
    else this.#pending.set(name, this.#agenda.add(this.#tools.clock.now() + delay, change));
  }

  #address({ interface: name, family, address, prefix, gone }: AddressEvent): void {
    const known = this.#interfaces.get(name);
    if (!known) return;
    const others = known.addresses.filter((each) => each.address !== address || each.family !== family);
    const scope = known.addresses.find((each) => each.address === address)?.scope ?? scopeOf(address);
    const addresses = gone ? others : [...others, { family, address, prefix, scope }];
    this.#interfaces.set(name, { ...known, addresses });
    for (const check of this.#addresses) {
      if (check.family === family && check.address === address) this.#tell(check.id, this.#hasAddress(check));
    }
  }

  #hasAddress({ interface: name, family, address }: AddressCheck): boolean {
    const where = [...this.#interfaces.values()].filter((each) => name === undefined || each.name === name);
    return where.some(({ addresses }) =>
      addresses.some((each) => each.family === family && each.address === address),
    );
  }
}

function scopeOf(address: string): string {
  return /^fe[89ab]/.test(address) ? "link" : "global";
}
