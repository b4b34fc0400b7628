/**
 * Drives the machines: wakes them, hands them what happens, and does what they say, in their order. Adverts are sent at
 * once; whoever is told of a change is told when the addresses are in their place.
 */
import { type GroupEvent, type GroupStep, stepGroup } from "../../vrrp/group.ts";
import type { Action, State, Status } from "../../vrrp/machine-types.ts";
import type { Micros } from "../../vrrp/time.ts";
import type { Announcement } from "../ports.ts";
import type { Agenda } from "./agenda.ts";
import type { Announcements } from "./announcements.ts";
import { Directory } from "./deliver.ts";
import type { Door } from "./doors.ts";
import type { Holdings } from "./holdings.ts";
import { noticesOf } from "./notices.ts";
import { type Member, never, type Part } from "./part.ts";
import type { Reporter } from "./reporter.ts";
import { send } from "./send.ts";
import { countRefused } from "./statistics.ts";
import type { Tools } from "./tools.ts";

/** How often the sockets are read before a wait that is over counts, so that a flood of adverts does not stop time. */
const mostReadings = 200;

export interface Hands {
  readonly tools: Tools;
  readonly agenda: Agenda;
  readonly holdings: Holdings;
  readonly announcements: Announcements;
  readonly reporter: Reporter;
}

export class Driver {
  readonly #hands: Hands;
  #parts: readonly Part[] = [];
  #directory = new Directory([]);
  /** Waits that are over while the sockets are still being read. */
  #reading = false;
  /** How many packets have arrived. */
  #arrived = 0;
  #stopped = false;
  /** When the alarm is going to ring; setting it costs a call of the system. */
  #alarmAt: Micros = never;

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  get parts(): readonly Part[] {
    return this.#parts;
  }

  /** Drives these from now on. */
  drive(parts: readonly Part[]): void {
    this.#parts = parts;
    this.#directory = new Directory(parts);
    this.arm();
  }

  /** Nothing moves any more. */
  halt(): void {
    this.#stopped = true;
    this.#hands.agenda.clear();
    this.#hands.tools.clock.alarm(undefined, () => {});
  }

  /** A packet has come out of a socket. */
  arrive(door: Door, packet: Uint8Array): void {
    this.#arrived += 1;
    if (this.#stopped) return;
    const all = this.#directory.deliveries(door, packet, this.#hands.tools.clock);
    if (all.length === 0) return;
    for (const { part, event } of all) this.step(part, event);
    this.arm();
  }

  /** A status is told to all parts that depend on it. */
  tell(id: string, status: Status): void {
    for (const part of this.#parts) this.track(part, { [id]: status });
    this.arm();
  }

  /** Statuses are told to one part, as far as it depends on them and does not know them. */
  track(part: Part, statuses: Readonly<Record<string, Status>>): void {
    for (const [id, status] of Object.entries(statuses)) {
      const depends = part.configs.some(({ trackers }) => trackers.some((tracker) => tracker.id === id));
      const known = part.state.members.every((state) => state.statuses[id] === status);
      if (depends && !known) this.step(part, { on: "track", id, status });
    }
  }

  /** Sets the alarm for whatever comes next. */
  arm(): void {
    if (this.#stopped) return;
    const { clock } = this.#hands.tools;
    let next = this.#hands.agenda.next ?? never;
    const now = this.#reading ? clock.now() : 0;
    for (const part of this.#parts) {
      const waits = this.#reading && part.wake <= now;
      if (!waits && part.wake < next) next = part.wake;
    }
    if (next === this.#alarmAt) return;
    this.#alarmAt = next;
    clock.alarm(next === never ? undefined : next, () => this.#ring());
  }

  /** A step of one part, and everything that follows from it. A master that stood still is told so first. */
  step(part: Part, event: GroupEvent): void {
    const now = this.#hands.tools.clock.now();
    const moves = event.on !== "start" && event.on !== "stop" && event.on !== "stalled";
    if (moves && part.state.is === "master" && part.hasStalled(now))
      this.#perform(part, { on: "stalled" }, now);
    this.#perform(part, event, now);
  }

  #ring(): void {
    const { clock } = this.#hands.tools;
    const now = clock.now();
    this.#alarmAt = never;
    this.#hands.agenda.runUntil(now);
    const isDue = this.#parts.some((part) => part.wake <= now);
    if (isDue && !this.#reading) this.#readFirst(mostReadings);
    this.arm();
  }

  /**
   * An advert that lies in a socket ends a wait that is over, and a master's rule: all that lies there is read first. A
   * master waits for one reading only, as others count on its adverts.
   */
  #readFirst(readings: number): void {
    this.#reading = true;
    const before = this.#arrived;
    this.#hands.tools.clock.afterReading(() => {
      if (this.#stopped) return;
      const again = this.#arrived > before && readings > 0;
      const now = this.#hands.tools.clock.now();
      const due = this.#parts.filter(({ wake, state }) => wake <= now && (!again || state.is === "master"));
      for (const part of due) this.#expire(part, now);
      if (again) this.#readFirst(readings - 1);
      else this.#reading = false;
      this.arm();
    });
  }

  #expire(part: Part, now: Micros): void {
    if (part.hasStalled(now)) this.#perform(part, { on: "stalled" }, now);
    if (part.wake > now) return;
    this.#perform(part, { on: "time" }, now);
    // Whatever a machine says, time goes on.
    part.wake = Math.max(part.wake, now + 1);
  }

  #perform(part: Part, event: GroupEvent, now: Micros): void {
    const before = part.state;
    const step = stepGroup(part.configs, before, event, now);
    if (event.on === "advert") this.#remember(part, event, step, now);
    const notices = noticesOf(part, step, event);
    part.enter(step.state);
    for (const { member, action } of step.actions) {
      const [who, old] = [part.members[member], before.members[member]];
      if (who && old) this.act(part, who, action, { before: old, now });
    }
    if (notices.length > 0) {
      part.after(() => {
        for (const notice of notices) this.#hands.tools.notifier.tell(notice);
      });
    }
  }

  #remember(
    part: Part,
    { member, arrival }: Extract<GroupEvent, { readonly on: "advert" }>,
    { actions }: GroupStep,
    now: Micros,
  ): void {
    const refused = actions.some((each) => each.member === member && each.action.do === "refuse");
    const who = part.members[member];
    if (!refused && who) who.heard = { host: arrival.source, priority: arrival.priority, at: now };
  }

  /** Does one thing that a machine says that was in the state `before`. */
  act(part: Part, member: Member, action: Action, { before, now }: { before: State; now: Micros }): void {
    const { tools, holdings, reporter } = this.#hands;
    const { name, resources } = member.plan;
    switch (action.do) {
      case "send":
        send(member, action, tools.clock);
        this.#announceExtra(part, member, before, now);
        return;
      case "add":
        this.wait(part, holdings.add(name, resources));
        return;
      case "remove":
        this.wait(part, holdings.remove(name, resources));
        return;
      case "announce":
        this.announce(part, member, action.repeat);
        return;
      case "refuse":
        countRefused(member.statistics, action.reason);
        reporter.refused(member, action, now);
        return;
      case "change":
        if (action.to === "master") {
          member.statistics.becameMaster += 1;
          member.extraAt = now + (member.plan.extra?.interval ?? 0);
        }
        if (action.from === "master") member.statistics.releasedMaster += 1;
        member.since = tools.clock.unix();
        reporter.changed(member, action, before, now);
    }
  }

  /** Announces an instance's addresses once they are there, as long as it is master. */
  announce(part: Part, member: Member, rounds: number): void {
    const all = member.plan.resources.flatMap(({ announcement }) => announcement ?? []);
    this.#announceLater(part, member, all, rounds);
  }

  #announceLater(part: Part, member: Member, all: readonly Announcement[], rounds: number): void {
    const isMaster = () => part.state.members[part.members.indexOf(member)]?.is === "master";
    part.after(() => {
      if (isMaster()) this.#hands.announcements.announce(all, rounds, isMaster);
      this.arm();
    });
  }

  /** Together with an advert, as keepalived does it: with the first one after the interval. */
  #announceExtra(part: Part, member: Member, before: State, now: Micros): void {
    const { extra } = member.plan;
    if (!extra || before.is !== "master" || now <= member.extraAt) return;
    member.extraAt = now + extra.interval;
    this.#announceLater(part, member, extra.announcements, 1);
  }

  /** Puts an instance's addresses on the machine and announces them. */
  addAndAnnounce(part: Part, member: Member): void {
    this.wait(part, this.#hands.holdings.add(member.plan.name, member.plan.resources));
    this.announce(part, member, member.config.announcing.repeat);
  }

  /** What comes later in this part waits for it. */
  wait(part: Part, done: Promise<unknown>): void {
    const before = part.tail;
    part.tail = done.then(() => before);
  }
}
