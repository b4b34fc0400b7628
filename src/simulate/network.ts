/** The network between the hosts: what is cut, what is lost, and how long an advert travels. */
import type { Micros } from "../vrrp/time.ts";

/** How long every advert travels at first. One length for all keeps a cluster in which nothing happens periodic. */
export const travelTime: Micros = 100;

/** Numbers from 0 to 1 that only depend on the seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Hosts and interfaces by name. */
export class Network {
  readonly #chance: () => number;
  readonly #cuts = new Set<string>();
  readonly #isolated = new Set<string>();
  readonly #down = new Set<string>();
  #loss = 0;
  #delay = travelTime;

  constructor(seed: number) {
    this.#chance = chanceOf(seed);
  }

  /** Whether an advert that is sent now arrives. Draws a number only where something may be lost. */
  carries(from: string, to: string): boolean {
    if (this.#isolated.has(from) || this.#isolated.has(to) || this.#cuts.has(`${from} ${to}`)) return false;
    return this.#loss === 0 || this.#chance() >= this.#loss;
  }

  isUp(host: string, name: string): boolean {
    return !this.#down.has(`${host} ${name}`);
  }

  /** Whether chance plays a part. */
  get isRandom(): boolean {
    return this.#loss > 0;
  }

  /** How long an advert that is sent now travels. */
  get delay(): Micros {
    return this.#delay;
  }

  setLink(host: string, name: string, up: boolean): void {
    if (up) this.#down.delete(`${host} ${name}`);
    else this.#down.add(`${host} ${name}`);
  }

  /** Nothing gets from one to the other any more; the way back is another one. */
  cut(from: string, to: string): void {
    this.#cuts.add(`${from} ${to}`);
  }

  isolate(host: string): void {
    this.#isolated.add(host);
  }

  lose(share: number): void {
    this.#loss = share;
  }

  slowDown(delay: Micros): void {
    this.#delay = delay;
  }

  /** Cuts, isolation, loss and delay end; links stay as they are. */
  heal(): void {
    this.#cuts.clear();
    this.#isolated.clear();
    this.#loss = 0;
    this.#delay = travelTime;
  }
}
