/** What stays the same while a part of a fleet is explored: who plays, who hears whom, what can fail. */
import type { Member } from "../model/host.ts";
import type { Status } from "../vrrp/machine-types.ts";
import type { Micros } from "../vrrp/time.ts";
import type { Cast, Check, Seat } from "./cast.ts";
import type { Unit } from "./explore-unit.ts";

/** A sync group, or a single instance, on one host. */
export interface BoardPart {
  readonly host: number;
  /** Places in the board's seats. */
  readonly seats: readonly number[];
  readonly configs: readonly Seat["machine"]["config"][];
}

/** Something that fails or works: a link, or what a check looks at. */
export interface Thing {
  readonly host: number;
  readonly kind: "link" | "check";
  /** As faults name it. */
  readonly name: string;
  /** The checks that look at it; none for a link. */
  readonly checks: readonly Check[];
  /** A check that counts in reverse is well while what it looks at fails. */
  readonly reversed: boolean;
}

/** An address that hosts of the unit are to hold. */
export interface Claim {
  readonly address: string;
  /** Places in the board's seats: all that have to be able to hold it, and those that can. */
  readonly meant: readonly number[];
  readonly able: readonly number[];
}

export interface Board {
  readonly unit: Unit;
  readonly hosts: readonly string[];
  readonly seats: readonly Seat[];
  readonly parts: readonly BoardPart[];
  /** By seat: its host among the hosts. */
  readonly hostOf: readonly number[];
  /** By seat: its part, its place in the part, and its link among the things. */
  readonly partOf: readonly number[];
  readonly memberOf: readonly number[];
  readonly linkOf: readonly (number | undefined)[];
  /** By seat: its instance with its host, and the seats of its virtual router. */
  readonly members: readonly Member[];
  readonly teamOf: readonly (readonly number[])[];
  /** By seat: who hears it. */
  readonly listeners: readonly (readonly number[])[];
  readonly things: readonly Thing[];
  readonly claims: readonly Claim[];
  /** The longest that hosts take to notice that a master is gone, and that it has said goodbye. */
  readonly patience: Micros;
  readonly farewell: Micros;
}

/** Sets the board for a unit. Announcements that come later are left out: they change no election. */
export function boardFor(cast: Cast, unit: Unit): Board {
  const { hosts, seats } = unit;
  const indexOf = new Map(seats.map((seat, index) => [seat, index]));
  const parts = partsOf(unit);
  const things = hosts.flatMap((host, index) => thingsOf(cast, unit, host, index));
  const partOf = seats.map((_, seat) => parts.findIndex((part) => part.seats.includes(seat)));
  return {
    unit,
    hosts: hosts.map((host) => cast.players[host]?.name ?? ""),
    seats,
    parts,
    hostOf: seats.map(({ host }) => hosts.indexOf(host)),
    partOf,
    memberOf: seats.map((_, seat) => parts[partOf[seat] ?? 0]?.seats.indexOf(seat) ?? 0),
    linkOf: seats.map((seat) => {
      const name = seat.machine.instance.interface?.value;
      const host = hosts.indexOf(seat.host);
      const found = things.findIndex(
        (thing) => thing.kind === "link" && thing.host === host && thing.name === name,
      );
      return found === -1 ? undefined : found;
    }),
    members: seats.map(({ host, machine }) => {
      return { host: (cast.players[host] as Cast["players"][number]).host, instance: machine.instance };
    }),
    teamOf: seats.map((_, seat) => unit.teams.find((team) => team.includes(seat)) ?? [seat]),
    listeners: seats.map((seat) =>
      (cast.listeners.get(seat) ?? []).flatMap((other) => indexOf.get(other) ?? []),
    ),
    things,
    claims: claimsOf(unit),
    ...patienceOf(seats, parts),
  };
}

function partsOf({ hosts, seats }: Unit): readonly BoardPart[] {
  const keys = [...new Set(seats.map(({ host, part }) => `${host} ${part}`))];
  return keys.map((key) => {
    const own = seats.flatMap((seat, index) => (`${seat.host} ${seat.part}` === key ? index : []));
    const configs = own.map((index) => {
      const { config } = (seats[index] as Seat).machine;
      return { ...config, announcing: { ...config.announcing, delay: 0, refresh: 0, lowerDelay: 0 } };
    });
    return { host: hosts.indexOf((seats[own[0] ?? 0] as Seat).host), seats: own, configs };
  });
}

function thingsOf(cast: Cast, { seats }: Unit, player: number, host: number): readonly Thing[] {
  const own = seats.filter((seat) => seat.host === player);
  const trackers = own.flatMap(({ machine }) => machine.config.trackers);
  const ids = new Set(trackers.map(({ id }) => id));
  const used = own.flatMap(({ machine }) => machine.instance.interface?.value ?? []);
  const prefix = "interface ";
  const tracked = [...ids].flatMap((id) => (id.startsWith(prefix) ? id.slice(prefix.length) : []));
  const links = [...new Set([...used, ...tracked])];
  const written = new Set(own.flatMap(({ machine }) => machine.instance.trackers.map(({ name }) => name)));
  const checks = (cast.players[player]?.checks ?? []).filter(
    ({ id, name }) => ids.has(id) || written.has(name),
  );
  const names = [...new Set(checks.map(({ name }) => name))];
  const reversed = (id: string) => {
    const looking = trackers.filter((tracker) => tracker.id === id);
    return looking.length > 0 && looking.every(({ reverse }) => reverse);
  };
  const isFile = (id: string) => id.startsWith("file ");
  return [
    ...links.map(
      (name): Thing => ({ host, kind: "link", name, checks: [], reversed: reversed(prefix + name) }),
    ),
    ...names.map((name): Thing => {
      const looking = checks.filter((check) => check.name === name);
      const back = looking.every(({ id }) => reversed(id) && !isFile(id));
      return { host, kind: "check", name, checks: looking, reversed: back };
    }),
  ];
}

/** Each address once; link-local ones exist on every network, so there they belong to one virtual router. */
function claimsOf({ seats, teams }: Unit): readonly Claim[] {
  const meant = new Map<string, Claim & { readonly meant: number[] }>();
  for (const team of teams) {
    for (const address of new Set(team.flatMap((seat) => seats[seat]?.addresses ?? []))) {
      const key = address.startsWith("fe80:") ? `${address} ${team[0]}` : address;
      const known = meant.get(key);
      if (known) known.meant.push(...team);
      else meant.set(key, { address, meant: [...team], able: [] });
    }
  }
  return [...meant.values()].map((claim) => {
    return { ...claim, able: claim.meant.filter((seat) => seats[seat]?.addresses.includes(claim.address)) };
  });
}

const second = 1_000_000;

function patienceOf(seats: readonly Seat[], parts: readonly BoardPart[]) {
  const configs = seats.map(({ machine }) => machine.config);
  const interval = Math.max(...configs.map(({ advert }) => advert.interval));
  const adverts = Math.max(...configs.map(({ downTimerAdverts }) => downTimerAdverts));
  const skew = Math.max(...configs.map(({ advert }) => (advert.version === 2 ? second : interval)));
  // The members of a group may have to wait for one another once more.
  const rounds = parts.some((part) => part.seats.length > 1) ? 2 : 1;
  return { patience: rounds * (adverts * interval + skew), farewell: rounds * skew };
}

/** The things that a seat's tracker looks at, with what each state of theirs means to it. */
export function thingOf(board: Board, host: number, id: string): number {
  return board.things.findIndex((thing) => thing.host === host && statusIn(thing, id, false) !== undefined);
}

/** What a thing's state means to a tracker with this id. */
export function statusIn(thing: Thing, id: string, fails: boolean): Status | undefined {
  if (thing.kind === "link") return id === `interface ${thing.name}` ? !fails : undefined;
  const check = thing.checks.find((one) => one.id === id);
  return check && (fails ? check.failing : check.passing);
}
