/** What the files promise, judged by what the hosts did: who has which address, and what moved. */

import type { PropertyId } from "../rules/properties.ts";
import type { Micros } from "../vrrp/time.ts";
import type { Claim } from "./explore-board.ts";
import type { Course, Deed } from "./explore-run.ts";
import { Sight } from "./explore-sight.ts";
import type { Strike } from "./explore-strike.ts";
import type { World } from "./explore-world.ts";

/** Something that goes wrong. Seats are places in the board's seats. */
export interface Breach {
  readonly property: PropertyId;
  /** Its virtual router, by the first seat of its team, so that each is told once. */
  readonly team: number;
  readonly address: string | undefined;
  /** Who is to blame first: who holds, takes or does not take. */
  readonly seats: readonly number[];
  /** What else the message needs: the things that failed, a length of time. */
  readonly things?: readonly number[];
  readonly length?: Micros;
  readonly limit?: Micros;
}

/** What happened since the world rested last. */
export interface Past {
  readonly strikes: readonly Strike[];
  readonly deeds: readonly Deed[];
  /** Whether the hosts are only being started. */
  readonly isBeginning: boolean;
}

/** What is wrong with a world that rests. */
export function judgeRest(world: World): readonly Breach[] {
  const sight = new Sight(world);
  return [...world.board.claims.flatMap((claim) => judgeClaim(sight, claim)), ...judgeGroups(sight)];
}

function judgeClaim(sight: Sight, claim: Claim): readonly Breach[] {
  const { world } = sight;
  const { address } = claim;
  const team = claim.meant[0] ?? 0;
  const holding = claim.able.filter((seat) => world.holds[seat]);
  const failed = holding.filter((seat) => !sight.isAble(seat) && sight.hasLink(seat));
  const breaches: Breach[] = failed.map((seat) => {
    return {
      property: "explore-failed-holder",
      team,
      address,
      seats: [seat],
      things: sight.failedThings(seat),
    };
  });
  if (breaches.length > 0) return breaches;
  for (const together of sight.parts()) {
    const here = (seats: readonly number[]) => seats.filter((seat) => sight.isIn(seat, together));
    const holders = here(holding);
    const hosts = new Set(holders.map((seat) => world.board.hostOf[seat]));
    const able = here(claim.meant).filter((seat) => sight.isAble(seat));
    const [holder] = holders;
    if (hosts.size > 1) breaches.push({ property: "explore-two-holders", team, address, seats: holders });
    else if (holder === undefined) {
      if (able.length === 0 && sight.lacksPartner(claim, together))
        breaches.push({ property: "explore-no-holder", team, address, seats: claim.meant });
      if (able.length > 0) breaches.push({ property: "explore-no-holder", team, address, seats: able });
    } else breaches.push(...judgeHolder(sight, claim, holder, able));
  }
  return breaches;
}

/** One host has the address; whether it should. */
function judgeHolder(sight: Sight, claim: Claim, holder: number, able: readonly number[]): readonly Breach[] {
  const about = { team: claim.meant[0] ?? 0, address: claim.address };
  const things = sight.failedWeights(holder);
  const next = sight.successor(claim.able, holder);
  const isNextWell = next !== undefined && able.includes(next) && sight.failedThings(next).length === 0;
  if (things.length > 0 && isNextWell)
    return [{ property: "explore-check-ignored", ...about, seats: [holder, next], things }];
  const best = sight.winner(able) ?? holder;
  if (best !== holder && !sight.machineOf(best).config.nopreempt)
    return [{ property: "explore-wrong-holder", ...about, seats: [best, holder] }];
  const intended = sight.intended(able, holder);
  if (intended !== undefined)
    return [{ property: "explore-wrong-holder", ...about, seats: [intended, holder] }];
  const watched = sight.uncheckedFor(holder);
  return watched === undefined
    ? []
    : [{ property: "explore-check-missing", ...about, seats: [holder, watched] }];
}

/** What one host has in a sync group is to be on one host, whichever that is. */
function judgeGroups({ world: { board, holds, runs } }: Sight): readonly Breach[] {
  return board.parts.flatMap((group): readonly Breach[] => {
    const [team = 0] = group.seats;
    if (group.seats.length < 2) return [];
    for (const host of board.hosts.keys()) {
      const own = group.seats.flatMap((seat) => {
        return board.teamOf[seat]?.filter((one) => board.hostOf[one] === host) ?? [];
      });
      const held = own.filter((seat) => holds[seat]);
      const without = own.filter((seat) => !holds[seat]);
      if (!runs[host] || held.length === 0 || without.length === 0) continue;
      return [{ property: "explore-group-apart", team, address: undefined, seats: [...without, ...held] }];
    }
    return [];
  });
}

/** A world right before the last strike, right after it, and when it rests again. */
export interface Way {
  readonly before: World;
  readonly start: World;
  readonly end: World;
  /** All since a world rested, the course included. */
  readonly past: Past;
  readonly course: Course;
}

/** What was wrong on the way. */
export function judgeCourse(way: Way): readonly Breach[] {
  const { start, end, past, course } = way;
  const { board } = end;
  const breaches: Breach[] = course.deeds.flatMap((deed) => unannounced(start, deed));
  if (course.end === "flapping") {
    const seat =
      course.deeds.findLast(({ what }) => what !== "change")?.seat ?? course.deeds.at(-1)?.seat ?? 0;
    breaches.push({ property: "explore-flapping", ...aboutSeat(start, seat), seats: [seat] });
    return breaches;
  }
  const [last] = past.strikes.slice(-1);
  if (last?.is === "loss" && past.strikes.length === 1 && course.deeds.length > 0) {
    const [{ seat } = { seat: 0 }] = course.deeds;
    return [{ property: "explore-lost-advert", ...aboutSeat(start, seat), seats: [seat, last.seat] }];
  }
  // What begins with one fault and ends after another may be the first one's doing.
  const isAlone = past.strikes.length < 2;
  for (const claim of board.claims) {
    if (isAlone) breaches.push(...displaced(way, claim));
    if (!past.isBeginning) breaches.push(...tooMany(way, claim), ...tooLate(way, claim));
  }
  return breaches;
}

function aboutSeat({ board }: World, seat: number): Pick<Breach, "team" | "address"> {
  const claim = board.claims.find(({ meant }) => meant.includes(seat));
  return { team: claim?.meant[0] ?? seat, address: claim?.address };
}

function unannounced(world: World, { what, seat, announced }: Deed): readonly Breach[] {
  if (what !== "take" || announced !== 0) return [];
  return [{ property: "explore-not-announced", ...aboutSeat(world, seat), seats: [seat] }];
}

/** Somebody takes an address from a live host that works. */
function displaced({ before, start, course }: Way, claim: Claim): readonly Breach[] {
  const sight = new Sight(start);
  const about = { team: claim.meant[0] ?? 0, address: claim.address };
  for (const { what, seat, heard = [] } of course.deeds) {
    if (what !== "take" || !claim.able.includes(seat)) continue;
    const together = sight.partOf(seat);
    const holders = claim.able.filter((other) => before.holds[other] && sight.isIn(other, together));
    const [holder] = holders;
    const works = holder !== undefined && sight.isAble(holder) && sight.failedThings(holder).length === 0;
    if (!works || holders.length > 1 || holder === seat) continue;
    if (start.board.hostOf[holder] === start.board.hostOf[seat]) continue;
    if (sight.promisesToStay(claim.meant, seat))
      return [{ property: "explore-nopreempt", ...about, seats: [seat, holder] }];
    if (!heard[holder] && sight.isTeam(seat, holder) && !ownsAlone(sight, seat, holder))
      return [{ property: "explore-not-heard", ...about, seats: [seat, holder] }];
  }
  return [];
}

/** An owner takes its addresses without listening, and nobody else may own them. */
function ownsAlone(sight: Sight, seat: number, holder: number): boolean {
  return sight.priorityOf(seat) === 255 && sight.priorityOf(holder) < 255;
}

/** More takeovers than faults, in a part of the network that hangs together. */
function tooMany({ before, end, past }: Way, claim: Claim): readonly Breach[] {
  const { deeds } = past;
  const sight = new Sight(end);
  for (const together of sight.parts()) {
    const taken = deeds.filter(
      ({ what, seat }) => what === "take" && claim.able.includes(seat) && sight.isIn(seat, together),
    );
    const real = taken.filter((deed, index) => {
      const before = taken[index - 1];
      // Equals that are equally quick take it at one moment, and one of them gives way at once.
      return !(before && deed.at - before.at < aMoment && before.priority === deed.priority);
    });
    if (real.length <= allowed({ before, past }, claim)) continue;
    const seats = [...new Set(real.map(({ seat }) => seat))];
    return [
      { property: "explore-several-takeovers", team: claim.meant[0] ?? 0, address: claim.address, seats },
    ];
  }
  return [];
}

/** One for each fault; none where hosts that all have the address only hear each other again. */
function allowed({ before, past: { strikes } }: Pick<Way, "before" | "past">, { able }: Claim): number {
  const holds = able.some((seat) => before.holds[seat]);
  return strikes.length === 1 && strikes[0]?.is === "heal" && holds ? 0 : strikes.length;
}

/** So long two may have an address until they have heard each other. */
const aMoment: Micros = 1000;

/** After one fault somebody takes over within the time that the protocol gives. */
function tooLate({ start, end, past, course }: Way, claim: Claim): readonly Breach[] {
  const { deeds } = course;
  const [strike] = past.strikes;
  if (past.strikes.length !== 1 || !strike) return [];
  const sight = new Sight(end);
  const { patience, farewell } = end.board;
  for (const together of sight.parts()) {
    const taken = deeds.find(
      ({ what, seat }) => what === "take" && claim.able.includes(seat) && sight.isIn(seat, together),
    );
    if (!taken || sight.failedThings(taken.seat).length > 0) continue;
    const from = beginOf(start, claim, strike, deeds);
    if (from === undefined) continue;
    const limit = (strike.is === "stop" ? farewell : patience) + aMoment;
    const length = taken.at - from;
    if (length > limit) {
      const about = { team: claim.meant[0] ?? 0, address: claim.address };
      return [{ property: "explore-late-takeover", ...about, seats: [taken.seat], length, limit }];
    }
  }
  return [];
}

/** When the address had to move: its holder went, or believed that a check failed. */
function beginOf(start: World, claim: Claim, strike: Strike, deeds: readonly Deed[]): Micros | undefined {
  switch (strike.is) {
    case "kill":
    case "stop":
    case "split":
      return start.now;
    case "down": {
      const left = deeds.find(({ what, seat }) => what === "leave" && claim.able.includes(seat));
      const taken = deeds.find(({ what, seat }) => what === "take" && claim.able.includes(seat));
      const believed = start.findings.at(-1)?.at ?? start.now;
      return left && taken && left.at < taken.at ? left.at : believed;
    }
    default:
      return undefined;
  }
}
