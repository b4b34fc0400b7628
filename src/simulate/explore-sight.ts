/** A world as somebody sees it who stands beside it: who works, who is together with whom, who should win. */
import type { Member, Tracker } from "../model/host.ts";
import { trackerId } from "../model/machine-config.ts";
import { effectivePriority, healthyPriority } from "../model/priority.ts";
import { isUnwanted } from "../rules/support.ts";
import { unevenChecks } from "../rules/xh-tracking-missing-on-host.ts";
import type { Tracker as Watched } from "../vrrp/machine-types.ts";
import { type Claim, statusIn, thingOf } from "./explore-board.ts";
import type { World } from "./explore-world.ts";

export class Sight {
  readonly world: World;
  #parts: readonly (readonly number[])[] | undefined;

  constructor(world: World) {
    this.world = world;
  }

  machineOf(seat: number) {
    const found = this.world.board.seats[seat];
    if (!found) throw new Error(`There is no seat ${seat}.`);
    return found.machine;
  }

  memberOf(seat: number): Member {
    const { board } = this.world;
    const { instance } = this.machineOf(seat);
    const host = board.members[seat]?.host;
    if (!host) throw new Error(`There is no seat ${seat}.`);
    return { host, instance };
  }

  /** Hosts that run and hear each other, in lists. */
  parts(): readonly (readonly number[])[] {
    this.#parts ??= this.#findParts();
    return this.#parts;
  }

  #findParts(): readonly (readonly number[])[] {
    const { world } = this;
    const left = [...world.board.hosts.keys()].filter((host) => world.runs[host]);
    const found: number[][] = [];
    for (const host of left) {
      const home = found.find((part) =>
        part.some((other) => world.carries(host, other) && world.carries(other, host)),
      );
      if (home) home.push(host);
      else found.push([host]);
    }
    return found;
  }

  /** The hosts that a seat's host is together with, itself among them. */
  partOf(seat: number): readonly number[] {
    const host = this.world.board.hostOf[seat] ?? 0;
    return this.parts().find((part) => part.includes(host)) ?? [];
  }

  /** Whether a seat is on one of these hosts and its link is up. */
  isIn(seat: number, hosts: readonly number[]): boolean {
    return this.hasLink(seat) && hosts.includes(this.world.board.hostOf[seat] ?? -1);
  }

  hasLink(seat: number): boolean {
    return this.world.isUp(seat);
  }

  /** Its host runs, and nothing that means FAULT has failed, in its whole sync group. */
  isAble(seat: number): boolean {
    const { board, runs } = this.world;
    if (!runs[board.hostOf[seat] ?? 0]) return false;
    const group = board.parts[board.partOf[seat] ?? 0]?.seats ?? [];
    return group.every((one) => this.hasLink(one) && this.#faultsOf(one).length === 0);
  }

  #faultsOf(seat: number): readonly Watched[] {
    return this.machineOf(seat).config.trackers.filter((tracker) => this.#meansFault(seat, tracker));
  }

  #meansFault(seat: number, { id, weight, reverse }: Watched): boolean {
    const { board, fails } = this.world;
    const index = thingOf(board, board.hostOf[seat] ?? 0, id);
    const thing = board.things[index];
    const status = thing && statusIn(thing, id, fails[index] ?? false);
    if (weight !== 0 || status === undefined) return false;
    return typeof status === "number" ? (status !== 0) !== reverse : status === reverse;
  }

  /** What has failed of all that a seat tracks, by its own lines and its group's. */
  failedThings(seat: number): readonly number[] {
    return [...new Set(this.#promised(seat).flatMap((tracker) => this.#failed(seat, tracker)))];
  }

  /** What has failed, when all checks with a weight have, and there are some. */
  failedWeights(seat: number): readonly number[] {
    const weighted = this.#promised(seat).filter(
      ({ weight, ignored }) => weight.value !== 0 || ignored === "undefined-name",
    );
    const failed = weighted.map((tracker) => this.#failed(seat, tracker));
    return failed.every(({ length }) => length > 0) ? [...new Set(failed.flat())] : [];
  }

  /** Trackers that somebody wrote to have them acted on, those too that keepalived ignores. */
  #promised(seat: number): readonly Tracker[] {
    const { host, instance } = this.memberOf(seat);
    const group = host.groups.find(({ name }) => name === instance.group);
    const all = [...instance.trackers, ...(group?.trackers ?? [])];
    return all.filter(
      ({ ignored }) => ignored === undefined || ["sync-group", "owner", "undefined-name"].includes(ignored),
    );
  }

  #failed(seat: number, tracker: Pick<Tracker, "kind" | "name">): readonly number[] {
    const { board, fails } = this.world;
    const index = thingOf(board, board.hostOf[seat] ?? 0, trackerId(tracker));
    const thing = board.things[index];
    return thing && fails[index] !== thing.reversed ? [index] : [];
  }

  /** Who has the highest priority in force; nobody when two have. */
  winner(seats: readonly number[]): number | undefined {
    const known = seats.map((seat) => ({ seat, priority: this.priorityOf(seat) }));
    const best = Math.max(...known.map(({ priority }) => priority));
    const first = known.filter(({ priority }) => priority === best);
    return first.length === 1 ? first[0]?.seat : undefined;
  }

  /** Who comes after a seat while everything works: the one that its checks are to hand the addresses to. */
  successor(seats: readonly number[], after: number): number | undefined {
    const others = seats.filter((seat) => seat !== after);
    const priorityOf = (seat: number) => healthyPriority(this.memberOf(seat));
    return others.sort((one, other) => priorityOf(other) - priorityOf(one))[0];
  }

  /**
   * While everything works: who has the one highest priority of its own, when weights have put another one before it
   * and no written state says that this is meant.
   */
  intended(able: readonly number[], holder: number): number | undefined {
    const baseOf = (seat: number) => this.machineOf(seat).config.priority;
    const best = Math.max(...able.map(baseOf));
    const [first, second] = able.filter((seat) => baseOf(seat) === best);
    const everywhere = able.length === (this.world.board.teamOf[holder] ?? []).length;
    if (first === undefined || second !== undefined || first === holder || !everywhere) return undefined;
    if (able.some((seat) => this.failedThings(seat).length > 0)) return undefined;
    const isMaster = (seat: number) => this.machineOf(seat).instance.state.value === "MASTER";
    const isMeant = isMaster(holder) && !isMaster(first);
    return isMeant || this.machineOf(first).config.nopreempt ? undefined : first;
  }

  /** As the model counts it, not as the machine does. */
  priorityOf(seat: number): number {
    const priority = effectivePriority(this.memberOf(seat), (one) => this.#failed(seat, one).length > 0);
    return priority === "fault" ? 0 : priority;
  }

  /** Whether a seat looks at less than another one of its virtual router: that one. */
  uncheckedFor(seat: number): number | undefined {
    const { board } = this.world;
    const team = board.teamOf[seat] ?? [];
    if (team.length < 2) return undefined;
    const { having, lacking, missing } = unevenChecks(team.map((one) => board.members[one] as Member));
    const own = this.machineOf(seat).instance;
    if (missing.length === 0 || !lacking.some(({ instance }) => instance === own)) return undefined;
    return team.find((one) => board.members[one]?.instance === having?.instance);
  }

  /** Whether the files say that an address stays with a host that works (nopreempt, wanted anywhere in the team). */
  promisesToStay(team: readonly number[], seat: number): boolean {
    const own = this.world.board.teamOf[seat] ?? team;
    return own.some((one) => {
      const { nopreempt } = this.machineOf(one).instance;
      return nopreempt.written && !isUnwanted(nopreempt);
    });
  }

  /** Whether one of these hosts should have the address and has no instance for it, while the only one that has is off. */
  lacksPartner({ meant }: Claim, hosts: readonly number[]): boolean {
    const { board, runs } = this.world;
    const own = new Set(meant.map((seat) => board.hostOf[seat]));
    return (
      own.size === 1 &&
      hosts.some((host) => !board.hostOf.includes(host)) &&
      [...own].every((host) => !runs[host ?? 0])
    );
  }

  isTeam(one: number, other: number): boolean {
    return this.world.board.teamOf[one]?.includes(other) ?? false;
  }
}
