/** Who plays: the hosts of a fleet, the machines on each, and who can hear whom. */
import type { Fleet, Host, Instance, Tracker, VirtualRouter } from "../model/host.ts";
import { networkRelation, nodeOf } from "../model/kinship.ts";
import { type Machine, machinesOf, trackerId } from "../model/machine-config.ts";
import { numberOf, timeOf } from "../model/machine-settings.ts";
import { trackersInForce } from "../model/priority.ts";
import { inside, named } from "../schema/statement.ts";
import type { Config, Status } from "../vrrp/machine-types.ts";
import { type Micros, second } from "../vrrp/time.ts";
import { deducedSource, inventedSource } from "./sources.ts";

/** One instance on one host. */
export interface Seat {
  /** The place of its host in the cast. */
  readonly host: number;
  /** The place of its part in the host, and its own in the part. */
  readonly part: number;
  readonly member: number;
  readonly machine: Machine;
  /** Everything it moves, excluded addresses too. */
  readonly addresses: readonly string[];
}

/** Something that a host looks at, and how long it takes to believe what it sees. */
export interface Check {
  readonly id: string;
  readonly name: string;
  readonly passing: Status;
  readonly failing: Status;
  /** Time between runs of a script; 0 for what is noticed at once. */
  readonly interval: Micros;
  /** How many results in a row count. */
  readonly rise: number;
  readonly fall: number;
  /** It counts as failed until it has run. */
  readonly failsAtFirst: boolean;
}

export interface Player {
  readonly name: string;
  readonly host: Host;
  readonly interfaces: readonly string[];
  readonly checks: readonly Check[];
  /** Sync groups, and single instances as groups of their own. */
  readonly parts: readonly (readonly Seat[])[];
}

export interface Cast {
  readonly players: readonly Player[];
  readonly seats: readonly Seat[];
  /** Who hears the adverts of a seat while nothing is cut. */
  readonly listeners: ReadonlyMap<Seat, readonly Seat[]>;
  /** All addresses in the order of the files. */
  readonly addresses: readonly string[];
}

/** Casts a fleet. `release` is what hosts run that name none; the newest when it is not given. */
export function castOf(fleet: Fleet, release?: string): Cast {
  const players = fleet.hosts.map((host, index) => playerOf(fleet, host, index, release));
  const seats = players.flatMap(({ parts }) => parts.flat());
  const listeners = seats.map((seat) => {
    return [seat, seats.filter((other) => hears(other, seat, players, fleet))] as const;
  });
  return {
    players,
    seats,
    listeners: new Map(listeners),
    addresses: [...new Set(seats.flatMap(({ addresses }) => addresses))],
  };
}

function playerOf(fleet: Fleet, host: Host, index: number, release: string | undefined): Player {
  const sourceOf = (instance: Instance) =>
    deducedSource(fleet, instance) ?? inventedSource(instance.family, index);
  const machines = machinesOf(host, { release, sourceOf });
  const groups = new Map<string | Instance, Machine[]>();
  for (const machine of machines) {
    const key = machine.instance.group ?? machine.instance;
    groups.set(key, [...(groups.get(key) ?? []), machine]);
  }
  const parts = [...groups.values()].map((members, part) => {
    return members.map((machine, member): Seat => {
      const { addresses, excluded } = machine.instance;
      const all = [...addresses, ...excluded].map(({ address }) => address);
      return { host: index, part, member, machine, addresses: [...new Set(all)] };
    });
  });
  const own = machines.flatMap(({ instance }) => instance.interface?.value ?? []);
  const checks = checksOf(host);
  const tracked = machines.flatMap(({ config }) => config.trackers.map(({ id }) => id));
  const prefix = "interface ";
  const interfaces = tracked.flatMap((id) => (id.startsWith(prefix) ? id.slice(prefix.length) : []));
  return { name: host.name, host, interfaces: [...new Set([...own, ...interfaces])], checks, parts };
}

function checksOf(host: Host): readonly Check[] {
  const checks = new Map<string, Check>();
  for (const instance of host.instances) {
    for (const tracker of writtenTrackers(host, instance)) {
      const { kind, name, definition } = tracker;
      const id = trackerId(tracker);
      if (kind === "interface" || checks.has(id)) continue;
      const lines = definition ? inside(definition.block) : [];
      const times = (keyword: string) => (kind === "script" ? (numberOf(lines, keyword, 1) ?? 1) : 1);
      // As rules count it: a tracked file passes with 0 and fails with what costs priority.
      const costly = tracker.weight.value > 0 !== tracker.reverse ? -1 : 1;
      checks.set(id, {
        id,
        name,
        passing: kind === "file" ? 0 : true,
        failing: kind === "file" ? costly : false,
        interval: kind === "script" ? (timeOf(lines, "interval") ?? second) || second : 0,
        rise: times("rise"),
        fall: times("fall"),
        failsAtFirst: kind === "script" && named(lines, "init_fail").length > 0,
      });
    }
  }
  return [...checks.values()];
}

/** Trackers in force, and those that keepalived ignores: what they look at can fail all the same. */
function writtenTrackers(host: Host, instance: Instance): readonly Tracker[] {
  const group = host.groups.find(({ name }) => name === instance.group);
  const idle = [...instance.trackers, ...(group?.trackers ?? [])].filter(({ ignored }) => {
    return ignored === "undefined-name" || ignored === "sync-group" || ignored === "owner";
  });
  return [...trackersInForce({ host, instance }), ...idle];
}

/** Whether adverts that `sender` sends reach `listener`, whatever it makes of them. */
function hears(listener: Seat, sender: Seat, players: readonly Player[], fleet: Fleet): boolean {
  if (listener.host === sender.host) return false;
  const [ours, theirs] = [listener.machine.config, sender.machine.config];
  const sameRouter = ours.advert.vrid === theirs.advert.vrid && ours.advert.family === theirs.advert.family;
  if (!sameRouter || ours.reception.wire.unicast !== theirs.reception.wire.unicast) return false;
  if (theirs.reception.wire.unicast) return isPeer(theirs, ours.source);
  const sameGroup = ours.reception.wire.multicastGroup === theirs.reception.wire.multicastGroup;
  return sameGroup && shareSegment(listener, sender, players, fleet);
}

function isPeer({ reception }: Config, source: string): boolean {
  return reception.peers.some(({ address }) => address === source);
}

/**
 * Interfaces of one name are in one network, unless the addresses of two clusters say otherwise. One whose name the other host does not use is in the network of the
 * instance that it is paired with.
 */
function shareSegment(one: Seat, other: Seat, players: readonly Player[], fleet: Fleet): boolean {
  const together = fleet.routers.some((router) => isIn(router, one) && isIn(router, other));
  if (!together && inOtherNetworks(one, other, players)) return false;
  const [first, second] = [one, other].map(linkOf);
  if (first === second) return true;
  return together && !areExchanged(one, other, fleet);
}

const linkOf = ({ machine }: Seat) => machine.instance.interface?.value ?? "";

/** Whether another virtual router has the same two interfaces the other way round, so that one of the two is crossed. */
function areExchanged(one: Seat, other: Seat, fleet: Fleet): boolean {
  const hostOf = (seat: Seat, { members }: VirtualRouter) =>
    members.find(({ instance }) => instance.host === seat.machine.instance.host)?.instance.interface?.value;
  return fleet.routers.some(
    (router) => hostOf(one, router) === linkOf(other) && hostOf(other, router) === linkOf(one),
  );
}

/** Clusters of two networks may have interfaces of one name, and one number. */
function inOtherNetworks(one: Seat, other: Seat, players: readonly Player[]): boolean {
  const [first, second] = [one, other].map(({ host, machine: { instance } }) => {
    return nodeOf({ host: (players[host] as Player).host, instance }, 0);
  });
  return first !== undefined && second !== undefined && networkRelation(first, second) === "different";
}

function isIn(router: VirtualRouter, seat: Seat): boolean {
  return router.members.some(({ instance }) => instance === seat.machine.instance);
}
