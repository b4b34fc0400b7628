/** Adverts on their way. */
import { type Arrival, soundArrival } from "../vrrp/arrival.ts";
import type { Advert } from "../vrrp/packet.ts";
import { type Micros, second } from "../vrrp/time.ts";
import type { Cast, Seat } from "./cast.ts";
import type { Network } from "./network.ts";

/** One advert on its way to one instance. */
export interface Delivery {
  /** By the machines' clock. */
  readonly at: Micros;
  readonly from: Seat;
  readonly to: Seat;
  readonly advert: Advert;
  readonly sequence: number;
}

/** Carries adverts. None overtakes another one, so the first that was sent arrives first. */
export class Post {
  readonly #cast: Cast;
  readonly #network: Network;
  #deliveries: Delivery[] = [];
  #taken = 0;

  constructor(cast: Cast, network: Network) {
    this.#cast = cast;
    this.#network = network;
  }

  get next(): Delivery | undefined {
    return this.#deliveries[this.#taken];
  }

  /** Takes the next delivery away. */
  take(): void {
    this.#taken++;
    if (this.#taken < 1024) return;
    this.#deliveries = this.#deliveries.slice(this.#taken);
    this.#taken = 0;
  }

  send(from: Seat, advert: Advert, sequence: number, now: Micros): void {
    if (!this.isUp(from)) return;
    const at = Math.max(now + this.#network.delay, this.#deliveries.at(-1)?.at ?? 0);
    for (const to of this.#cast.listeners.get(from) ?? []) {
      if (!this.#network.carries(this.#nameOf(from), this.#nameOf(to))) continue;
      this.#deliveries.push({ at, from, to, advert, sequence });
    }
  }

  /** Whether the interface of an instance has its link. */
  isUp(seat: Seat): boolean {
    const name = seat.machine.instance.interface?.value;
    return name === undefined || this.#network.isUp(this.#nameOf(seat), name);
  }

  /** What is on its way, as text; equal texts mean equal arrivals. */
  keyAt(now: Micros): string {
    return this.#deliveries
      .slice(this.#taken)
      .map(({ at, from, to, advert }) => {
        const ends = [from, to].map(({ host, part, member }) => `${host}.${part}.${member}`);
        return `${at - now} ${ends.join(" ")} ${advert.priority}`;
      })
      .join("\n");
  }

  #nameOf({ host }: Seat): string {
    return this.#cast.players[host]?.name ?? "";
  }
}

/** How an advert arrives; `time` is what the sender's clock says. */
export function arrivalFor({ from, to, advert, sequence }: Delivery, time: Micros): Arrival {
  const { source, hopLimit, reception } = from.machine.config;
  const stamp = { seconds: Math.floor(time / second), fraction: time % second };
  const sender = { source, hopLimit, wire: reception.wire };
  return soundArrival(advert, sender, { sequence, stamp }, to.machine.config.reception.wire);
}
