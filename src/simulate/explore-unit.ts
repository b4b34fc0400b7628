/** Parts of a fleet that have nothing to do with each other are explored one by one. */
import type { Fleet, Instance, Member, VirtualRouter } from "../model/host.ts";
import { teams as teamsOf } from "../rules/across/teams.ts";
import { lonely } from "../rules/xh-instance-without-peer.ts";
import { compareAddresses } from "../vrrp/address.ts";
import type { Cast, Seat } from "./cast.ts";
import { possibleSources } from "./sources.ts";

/** Instances that act on each other, and the hosts they are on. */
export interface Unit {
  /** Places in the cast's players. */
  readonly hosts: readonly number[];
  readonly seats: readonly Seat[];
  /** Places in `seats`, one list for each virtual router. */
  readonly teams: readonly (readonly number[])[];
}

export interface Units {
  readonly units: readonly Unit[];
  /** What is not explored and why, in sentences. */
  readonly left: readonly string[];
}

/** The units of a cast that can be explored: everything in them is known, and two hosts at least are in them. */
export function unitsOf(fleet: Fleet, cast: Cast): Units {
  const teamByInstance = new Map<Instance, readonly Member[]>();
  for (const team of [...flipped(fleet), ...teamsOf(fleet)]) {
    for (const { instance } of team) teamByInstance.set(instance, team);
  }
  const alone = new Map(lonely(fleet).map(({ member, mates }) => [member.instance, mates[0]]));
  const units: Unit[] = [];
  const left: string[] = [];
  for (const seats of groupsOf(cast, teamByInstance)) {
    const mate = cast.players.findIndex(
      ({ host }) => host === alone.get(seats[0]?.machine.instance as Instance)?.host,
    );
    const unit = unitOf(seats, teamByInstance, mate);
    const reason = problemWith(fleet, cast, unit);
    if (reason === undefined) units.push(unit);
    else left.push(`${namesOf(cast, seats)}: ${reason}`);
  }
  return { units, left: [...new Set([...left, ...idle(fleet, cast)])] };
}

/** One virtual router whose members became another family each by a mistake, so that they are no team. */
function flipped({ routers }: Fleet): readonly (readonly Member[])[] {
  const isFlipped = ({ members }: VirtualRouter) =>
    new Set(members.map(({ instance }) => instance.family)).size > 1 &&
    new Set(members.map(({ instance }) => instance.name)).size === 1;
  return routers.filter(isFlipped).map(({ members }) => members);
}

/** Seats that are joined by a virtual router, a sync group, an advert or an address. */
function groupsOf(cast: Cast, teams: ReadonlyMap<Instance, readonly Member[]>): readonly (readonly Seat[])[] {
  const leaders = new Map<unknown, unknown>();
  const leaderOf = (key: unknown): unknown => {
    let found = key;
    while (leaders.has(found)) found = leaders.get(found);
    return found;
  };
  const join = (one: unknown, other: unknown) => {
    const [first, second] = [leaderOf(one), leaderOf(other)];
    if (first !== second) leaders.set(second, first);
  };
  for (const seat of cast.seats) {
    join(teams.get(seat.machine.instance) ?? seat, seat);
    join(`part ${seat.host} ${seat.part}`, seat);
    for (const other of cast.listeners.get(seat) ?? []) join(seat, other);
    for (const address of seat.addresses) if (!address.startsWith("fe80:")) join(`address ${address}`, seat);
  }
  const groups = new Map<unknown, Seat[]>();
  for (const seat of cast.seats) {
    const leader = leaderOf(seat);
    groups.set(leader, [...(groups.get(leader) ?? []), seat]);
  }
  return [...groups.values()];
}

/** `mate`, where there is one, is a host that should have the same and has not. */
function unitOf(seats: readonly Seat[], teams: ReadonlyMap<Instance, readonly Member[]>, mate: number): Unit {
  const byTeam = new Map<unknown, number[]>();
  for (const [index, seat] of seats.entries()) {
    const team = teams.get(seat.machine.instance) ?? seat;
    byTeam.set(team, [...(byTeam.get(team) ?? []), index]);
  }
  const all = [...seats.map(({ host }) => host), ...(mate === -1 ? [] : [mate])];
  const hosts = [...new Set(all)].sort((one, other) => one - other);
  return { hosts, seats, teams: [...byTeam.values()] };
}

function problemWith(fleet: Fleet, { players }: Cast, { hosts, seats }: Unit): string | undefined {
  const instances = new Set(seats.map(({ machine }) => machine.instance));
  const unclear = seats.find(({ host }) => players[host]?.host.uncertain);
  if (unclear) return `a part of ${players[unclear.host]?.host.shownAs} could not be read.`;
  const together = fleet.routers.filter(({ members }) =>
    members.some(({ instance }) => instances.has(instance)),
  );
  for (const { host, instance } of together.flatMap(({ members }) => members)) {
    if (host.uncertain || instance.uncertain)
      return `something in ${instance.name} of ${host.shownAs} is not known.`;
    const group = host.groups.find(({ name }) => name === instance.group);
    if (group?.uncertain) return `something in ${group.name} of ${host.shownAs} is not known.`;
  }
  const sourceless = seats.find(({ machine: { instance } }) => {
    return instance.source === undefined && possibleSources(fleet, instance).length > 1;
  });
  if (sourceless)
    return `which of its peers' addresses ${players[sourceless.host]?.host.shownAs} has is not known; write unicast_src_ip.`;
  if (hosts.length < 2) return "only one host here has it.";
  return undefined;
}

/** Instances that keepalived does not start. */
function idle({ hosts }: Fleet, { seats }: Cast): readonly string[] {
  const plays = new Set(seats.map(({ machine }) => machine.instance));
  return hosts.flatMap((host) =>
    host.instances
      .filter((instance) => !plays.has(instance))
      .map(({ name }) => `${name} (${host.name}): keepalived does not start it as it is written.`),
  );
}

function namesOf({ players }: Cast, seats: readonly Seat[]): string {
  const byName = new Map<string, string[]>();
  for (const { host, machine } of seats) {
    const { name } = machine.instance;
    byName.set(name, [...(byName.get(name) ?? []), players[host]?.name ?? ""]);
  }
  return [...byName].map(([name, hosts]) => `${name} (${hosts.join(", ")})`).join(", ");
}

/** Equal texts mean units that do the same, whatever their names, numbers, addresses and interfaces are. */
export function likeness({ hosts, seats, teams }: Unit, cast: Cast): string {
  const numbers = <T>(values: readonly T[]) =>
    new Map([...new Set(values)].map((value, index) => [value, index]));
  const sources = numbers(seats.map(({ machine }) => machine.config.source).sort(compareAddresses));
  const addresses = numbers(seats.flatMap((seat) => seat.addresses));
  const routers = numbers(seats.map(({ machine }) => machine.config.advert.vrid));
  const interfaces = numbers(seats.flatMap(({ machine }) => machine.instance.interface?.value ?? []));
  const parts = numbers(seats.map(({ host, part }) => `${host} ${part}`));
  const number = (address: string) => sources.get(address) ?? `${addresses.get(address)}`;
  const shapes = seats.map((seat) => {
    const { instance, config } = seat.machine;
    const { advert, source, reception, trackers, ...rest } = config;
    const { peers, addresses: _, vrid: __, ...expected } = reception;
    const link = instance.interface?.value;
    const nameOf = (name: string) => (interfaces.has(name) ? interfaces.get(name) : name);
    return [
      [seat.host, parts.get(`${seat.host} ${seat.part}`), seat.addresses.map(number)],
      [instance.nopreempt.written, link !== undefined && nameOf(link)],
      [
        { ...advert, addresses: advert.addresses.map(number), vrid: routers.get(advert.vrid) },
        number(source),
      ],
      [rest, expected, peers.map((peer) => ({ ...peer, address: number(peer.address) }))],
      trackers.map((tracker) => ({ ...tracker, id: nameOf(tracker.id.replace(/^interface /, "")) })),
      instance.trackers.map(({ kind, name, ignored }) => [kind, nameOf(name), ignored]),
      (cast.listeners.get(seat) ?? []).map((other) => seats.indexOf(other)),
    ];
  });
  return JSON.stringify([hosts, shapes, teams]);
}
