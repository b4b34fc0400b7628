/**
 * A board in one moment, which can be copied: the explorer goes on from one moment in many ways. It does what the
 * simulation does, at the same moments; a test holds the two against each other.
 */
import {
  type GroupEvent,
  type GroupState,
  groupWakeAt,
  initialGroupState,
  stepGroup,
} from "../vrrp/group.ts";
import type { Action, Condition, Status, Why } from "../vrrp/machine-types.ts";
import type { Micros } from "../vrrp/time.ts";
import type { Board } from "./explore-board.ts";
import { travelTime } from "./network.ts";
import { arrivalFor, type Delivery } from "./post.ts";

/** Told of what happens; seats are places in the board's seats. */
export interface Watcher {
  change(seat: number, from: Condition, to: Condition, why: Why): void;
  /** `announced` in rounds: how often the addresses were announced in the same step. */
  hold(seat: number, holds: boolean, announced: number): void;
  send(part: number): void;
}

interface Letter {
  readonly at: Micros;
  readonly from: number;
  readonly to: number;
  readonly delivery: Delivery;
}

/** A result that a host will believe. */
interface Finding {
  readonly at: Micros;
  readonly key: string;
  readonly host: number;
  readonly id: string;
  readonly status: Status;
}

export class World {
  readonly board: Board;
  now: Micros = 0;
  watcher: Watcher | undefined;
  readonly runs: boolean[];
  /** By part. */
  readonly states: (GroupState | undefined)[];
  readonly wakes: Micros[];
  /** By seat, as its actions have it. */
  readonly holds: boolean[];
  /** By thing. */
  readonly fails: boolean[];
  /** By sender and receiver: whether nothing gets from one host to the other. */
  readonly cut: boolean[];
  /** By receiving and sending seat: whether an advert was taken since the receiver was started. */
  readonly heard: boolean[];
  readonly bootedAt: Micros[];
  letters: readonly Letter[];
  findings: readonly Finding[];

  constructor(board: Board, before?: World) {
    const { hosts, parts, seats, things } = board;
    this.board = board;
    this.now = before?.now ?? 0;
    this.runs = before?.runs.slice() ?? hosts.map(() => false);
    this.states = before?.states.slice() ?? parts.map(() => undefined);
    this.wakes = before?.wakes.slice() ?? parts.map(() => never);
    this.holds = before?.holds.slice() ?? seats.map(() => false);
    this.fails = before?.fails.slice() ?? things.map(({ reversed }) => reversed);
    this.cut = before?.cut.slice() ?? hosts.flatMap(() => hosts.map(() => false));
    this.heard = before?.heard.slice() ?? seats.flatMap(() => seats.map(() => false));
    this.bootedAt = before?.bootedAt.slice() ?? hosts.map(() => 0);
    this.letters = before?.letters ?? [];
    this.findings = before?.findings ?? [];
  }

  copy(): World {
    return new World(this.board, this);
  }

  /** The moment of what happens next by itself. */
  get next(): Micros {
    return Math.min(this.findings[0]?.at ?? never, this.letters[0]?.at ?? never, ...this.wakes);
  }

  /** Does what happens next. */
  advance(): void {
    const at = this.next;
    this.now = Math.max(at, this.now);
    const [finding] = this.findings;
    const [letter] = this.letters;
    if (finding?.at === at) {
      this.findings = this.findings.slice(1);
      this.#track(finding.host, finding.id, finding.status);
    } else if (letter?.at === at) {
      this.letters = this.letters.slice(1);
      this.#deliver(letter);
    } else {
      const part = this.wakes.indexOf(at);
      if (part === -1) return;
      this.#step(part, { on: "time" });
      this.wakes[part] = Math.max(this.wakes[part] ?? never, this.now + 1);
    }
  }

  isUp(seat: number): boolean {
    const link = this.board.linkOf[seat];
    return link === undefined || !this.fails[link];
  }

  carries(from: number, to: number): boolean {
    return !this.cut[from * this.board.hosts.length + to];
  }

  setCut(from: number, to: number, isCut: boolean): void {
    this.cut[from * this.board.hosts.length + to] = isCut;
  }

  start(host: number): void {
    if (this.runs[host]) return;
    this.runs[host] = true;
    this.bootedAt[host] = this.now;
    const { known, later } = this.#firstLook(host);
    for (const [index, part] of this.board.parts.entries()) {
      if (part.host !== host) continue;
      for (const seat of part.seats)
        this.heard.fill(false, seat * this.holds.length, (seat + 1) * this.holds.length);
      this.states[index] = initialGroupState(part.configs);
      this.#step(index, { on: "start", statuses: known });
    }
    for (const finding of later) this.#believe(finding);
  }

  stop(host: number): void {
    this.#each(host, (part) => this.#step(part, { on: "stop" }));
    this.#switchOff(host);
  }

  /** Without power nothing is said, and no address is answered for. */
  kill(host: number): void {
    this.#each(host, (part) => {
      for (const seat of this.board.parts[part]?.seats ?? []) {
        if (!this.holds[seat]) continue;
        this.holds[seat] = false;
        this.watcher?.hold(seat, false, 0);
      }
    });
    this.#switchOff(host);
  }

  /** A link or what a check looks at fails or works from now on. */
  set(index: number, fails: boolean): void {
    const thing = this.board.things[index];
    if (!thing || this.fails[index] === fails) return;
    this.fails[index] = fails;
    if (thing.kind === "link") {
      this.#track(thing.host, `interface ${thing.name}`, !fails);
      return;
    }
    for (const check of thing.checks) {
      const { id, interval } = check;
      const status = fails ? check.failing : check.passing;
      const booted = this.bootedAt[thing.host] ?? 0;
      const runs = interval === 0 ? 0 : Math.ceil((this.now - booted) / interval);
      const at =
        interval === 0 ? this.now : booted + (runs + (fails ? check.fall : check.rise) - 1) * interval;
      this.#believe({ at, key: `${thing.host} ${id}`, host: thing.host, id, status });
    }
  }

  #each(host: number, act: (part: number) => void): void {
    for (const [index, part] of this.board.parts.entries()) {
      if (part.host === host && this.states[index]) act(index);
    }
  }

  #switchOff(host: number): void {
    this.runs[host] = false;
    this.#each(host, (part) => {
      this.states[part] = undefined;
      this.wakes[part] = never;
    });
  }

  #firstLook(host: number) {
    const known: Record<string, Status> = {};
    const later: Finding[] = [];
    for (const [index, thing] of this.board.things.entries()) {
      if (thing.host !== host) continue;
      const fails = this.fails[index] ?? false;
      if (thing.kind === "link") known[`interface ${thing.name}`] = !fails;
      for (const check of thing.checks) {
        const waits = check.failsAtFirst && !fails;
        known[check.id] = fails || waits ? check.failing : check.passing;
        const finding = { at: this.now, key: `${host} ${check.id}`, host, id: check.id };
        if (waits) later.push({ ...finding, status: check.passing });
      }
    }
    return { known, later };
  }

  /** A finding takes the place of an older one that is not believed yet. */
  #believe(finding: Finding): void {
    const others = this.findings.filter(({ key }) => key !== finding.key);
    const later = others.findIndex(({ at }) => at > finding.at);
    others.splice(later === -1 ? others.length : later, 0, finding);
    this.findings = others;
  }

  #track(host: number, id: string, status: Status): void {
    this.#each(host, (part) => this.#step(part, { on: "track", id, status }));
  }

  #deliver({ from, to, delivery }: Letter): void {
    const part = this.board.partOf[to] ?? 0;
    if (!this.states[part] || !this.isUp(to)) return;
    const member = this.board.memberOf[to] ?? 0;
    const refused = this.#step(part, { on: "advert", member, arrival: arrivalFor(delivery, this.now) });
    if (!refused) this.heard[to * this.holds.length + from] = true;
  }

  /** Whether an advert was refused. */
  #step(index: number, event: GroupEvent): boolean {
    const part = this.board.parts[index];
    const before = this.states[index];
    if (!part || !before) return false;
    const { state, actions } = stepGroup(part.configs, before, event, this.now);
    this.states[index] = state;
    this.wakes[index] = groupWakeAt(state) ?? never;
    let refused = false;
    for (const [at, { member, action }] of actions.entries()) {
      const seat = part.seats[member] ?? 0;
      if (action.do === "refuse") refused = true;
      this.#act(seat, action, () => announcedAfter(actions, at, member));
    }
    return refused;
  }

  #act(seat: number, action: Action, announced: () => number): void {
    switch (action.do) {
      case "send":
        this.#send(seat, action);
        return;
      case "add":
      case "remove":
        this.holds[seat] = action.do === "add";
        this.watcher?.hold(seat, action.do === "add", announced());
        return;
      case "change":
        this.watcher?.change(seat, action.from, action.to, action.why);
    }
  }

  #send(from: number, { advert, sequence }: Extract<Action, { readonly do: "send" }>): void {
    this.watcher?.send(this.board.partOf[from] ?? 0);
    if (!this.isUp(from)) return;
    const { seats, hostOf } = this.board;
    const sender = seats[from];
    const added: Letter[] = [];
    for (const to of this.board.listeners[from] ?? []) {
      const listener = seats[to];
      if (!sender || !listener) continue;
      if (!this.carries(hostOf[from] ?? 0, hostOf[to] ?? 0)) continue;
      const at = this.now + travelTime;
      added.push({ at, from, to, delivery: { at, from: sender, to: listener, advert, sequence } });
    }
    if (added.length > 0) this.letters = [...this.letters, ...added];
  }
}

export const never: Micros = Number.POSITIVE_INFINITY;

function announcedAfter(
  actions: readonly { readonly member: number; readonly action: Action }[],
  at: number,
  member: number,
): number {
  const after = actions.slice(at + 1).filter((one) => one.member === member);
  return after.reduce((sum, { action }) => sum + (action.do === "announce" ? action.repeat : 0), 0);
}
