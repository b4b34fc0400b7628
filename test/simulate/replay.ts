/**
 * Replays a trace on the state machine: each host's machines get what the real host got, at the same moments, and have
 * to do what it did. A machine's own deadlines may be met a little later, as a daemon meets them.
 */

import { type Machine, machinesOf } from "../../src/model/machine-config.ts";
import { fleetOf } from "../../src/rules/example-fleet.ts";
import { arrivalOf } from "../../src/vrrp/arrival.ts";
import {
  type GroupEvent,
  type GroupState,
  groupWakeAt,
  initialGroupState,
  stepGroup,
} from "../../src/vrrp/group.ts";
import type { Action } from "../../src/vrrp/machine-types.ts";
import { readMessage } from "../../src/vrrp/packet.ts";
import { readPacket } from "../../src/vrrp/packet-ip.ts";
import type { Trace, TraceEvent } from "./trace.ts";

/** Something a host did: an advert of a priority, or an address that came or went. */
export interface Deed {
  readonly ms: number;
  /** `51 send 150`, `add 10.0.0.100`. */
  readonly what: string;
}

export interface Comparison {
  readonly host: string;
  readonly real: readonly Deed[];
  readonly ours: readonly Deed[];
  /** The last moment of the trace, in ms. */
  readonly end: number;
}

/** What every host of a trace did, and what the machines do in its place. */
export function replay(trace: Trace): readonly Comparison[] {
  return Object.keys(trace.hosts).map((host) => ({ host, ...new Replay(trace, host).run() }));
}

/** A sync group, or a single instance as a group of its own. */
interface Part {
  readonly machines: readonly Machine[];
  state: GroupState;
}

class Replay {
  readonly #trace: Trace;
  readonly #host: string;
  readonly #ours: Deed[] = [];
  readonly #real: Deed[] = [];
  #parts: readonly Part[] = [];
  #away = new Set<string>();
  #down = new Set<string>();
  /** The addresses that go after a kill are taken away by the recorder, not by the daemon. */
  #killed = false;

  constructor(trace: Trace, host: string) {
    this.#trace = trace;
    this.#host = host;
  }

  run(): Omit<Comparison, "host"> {
    for (const event of this.#trace.events) this.#take(event);
    const end = this.#trace.events.at(-1)?.[0] ?? 0;
    this.#passTo(end + early + late, undefined);
    return { real: this.#real, ours: this.#ours, end };
  }

  #take(event: TraceEvent): void {
    const [ms, host, what] = event;
    const own = host === this.#host;
    if (what === "away") this.#away.add(host);
    if (what === "back") {
      if (host === "") this.#away.clear();
      else this.#away.delete(host);
    }
    if (own && what === "kill") this.#parts = [];
    if (own && (what === "kill" || what === "start")) this.#killed = what === "kill";
    this.#passTo(ms, own && what === "advert" ? this.#vridOf(event) : undefined);
    if (own) this.#takeOwn(event);
    else if (what === "advert" && !this.#away.has(host) && !this.#away.has(this.#host)) this.#hear(event);
  }

  #takeOwn(event: TraceEvent): void {
    const [ms] = event;
    switch (event[2]) {
      case "start":
        this.#parts = this.#partsOf();
        this.#each({ on: "start" }, ms);
        break;
      case "stop":
        this.#each({ on: "stop" }, ms);
        this.#parts = [];
        break;
      case "track":
        if (event[4]) this.#down.delete(event[3]);
        else this.#down.add(event[3]);
        this.#each({ on: "track", id: event[3], status: event[4] }, ms);
        break;
      case "advert":
        this.#real.push({ ms, what: this.#wordsOf(event[3]) });
        break;
      case "add":
      case "remove":
      case "announce":
        if (!this.#killed) this.#real.push({ ms, what: `${event[2]} ${event[3]}` });
        break;
    }
  }

  /**
   * Lets deadlines pass that are over. The moment before an own advert may be a little early: whoever was about to send
   * it does so now, with the daemon's time.
   */
  #passTo(ms: number, sending: number | undefined): void {
    for (const part of this.#parts) {
      this.#wake(part, ms - late, 0);
      const sends = part.machines.some(({ config }) => config.advert.vrid === sending);
      if (sends) this.#wake(part, ms + early, ms, `${sending} send`);
    }
  }

  /** Lets deadlines up to a moment pass, none before the time that it is, and none after what is waited for. */
  #wake(part: Part, until: number, now: number, awaited?: string): void {
    const before = this.#ours.length;
    for (;;) {
      const at = groupWakeAt(part.state);
      if (at === undefined || at > until * 1000) break;
      this.#step(part, { on: "time" }, Math.max(at, now * 1000));
      const done = this.#ours.slice(before);
      if (awaited !== undefined && done.some(({ what }) => what.startsWith(awaited))) break;
    }
  }

  #hear(event: TraceEvent): void {
    if (event[2] !== "advert") return;
    const packet = readPacket(bytesOf(this.#trace.packets[event[3]]));
    if (!packet) return;
    for (const part of this.#parts) {
      part.machines.forEach(({ config }, member) => {
        const { wire } = config.reception;
        if (packet.family !== config.advert.family || this.#down.has(ownInterface(part, member))) return;
        if (!isFor(packet.destination, config.source, wire.multicastGroup)) return;
        const arrival = arrivalOf(packet, wire);
        if (arrival?.vrid === config.advert.vrid) {
          this.#step(part, { on: "advert", member, arrival }, event[0] * 1000);
        }
      });
    }
  }

  #each(event: Exclude<GroupEvent, { readonly on: "advert" }>, ms: number): void {
    for (const part of this.#parts) this.#step(part, event, ms * 1000);
  }

  #step(part: Part, event: GroupEvent, now: number): void {
    const configs = part.machines.map(({ config }) => config);
    const { state, actions } = stepGroup(configs, part.state, event, now);
    part.state = state;
    for (const { member, action } of actions) this.#note(part, member, action, now / 1000);
  }

  #note(part: Part, member: number, action: Action, ms: number): void {
    const machine = part.machines[member];
    if (!machine) return;
    const { advert } = machine.config;
    if (action.do === "send") {
      if (this.#down.has(ownInterface(part, member))) return;
      const copies = machine.config.reception.wire.unicast ? machine.config.reception.peers.length : 1;
      for (let copy = 0; copy < copies; copy++)
        this.#ours.push({ ms, what: `${advert.vrid} send ${action.advert.priority}` });
    }
    const say = (what: string) => {
      for (const address of advert.addresses) this.#ours.push({ ms, what: `${what} ${address}` });
    };
    if (action.do === "add" || action.do === "remove") say(action.do);
    if (action.do === "announce" && !this.#down.has(ownInterface(part, member))) {
      for (let left = action.repeat; left > 0; left--) say("announce");
    }
  }

  #partsOf(): readonly Part[] {
    const { text, sources } = this.#trace.hosts[this.#host] as Trace["hosts"][string];
    const [host] = fleetOf({ [`${this.#host}.conf`]: text }).hosts;
    if (!host) return [];
    const sourceOf = (on: string, family: 4 | 6) => sources[on]?.[family] ?? "";
    const machines = machinesOf(host, {
      release: this.#trace.release,
      sourceOf: (instance) => sourceOf(instance.interface?.value ?? "", instance.family),
    });
    const groups = new Map<string, Machine[]>();
    for (const machine of machines) {
      const key = machine.instance.group ?? `alone ${machine.instance.name}`;
      groups.set(key, [...(groups.get(key) ?? []), machine]);
    }
    return [...groups.values()].map((members) => ({
      machines: members,
      state: initialGroupState(members.map(({ config }) => config)),
    }));
  }

  #vridOf(event: TraceEvent): number | undefined {
    return event[2] === "advert" ? Number(this.#wordsOf(event[3]).split(" ")[0]) : undefined;
  }

  #wordsOf(number: number): string {
    const packet = readPacket(bytesOf(this.#trace.packets[number]));
    const fields =
      packet && readMessage(packet.family, packet.payload.subarray(packet.protocol === 51 ? 24 : 0));
    return `${fields?.vrid} send ${fields?.priority}`;
  }
}

/** How much earlier than it is due a daemon's advert may be seen, in ms: clocks are read at different places. */
const early = 60;
/** How much later, in ms: a busy machine lets programs wait. */
const late = 150;

function ownInterface(part: Part, member: number): string {
  return `interface ${part.machines[member]?.instance.interface?.value}`;
}

function isFor(destination: string, source: string, group: string): boolean {
  return destination === group || destination === source;
}

function bytesOf(hex: string | undefined): Uint8Array {
  return Uint8Array.from(Buffer.from(hex ?? "", "hex"));
}
