/** Machines in virtual time: the daemon's ports without a machine behind them, on one network. */
import { readHost } from "../../../src/model/read.ts";
import { Daemon } from "../../../src/run/daemon/daemon.ts";
import type { Tools } from "../../../src/run/daemon/tools.ts";
import { planOf } from "../../../src/run/plan/plan.ts";
import type { CheckPlan } from "../../../src/run/plan/types.ts";
import type {
  Announcement,
  Ground,
  GroundEvent,
  Interface,
  Notice,
  Removal,
  RouteOrRule,
  SocketPlan,
} from "../../../src/run/ports.ts";
import { travelTime } from "../../../src/simulate/network.ts";
import type { Status } from "../../../src/vrrp/machine-types.ts";
import { multicastGroups } from "../../../src/vrrp/packet-ip.ts";
import { type Micros, second } from "../../../src/vrrp/time.ts";
import { groundOf, held, interfaceOf, usualSurroundings } from "../support.ts";

interface OpenSocket {
  readonly plan: SocketPlan;
  readonly packet: (bytes: Uint8Array) => void;
}

interface Event {
  readonly at: Micros;
  readonly run: () => void;
}

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise<void>((done) => setImmediate(done));

/** The time and the network that machines share. */
export class World {
  now: Micros = 0;
  readonly machines: FakeMachine[] = [];
  #events: Event[] = [];

  machine(name: string, ground: Ground): FakeMachine {
    const machine = new FakeMachine(this, name, ground);
    this.machines.push(machine);
    return machine;
  }

  /** Something happens at that moment, in seconds. */
  at(moment: number, run: () => void): void {
    this.later(Math.round(moment * second), run);
  }

  later(at: Micros, run: () => void): void {
    const event = { at, run };
    const place = this.#events.findIndex((each) => each.at > at);
    this.#events.splice(place === -1 ? this.#events.length : place, 0, event);
  }

  /** Lets time pass until a moment in seconds. */
  async until(moment: number): Promise<void> {
    const end = Math.round(moment * second);
    await settle();
    for (;;) {
      const alarms = this.machines.flatMap(({ alarm }) => alarm?.at ?? []);
      const next = Math.min(this.#events[0]?.at ?? end + 1, ...alarms);
      if (next > end) break;
      this.now = Math.max(this.now, next);
      this.#happen();
      await settle();
    }
    this.now = Math.max(this.now, end);
  }

  #happen(): void {
    const event = this.#events[0];
    if (event && event.at <= this.now) {
      this.#events.shift();
      event.run();
      return;
    }
    for (const machine of this.machines) {
      const { alarm } = machine;
      if (!alarm || alarm.at > this.now) continue;
      machine.alarm = undefined;
      alarm.ring();
    }
  }

  carry(from: FakeMachine, plan: SocketPlan, packet: Uint8Array, destination: string): void {
    if (!from.isUp(plan)) return;
    for (const machine of this.machines) {
      if (machine === from || machine.isolated || from.isolated) continue;
      this.later(this.now + travelTime, () => machine.receive(plan, packet, destination));
    }
  }
}

export class FakeMachine {
  readonly world: World;
  readonly name: string;
  alarm: { readonly at: Micros; readonly ring: () => void } | undefined;
  isolated = false;
  /** Packets wait in the sockets, and no alarm rings. */
  stalled = false;
  /** `ip` lines in the order in which they were run. */
  readonly lines: string[] = [];
  readonly held = new Map<string, Removal>();
  /** What was wrong: something added that the guard did not hold. */
  readonly sins: string[] = [];
  readonly announced: (Announcement & { readonly at: Micros })[] = [];
  readonly notices: (Notice & { readonly at: Micros })[] = [];
  readonly logged: string[] = [];
  readonly sent: { readonly at: Micros; readonly packet: Uint8Array; readonly destination: string }[] = [];
  /** `moment add|remove address`. */
  readonly moves: string[] = [];
  readonly addresses = new Set<string>();
  routesAndRules: RouteOrRule[] = [];
  dismissed = false;
  /** The real-time priorities that it was asked for, and what it says against them. */
  readonly realTime: (number | undefined)[] = [];
  refusesRealTime: string | undefined;
  /** Why there are no sockets. */
  refusesSockets: string | undefined;
  /** A kernel without IPv6, which answers as Linux 6.1 does where that module is not loaded. */
  withoutSix = false;
  watched: readonly CheckPlan[] = [];
  statuses: Record<string, Status> = {};
  #tell: (id: string, status: Status) => void = () => {};
  #ground: Map<string, Interface>;
  #listeners = new Set<(event: GroundEvent) => void>();
  #sockets = new Set<OpenSocket>();
  #waiting: (() => void)[] = [];

  constructor(world: World, name: string, ground: Ground) {
    this.world = world;
    this.name = name;
    this.#ground = new Map(ground);
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** A daemon for a text on this machine. */
  daemon(text: string, release?: string): Daemon {
    return new Daemon(this.tools, this.planner(text, release));
  }

  planner(text: string, release?: string) {
    const host = readHost({ path: `${this.name}.conf`, text });
    return (ground: Ground) => planOf(host, ground, { ...usualSurroundings, release });
  }

  readonly tools: Tools = {
    clock: {
      now: () => this.world.now,
      unix: () => 1_000_000 + this.world.now / second,
      alarm: (at, ring) => {
        this.alarm = at === undefined || this.stalled ? undefined : { at, ring };
        if (this.stalled) this.#asleep = at === undefined ? undefined : { at, ring };
      },
      afterReading: (run) => {
        for (const packet of this.#waiting.splice(0)) packet();
        void Promise.resolve().then(run);
      },
    },
    network: {
      ground: async () => this.#ground,
      routesAndRules: async () => this.routesAndRules,
      watching: async () => {},
      watch: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      apply: async (lines) => lines.flatMap((line) => this.#run(line) ?? []),
      setting: async (path) =>
        this.withoutSix && path.startsWith("net/ipv6/")
          ? `${path} was not set: ENOENT: no such file or directory`
          : undefined,
      readSetting: async () => "0",
    },
    sockets: {
      backend: "fake 1.0",
      open: (plan, { packet }) => {
        if (this.refusesSockets !== undefined) throw new Error(this.refusesSockets);
        if (this.withoutSix && plan.family === 6) throw new Error("this kernel has no IPv6");
        const socket = { plan, packet };
        this.#sockets.add(socket);
        return {
          send: (bytes, destination) => {
            this.sent.push({ at: this.world.now, packet: bytes, destination });
            this.world.carry(this, plan, bytes, destination);
          },
          rejoin: () => {},
          close: () => void this.#sockets.delete(socket),
        };
      },
    },
    announcer: {
      announce: async (all) => {
        this.announced.push(...all.map((each) => ({ ...each, at: this.world.now })));
        return [];
      },
      close: () => {},
    },
    guard: {
      hold: (key, removal) => void this.held.set(key, removal),
      release: (key) => void this.held.delete(key),
      dismiss: async () => {
        this.dismissed = true;
      },
    },
    scheduler: {
      realTime: (priority) => {
        this.realTime.push(priority);
        return this.refusesRealTime;
      },
    },
    checks: {
      watch: async (plans, tell) => {
        this.watched = plans;
        this.#tell = tell;
        const known = plans.flatMap((plan) => (plan.id in this.statuses ? [plan.id] : []));
        return Object.fromEntries(known.map((id) => [id, this.statuses[id] ?? "unknown"]));
      },
      close: () => {
        this.#tell = () => {};
      },
    },
    notifier: {
      mask: () => {},
      use: async () => {},
      tell: (notice) => void this.notices.push({ ...notice, at: this.world.now }),
      run: async ({ words }) => void this.logged.push(`ran ${words.join(" ")}`),
      interrupt: () => {},
      close: async () => {},
    },
    log: {
      write: (level, message, instance) =>
        void this.logged.push(
          `${this.moment} ${level} ${instance === undefined ? "" : `${instance}: `}${message}`,
        ),
    },
  };

  #asleep: FakeMachine["alarm"];

  get moment(): string {
    return (this.world.now / second).toFixed(3);
  }

  /** A tracked thing is found to be otherwise. */
  finds(id: string, status: Status): void {
    this.statuses[id] = status;
    this.#tell(id, status);
  }

  receive(from: SocketPlan, packet: Uint8Array, destination: string): void {
    for (const { plan, packet: take } of this.#sockets) {
      if (plan.family !== from.family || plan.protocol !== from.protocol || !this.isUp(plan)) continue;
      const multicast = destination === multicastGroups[plan.family] || destination.startsWith("224.");
      const meant = multicast
        ? plan.group === destination && plan.interface === from.interface
        : this.hasAddress(destination) && plan.group === undefined;
      if (!meant) continue;
      if (this.stalled) this.#waiting.push(() => take(packet));
      else take(packet);
    }
  }

  isUp({ interface: name }: SocketPlan): boolean {
    return name === undefined || this.#ground.get(name)?.up === true;
  }

  /** Without power: nothing is said any more, and nothing is held. */
  kill(): void {
    this.alarm = undefined;
    this.#sockets.clear();
    this.#listeners.clear();
    this.addresses.clear();
    this.held.clear();
  }

  hasAddress(address: string): boolean {
    const own = [...this.#ground.values()].flatMap(({ addresses }) => addresses);
    return own.some((each) => each.address === address);
  }

  /** Whether the guard would take an address away. */
  guards(address: string): boolean {
    return [...this.held.values()].some((removal) => String(removal).includes(` ${address}/`));
  }

  /** Everything stands still. */
  stop(): void {
    this.stalled = true;
    this.#asleep = this.alarm;
    this.alarm = undefined;
  }

  /** Goes on: the alarm that has passed rings first, then the sockets are read. */
  goOn(): void {
    this.stalled = false;
    const alarm = this.#asleep;
    if (alarm && alarm.at <= this.world.now) alarm.ring();
    else this.alarm = alarm;
    for (const packet of this.#waiting.splice(0)) packet();
  }

  tell(event: GroundEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  link(name: string, up: boolean): void {
    const known = this.#ground.get(name) ?? interfaceOf(name);
    const now = { ...known, up };
    this.#ground.set(name, now);
    this.tell({ what: "interface", interface: now });
  }

  gone(name: string): void {
    this.#ground.delete(name);
    this.tell({ what: "interface-gone", name });
  }

  appears(found: Interface): void {
    this.#ground.set(found.name, found);
    this.tell({ what: "interface", interface: found });
  }

  /** Runs a line of `ip` as somebody else. */
  run(line: string): void {
    this.#run(line, true);
  }

  #run(line: string, foreign = false): { line: string; message: string } | undefined {
    if (!foreign) this.lines.push(line);
    if (this.withoutSix && line.endsWith("addrgenmode none")) {
      return { line, message: "RTNETLINK answers: Address family not supported by protocol" };
    }
    if (this.withoutSix && /^address .*:/.test(line)) {
      return { line, message: "RTNETLINK answers: Operation not supported" };
    }
    const [, verb, address = "", prefix, device = ""] =
      /^(?:-\d )?addr(?:ess)? (add|del\w*|replace) ([^ /]+)\/(\d+).* dev (\S+)/.exec(line) ?? [];
    if (verb === undefined) return undefined;
    const adds = verb === "add" || verb === "replace";
    const has = this.addresses.has(address);
    if (adds && !foreign && !this.guards(address)) {
      this.sins.push(`${line}: the guard does not hold it`);
    }
    if (adds === has)
      return { line, message: adds ? "RTNETLINK answers: File exists" : "Cannot assign requested address" };
    if (adds) this.addresses.add(address);
    else this.addresses.delete(address);
    this.moves.push(`${this.moment} ${adds ? "add" : "remove"} ${address}`);
    const { family } = held(`${address}/${prefix}`);
    const event = {
      what: "address",
      gone: !adds,
      interface: device,
      family,
      address,
      prefix: Number(prefix),
    } as const;
    this.world.later(this.world.now, () => this.tell(event));
    return undefined;
  }
}

/** A ground with one interface that has one address. */
export function groundWith(address: string, name = "eth0"): Ground {
  return groundOf(interfaceOf(name, address));
}
