/** Plays the machines of a cast against each other in virtual time. */
import { type GroupEvent, groupWakeAt, initialGroupState, stepGroup } from "../vrrp/group.ts";
import type { Action, State } from "../vrrp/machine-types.ts";
import { reasons } from "../vrrp/reasons.ts";
import type { Micros } from "../vrrp/time.ts";
import { Agenda } from "./agenda.ts";
import type { Cast, Seat } from "./cast.ts";
import type { Finding } from "./checks.ts";
import {
  type Computer,
  computerFor,
  firstToWake,
  never,
  type Part,
  startsLater,
  switchOff,
  type Waiting,
} from "./computer.ts";
import type { Fault } from "./faults.ts";
import { Network } from "./network.ts";
import { arrivalFor, type Delivery, Post } from "./post.ts";
import { keyOf, Repetition } from "./steady.ts";
import { type Condition, type Story, Teller } from "./story.ts";
import { reasonFor } from "./words.ts";

export interface Options {
  readonly duration: Micros;
  readonly seed: number;
  readonly faults: readonly Fault[];
}

/** Plays a cast. The same cast and options give the same story. */
export function simulate(cast: Cast, options: Options): Story {
  return new Simulation(cast, options).run();
}

/**
 * Machines count on a clock of their own that stands still while time in which nothing happens is leapt over: their
 * deadlines stay as they are.
 */
class Simulation {
  readonly #cast: Cast;
  readonly #options: Options;
  readonly #teller: Teller;
  readonly #network: Network;
  readonly #agenda = new Agenda();
  readonly #repetition = new Repetition();
  readonly #computers: readonly Computer[];
  readonly #hostBySource: ReadonlyMap<string, string>;
  readonly #post: Post;
  /** The machines' clock, and what virtual time is ahead of it. */
  #now: Micros = 0;
  #leapt: Micros = 0;
  /** Whose adverts are looked at for repetition. */
  #anchor: Part | undefined;

  constructor(cast: Cast, options: Options) {
    this.#cast = cast;
    this.#options = options;
    this.#teller = new Teller(cast.addresses);
    this.#network = new Network(options.seed);
    this.#post = new Post(cast, this.#network);
    this.#computers = cast.players.map(computerFor);
    const names = cast.seats.map((seat) => [seat.machine.config.source, this.#nameOf(seat)] as const);
    this.#hostBySource = new Map(names);
  }

  run(): Story {
    const { faults, duration, seed } = this.#options;
    for (const computer of this.#computers) {
      if (!startsLater(computer.name, faults)) this.#agenda.add(0, () => this.#boot(computer));
    }
    for (const fault of faults) {
      this.#agenda.add(fault.at, () => {
        this.#teller.fault(fault.at, fault.text);
        this.#perform(fault);
      });
    }
    while (this.#advance(duration));
    const hosts = this.#computers.map(({ name }) => name);
    return this.#teller.end(duration, seed, hosts);
  }

  /** The next thing that happens; false at the end. */
  #advance(duration: Micros): boolean {
    const part = firstToWake(this.#computers);
    const delivery = this.#post.next;
    const planned = this.#agenda.next - this.#leapt;
    const at = Math.min(planned, delivery?.at ?? never, part?.wake ?? never);
    if (at > duration - this.#leapt) return false;
    this.#now = Math.max(at, this.#now);
    if (planned === at) {
      this.#lookAnew();
      this.#agenda.take();
    } else if (delivery?.at === at) {
      this.#post.take();
      this.#deliver(delivery);
    } else if (part) {
      this.#step(part, { on: "time" });
      // Whatever a machine says, time goes on.
      part.wake = Math.max(part.wake, this.#now + 1);
      if (part === this.#anchor) this.#leap(duration);
    }
    return true;
  }

  /** Virtual time. */
  get #time(): Micros {
    return this.#now + this.#leapt;
  }

  #lookAnew(): void {
    this.#anchor = undefined;
    this.#repetition.forget();
  }

  /** When all is as it was some time ago, it will be so again and again until the next thing that is planned. */
  #leap(duration: Micros): void {
    const stalls = this.#computers.some(({ inbox }) => inbox);
    if (this.#network.isRandom || stalls || !this.#repetition.isHopeful) return;
    const parts = this.#computers.flatMap((computer) => computer.parts);
    const keys = parts.map(({ state }) => (state ? keyOf(state, this.#now) : ""));
    const period = this.#repetition.look([this.#post.keyAt(this.#now), ...keys].join("\n"), this.#now);
    if (period === undefined) return;
    const left = Math.min(this.#agenda.next, duration) - this.#time;
    // The last repetition is played, so that nothing planned is passed.
    const times = Math.floor(left / period) - 1;
    if (times > 0) this.#leapt += times * period;
  }

  #deliver(delivery: Delivery): void {
    const { to } = delivery;
    const computer = this.#computers[to.host];
    const part = computer?.parts[to.part];
    if (!computer || !part?.state || !this.#post.isUp(to)) return;
    this.#tell(computer, part, {
      on: "advert",
      member: to.member,
      arrival: arrivalFor(delivery, this.#time),
    });
  }

  /** An event for a part, at once or when its daemon goes on. */
  #tell(computer: Computer, part: Part, event: GroupEvent): void {
    if (computer.inbox) computer.inbox.push({ at: this.#now, part, event });
    else this.#step(part, event);
  }

  #step(part: Part, event: GroupEvent): void {
    const before = part.state;
    if (!before) return;
    const { state, actions } = stepGroup(part.configs, before, event, this.#now);
    part.state = state;
    part.wake = groupWakeAt(state) ?? never;
    for (const { member, action } of actions) {
      const seat = part.seats[member];
      const old = before.members[member];
      if (seat && old) this.#act(part, seat, action, old);
    }
    if (event.on !== "advert") return;
    const refused = actions.some(({ member, action }) => member === event.member && action.do === "refuse");
    const host = this.#hostBySource.get(event.arrival.source);
    if (!refused && host)
      part.heard[event.member] = { host, priority: event.arrival.priority, at: this.#now };
  }

  #act(part: Part, seat: Seat, action: Action, before: State): void {
    const [at, host, instance] = [this.#time, this.#nameOf(seat), seat.machine.instance.name];
    switch (action.do) {
      case "send":
        this.#anchor ??= part;
        this.#post.send(seat, action.advert, action.sequence, this.#now);
        return;
      case "add":
      case "remove":
        this.#teller.hold(at, host, instance, seat.addresses, action.do === "add");
        return;
      case "change": {
        const hostOf = (source: string) => this.#hostBySource.get(source) ?? source;
        const why = reasonFor(action.why, before, part.heard[seat.member], this.#now, hostOf);
        this.#teller.change({ at, host, instance, from: named(action.from), to: named(action.to), why });
        this.#lookAnew();
        return;
      }
      case "refuse": {
        const from = this.#hostBySource.get(action.source) ?? action.source;
        this.#teller.refuse({ at, host, instance, from, why: reasons[action.reason] });
      }
    }
  }

  #nameOf({ host }: Seat): string {
    return this.#cast.players[host]?.name ?? "";
  }

  #perform({ verb, hosts, name, amount }: Fault): void {
    const [first, other] = hosts.map((host) => this.#computers.find((each) => each.name === host));
    if (verb === "heal") this.#network.heal();
    if (verb === "loss") this.#network.lose(amount);
    if (verb === "delay") this.#network.slowDown(amount);
    if (!first) return;
    if (verb === "isolate") this.#network.isolate(first.name);
    if (other) this.#network.cut(first.name, other.name);
    if (other && verb === "cut") this.#network.cut(other.name, first.name);
    if (verb === "kill" || verb === "kill-daemon") this.#kill(first, verb === "kill");
    if (verb === "stop") this.#stop(first);
    if (verb === "start" && !first.runs) this.#boot(first);
    if (verb === "stall") this.#stall(first, amount);
    if (verb === "link-down" || verb === "link-up") this.#link(first, name, verb === "link-up");
    if (verb === "fail" || verb === "pass") {
      this.#believe(first, first.checks.change(name, verb === "pass", this.#time));
    }
  }

  #boot(computer: Computer): void {
    computer.runs = true;
    const { known, later } = computer.checks.boot(this.#time);
    const links = computer.interfaces.map((name) => {
      return [`interface ${name}`, this.#network.isUp(computer.name, name)] as const;
    });
    const statuses = { ...known, ...Object.fromEntries(links) };
    for (const part of computer.parts) {
      // What a killed daemon has left, the next one takes away first.
      for (const { machine, addresses } of part.seats) {
        this.#teller.hold(this.#time, computer.name, machine.instance.name, addresses, false);
      }
      part.state = initialGroupState(part.configs);
      part.heard.length = 0;
      this.#step(part, { on: "start", statuses });
    }
    this.#believe(computer, later);
  }

  /** A daemon that stands still stops when it goes on. */
  #stop(computer: Computer): void {
    if (!computer.runs) return;
    for (const part of computer.parts) this.#tell(computer, part, { on: "stop" });
    if (!computer.inbox) switchOff(computer);
  }

  /** Nothing is said. A host without power answers for no address; one that only has lost its daemon goes on. */
  #kill(computer: Computer, hasNoPower: boolean): void {
    const why = hasNoPower ? "killed" : "its keepalived was killed";
    for (const part of computer.parts) {
      part.seats.forEach((seat, member) => {
        const [at, host, instance] = [this.#time, computer.name, seat.machine.instance.name];
        if (hasNoPower) this.#teller.hold(at, host, instance, seat.addresses, false);
        const is = part.state?.members[member]?.is;
        if (is === undefined || is === "init") return;
        this.#teller.change({ at, host, instance, from: named(is), to: "INIT", why });
      });
    }
    switchOff(computer);
  }

  #stall(computer: Computer, length: Micros): void {
    if (!computer.runs || computer.inbox) return;
    const inbox: Waiting[] = [];
    computer.inbox = inbox;
    this.#agenda.add(this.#time + length, () => {
      if (computer.inbox === inbox) this.#goOn(computer, inbox);
    });
  }

  /** Of an advert and a deadline that both wait, the one that came first is taken first. */
  #goOn(computer: Computer, inbox: readonly Waiting[]): void {
    computer.inbox = undefined;
    for (const { at, part, event } of inbox) {
      if (part.wake < at) this.#step(part, { on: "time" });
      this.#step(part, event);
    }
    if (inbox.some(({ event }) => event.on === "stop")) switchOff(computer);
  }

  #link(computer: Computer, name: string, up: boolean): void {
    this.#network.setLink(computer.name, name, up);
    this.#track(computer, { id: `interface ${name}`, status: up });
  }

  #track(computer: Computer, { id, status }: Omit<Finding, "at">): void {
    for (const part of computer.parts) {
      if (part.state) this.#tell(computer, part, { on: "track", id, status });
    }
  }

  /** Tells findings when they are believed, unless a newer one comes before. */
  #believe(computer: Computer, findings: readonly Finding[]): void {
    for (const finding of findings) {
      this.#agenda.replace(`${computer.name} ${finding.id}`, finding.at, () =>
        this.#track(computer, finding),
      );
    }
  }
}

const named = (condition: State["is"]) => condition.toUpperCase() as Condition;
