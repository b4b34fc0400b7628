/** What changes of the machine's network, whoever made them, mean for the daemon while it runs. */
import { type Micros, second } from "../../vrrp/time.ts";
import type { InstancePlan } from "../plan/types.ts";
import type { GroundEvent } from "../ports.ts";
import type { Door, Doors } from "./doors.ts";
import type { Driver, Hands } from "./driver.ts";
import { groundId, lackOf } from "./part.ts";
import type { Terrain } from "./terrain.ts";
import type { Virtuals } from "./virtuals.ts";

/** The owner of what is there as long as the daemon runs. */
export const nobody = "";

export class Changes {
  readonly #hands: Hands;
  readonly #driver: Driver;
  readonly #doors: Doors;
  readonly #terrain: Terrain;
  readonly #virtuals: Virtuals;
  #silentUntil: Micros = 0;

  constructor(hands: Hands, driver: Driver, doors: Doors, terrain: Terrain, virtuals: Virtuals) {
    this.#hands = hands;
    this.#driver = driver;
    this.#doors = doors;
    this.#terrain = terrain;
    this.#virtuals = virtuals;
  }

  /** True when the file may mean something else on the machine as it is now. */
  notice(event: GroundEvent): boolean {
    if (event.what === "missed") {
      this.#tellMissed(event.why);
      void this.#lookAgain();
      return false;
    }
    const own = event.what === "address" && this.#hands.holdings.has(event);
    const wasUp = event.what === "interface" && this.#terrain.ground.get(event.interface.name)?.up;
    const moved = this.#terrain.notice(event);
    if (event.what === "interface-gone") this.#virtualIs(event.name, false, true);
    for (const { owner, resource } of this.#hands.holdings.lost(event)) this.#lose(owner, resource.add);
    if (event.what === "interface-gone")
      for (const door of this.#doors.on(event.name)) this.#doors.shut(door);
    if (event.what === "interface" && event.interface.up && (moved || !wasUp))
      this.#cameUp(event.interface.name);
    if (event.what === "interface") this.#virtualIs(event.interface.name, event.interface.up, wasUp);
    this.#driver.arm();
    return moved || (event.what === "address" && !own);
  }

  /** Instances on a virtual interface that is gone or down are in FAULT, as if they lacked the one below it. */
  #virtualIs(name: string, up: boolean, wasUp: boolean | undefined): void {
    if (!this.#virtuals.has(name) || (!up && !wasUp)) return;
    for (const { plan } of this.#driver.parts.flatMap(({ members }) => members)) {
      if (plan.lacks === undefined && tracksVirtual(plan, name)) this.#driver.tell(groundId(plan), up);
    }
  }

  #cameUp(name: string): void {
    for (const door of this.#doors.on(name)) {
      if (door.socket) door.socket.rejoin();
      else this.#reopen(door);
    }
    void this.#hands.holdings.restore(nobody, ({ kind, device }) => {
      return device === name || (device === undefined && kind !== "firewall");
    });
  }

  #reopen(door: Door): void {
    const before = door.refused;
    this.#doors.open(door);
    if (door.refused === before) return;
    for (const member of this.#driver.parts.flatMap(({ members }) => members)) {
      if (member.door === door) this.#driver.tell(groundId(member.plan), lackOf(member) === undefined);
    }
  }

  /** Once a minute at most: where events are lost they are lost by the thousand. */
  #tellMissed(why: string | undefined): void {
    const { clock, log } = this.#hands.tools;
    if (why === undefined || clock.now() < this.#silentUntil) return;
    this.#silentUntil = clock.now() + 60 * second;
    log.write("warning", `changes of the network may have been missed, so it was read anew: ${why}`);
  }

  /** Looks for what somebody took away while nobody was told. */
  async #lookAgain(): Promise<void> {
    const lost = await this.#hands.holdings.lostUnseen().catch(() => []);
    for (const { owner, resource } of lost) this.#lose(owner, resource.add);
  }

  /** Somebody has taken something away that an owner holds. */
  #lose(owner: string, line: string): void {
    this.#hands.tools.log.write(
      "warning",
      `somebody undid: ip ${line}`,
      owner === nobody ? undefined : owner,
    );
    if (owner === nobody) {
      void this.#hands.holdings.restore(nobody, ({ add }) => add === line);
      return;
    }
    for (const part of this.#driver.parts) {
      const member = part.members.findIndex(({ plan }) => plan.name === owner);
      if (member !== -1) this.#driver.step(part, { on: "lost", member });
    }
    this.#driver.arm();
  }
}

/** With dont_track_primary neither the virtual interface nor the one below it counts. */
function tracksVirtual({ virtuals, config }: InstancePlan, name: string): boolean {
  const base = virtuals.find((virtual) => virtual.name === name)?.base;
  return config.trackers.some(({ id }) => id === `interface ${base}`);
}
