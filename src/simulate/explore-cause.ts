/** Which lines of the files cause what went wrong. */
import type { Place, Related } from "../diagnostic.ts";
import type { Instance, Member, Tracker } from "../model/host.ts";
import { trackerId } from "../model/machine-config.ts";
import { lineOf } from "../rules/support.ts";
import type { Board } from "./explore-board.ts";
import { differenceBetween } from "./explore-difference.ts";
import type { Breach } from "./explore-judge.ts";

/** The line to blame, others that explain it, and what they say together, as a sentence; empty when nothing more is known. */
export interface Cause {
  readonly at: Place;
  readonly related: readonly Related[];
  readonly words: string;
}

/** The lines behind a breach. */
export function causeOf(board: Board, breach: Breach): Cause {
  const members = breach.seats.map((seat) => board.members[seat] as Member);
  const [first, second] = members;
  if (!first) throw new Error("A breach concerns somebody.");
  switch (breach.property) {
    case "explore-two-holders":
    case "explore-not-heard":
      return apart(board, breach.seats) ?? owners(members) ?? paces(members) ?? header(members);
    case "explore-several-takeovers":
      return apart(board, breach.seats) ?? missedAdverts(members);
    case "explore-no-holder":
      return lacking(board, breach) ?? stranger(board, breach) ?? priorities(grouped(board, breach.seats));
    case "explore-check-ignored":
      return ignored(board, breach);
    case "explore-check-missing":
      return unchecked(first, second ?? first);
    case "explore-wrong-holder":
    case "explore-flapping":
      return priorities(grouped(board, breach.seats));
    case "explore-lost-advert":
      return missedAdverts([first]);
    case "explore-nopreempt":
      return displacement(board, breach);
    case "explore-late-takeover":
      return slowness(first.instance);
    case "explore-group-apart":
      return ungrouped(board, breach);
    default:
      return header(members);
  }
}

function header(members: readonly Member[]): Cause {
  const [first, ...others] = members as readonly [Member, ...Member[]];
  const related = others.map(({ host, instance }) => ({
    at: instance.at,
    message: `${host.shownAs}: the other one`,
  }));
  return { at: first.instance.at, related, words: "" };
}

/** Why two of these hosts do not hear each other. */
function apart(board: Board, seats: readonly number[]): Cause | undefined {
  for (const one of seats) {
    for (const other of seats) {
      if (board.hostOf[one] === board.hostOf[other]) continue;
      const found = differenceBetween(board, one, other) ?? differenceBetween(board, other, one);
      if (found) return found;
    }
  }
  return undefined;
}

function owners(members: readonly Member[]): Cause | undefined {
  return members.every(({ instance }) => instance.priority.value === 255)
    ? { ...priorities(members), words: "Both own the addresses (priority 255)." }
    : undefined;
}

/** One waits for less time than the other needs from advert to advert. */
function paces(members: readonly Member[]): Cause | undefined {
  const [first, second] = members;
  if (!first || !second) return undefined;
  const [own, theirs] = [first.instance.advertInterval, second.instance.advertInterval];
  if (own.value === theirs.value) return undefined;
  const words = `advert_int is ${own.value} s in ${first.host.shownAs} and ${theirs.value} s in ${second.host.shownAs}: it waits too short a time for the first advert.`;
  const message = `${second.host.shownAs}: advert_int is ${theirs.value} s`;
  return { at: own.at, related: [{ at: theirs.at, message }], words };
}

/** With the other members of sync groups, whose priorities count as well. */
function grouped(board: Board, seats: readonly number[]): readonly Member[] {
  const parts = new Set(seats.flatMap((seat) => board.teamOf[seat] ?? []).map((seat) => board.partOf[seat]));
  const all = [...seats, ...[...parts].flatMap((part) => board.parts[part ?? 0]?.seats ?? [])];
  return [...new Set(all)].map((seat) => board.members[seat] as Member);
}

function priorities(members: readonly Member[]): Cause {
  const [first, ...others] = members as readonly [Member, ...Member[]];
  const say = ({ host, instance }: Member) => ({
    at: instance.priority.at,
    message: `${host.shownAs}: ${instance.name} has priority ${instance.priority.value}`,
  });
  return { at: first.instance.priority.at, related: others.map(say), words: "" };
}

/** Somebody able lacks the address. */
function lacking(board: Board, { seats, address }: Breach): Cause | undefined {
  const without = seats.find((seat) => !board.seats[seat]?.addresses.includes(address ?? ""));
  const claim = board.claims.find((one) => one.address === address && one.meant.includes(seats[0] ?? -1));
  if (without === undefined || !claim) return undefined;
  const { instance } = board.members[without] as Member;
  const related = claim.able.map((seat) => {
    const { host, instance: other } = board.members[seat] as Member;
    const at = [...other.addresses, ...other.excluded].find((one) => one.address === address)?.at;
    return { at: at ?? other.at, message: `${host.shownAs} has it` };
  });
  const at = lineOf(instance, "virtual_ipaddress")?.words[0]?.at ?? instance.at;
  return { at, related, words: `${address} is not among its addresses.` };
}

/** Another cluster with the same number on the same network, whose master keeps this one quiet. */
function stranger(board: Board, { seats }: Breach): Cause | undefined {
  for (const seat of seats) {
    const other = board.seats.findIndex((_, index) => {
      return board.listeners[index]?.includes(seat) && !board.teamOf[seat]?.includes(index);
    });
    const [own, theirs] = [board.members[seat], board.members[other]];
    if (!own?.instance.vrid || !theirs?.instance.vrid) continue;
    const message = `${theirs.host.shownAs}: ${theirs.instance.name} has the same number`;
    const words = `${theirs.instance.name} of ${theirs.host.shownAs} uses the same virtual_router_id on the same network.`;
    return { at: own.instance.vrid.at, related: [{ at: theirs.instance.vrid.at, message }], words };
  }
  return undefined;
}

function trackersOf({ host, instance }: Member): readonly Tracker[] {
  const group = host.groups.find(({ name }) => name === instance.group);
  return [...instance.trackers, ...(group?.trackers ?? [])];
}

function ignored(board: Board, { seats, things = [] }: Breach): Cause {
  const [holder, next] = seats.map((seat) => board.members[seat] as Member) as [Member, Member];
  const names = new Set(things.map((thing) => board.things[thing]?.name));
  const failed = trackersOf(holder).filter((tracker) => names.has(tracker.name));
  const undefinedOne = failed.find(({ ignored: why }) => why === "undefined-name");
  const { nopreempt, priority } = next.instance;
  const related: Related[] = [
    { at: priority.at, message: `${next.host.shownAs} has priority ${priority.value}` },
    ...(nopreempt.value
      ? [{ at: nopreempt.at, message: `${next.host.shownAs} does not take over from a live master` }]
      : []),
  ];
  const tracker = undefinedOne ?? failed[0];
  const at = (tracker && !tracker.ignored ? tracker.weight.at : tracker?.at) ?? holder.instance.at;
  return { at, related, words: reasonToStay(failed, next) };
}

function reasonToStay(failed: readonly Tracker[], next: Member): string {
  const [first] = failed;
  if (failed.some(({ ignored: why }) => why === "undefined-name")) return "Nothing of that name is defined.";
  if (first?.ignored === "sync-group") return "A weight counts for nothing in a sync group.";
  if (first?.ignored === "owner") return "Nothing changes the priority of an owner (255).";
  if (next.instance.nopreempt.value) return `nopreempt keeps ${next.host.shownAs} from taking over.`;
  return `The weights do not bring it below ${next.host.shownAs}.`;
}

function unchecked({ host, instance }: Member, having: Member): Cause {
  const own = new Set(trackersOf({ host, instance }).map(trackerId));
  const missing = trackersOf(having).filter(
    (tracker) => tracker.kind !== "interface" && !own.has(trackerId(tracker)),
  );
  const related = missing.map(({ at, name }) => ({ at, message: `${having.host.shownAs} checks ${name}` }));
  return {
    at: instance.at,
    related,
    words: `It does not check ${missing.map(({ name }) => name).join(", ")}.`,
  };
}

function missedAdverts(members: readonly Member[]): Cause {
  const say = ({ host, instance: { downTimerAdverts } }: Member) => ({
    at: downTimerAdverts.at,
    message: `${host.shownAs}: down_timer_adverts is ${downTimerAdverts.value}`,
  });
  const [first, ...others] = members.map(say);
  const at = first?.at ?? (members[0] as Member).instance.at;
  return { at, related: others, words: "" };
}

/** nopreempt that is written and does not count, or that another host should have. */
function displacement(board: Board, { seats }: Breach): Cause {
  const [taker = 0, holder = 0] = seats;
  const { host, instance } = board.members[taker] as Member;
  const { nopreempt, state, priority } = instance;
  if (nopreempt.value)
    return (
      differenceBetween(board, holder, taker) ?? header(seats.map((seat) => board.members[seat] as Member))
    );
  if (nopreempt.written) {
    const because = state.value === "MASTER" ? state.at : priority.at;
    const words = `keepalived ignores nopreempt with ${state.value === "MASTER" ? "state MASTER" : "priority 255"}.`;
    return {
      at: nopreempt.at,
      related: [{ at: because, message: `${host.shownAs}: because of this` }],
      words,
    };
  }
  const having = (board.teamOf[taker] ?? [])
    .map((seat) => board.members[seat] as Member)
    .find((one) => one.instance.nopreempt.written);
  const related = having
    ? [{ at: having.instance.nopreempt.at, message: `${having.host.shownAs} has it here, without effect` }]
    : [];
  return {
    at: instance.at,
    related,
    words: "It has no nopreempt; that of the other host does not hold it back.",
  };
}

function slowness({ preemptDelay, advertInterval }: Instance): Cause {
  return preemptDelay.value > 0
    ? { at: preemptDelay.at, related: [], words: `preempt_delay makes it wait ${preemptDelay.value} s.` }
    : { at: advertInterval.at, related: [], words: "" };
}

/** What one host has in a group, another one has apart. */
function ungrouped(board: Board, { seats, team }: Breach): Cause {
  const [without, ...held] = seats.map((seat) => board.members[seat] as Member) as [Member, ...Member[]];
  const { host, instance } = board.members[team] as Member;
  const group = host.groups.find(({ name }) => name === instance.group);
  const related = [
    ...(group ? [{ at: group.at, message: `${host.shownAs} has them in one sync group` }] : []),
    ...held.map((one) => ({
      at: one.instance.at,
      message: `${one.host.shownAs} keeps ${one.instance.name}`,
    })),
  ];
  return { at: without.instance.at, related, words: "" };
}
