/** Why one instance does not hear another one, by their lines. */
import type { Place } from "../diagnostic.ts";
import type { Instance, Member, Spot } from "../model/host.ts";
import { lineOf } from "../rules/support.ts";
import { soundArrival } from "../vrrp/arrival.ts";
import type { Reason } from "../vrrp/reasons.ts";
import { reasons } from "../vrrp/reasons.ts";
import { emptyMemory, receive } from "../vrrp/receive.ts";
import type { Board } from "./explore-board.ts";
import type { Cause } from "./explore-cause.ts";

/** Why adverts of `from` are not taken by `to`; undefined when they are. */
export function differenceBetween(board: Board, from: number, to: number): Cause | undefined {
  const [sender, receiver] = [board.members[from] as Member, board.members[to] as Member];
  if (!board.listeners[from]?.includes(to)) return unreached(board, sender, receiver, from, to);
  const reason = refusal(board, from, to);
  if (reason === undefined) return undefined;
  const words = `${receiver.host.shownAs} refuses the adverts of ${sender.host.shownAs}: ${lowered(reasons[reason])}`;
  return between(receiver, sender, placeFor(reason), words);
}

function lowered(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

function refusal(board: Board, from: number, to: number): Reason | undefined {
  const sender = board.seats[from]?.machine.config;
  const receiver = board.seats[to]?.machine.config;
  if (!sender || !receiver) return undefined;
  const { source, hopLimit, reception } = sender;
  const advert = { ...sender.advert, priority: sender.priority };
  const counters = { sequence: 1, stamp: { seconds: 0, fraction: 0 } };
  const arrival = soundArrival(
    advert,
    { source, hopLimit, wire: reception.wire },
    counters,
    receiver.reception.wire,
  );
  return receive(receiver.reception, emptyMemory, arrival, {
    checkAddresses: true,
    owner: receiver.priority === 255,
  }).reason;
}

type PlaceIn = (instance: Instance) => Place | undefined;

function between(one: Member, other: Member, placeIn: PlaceIn, words: string): Cause {
  const at = placeIn(one.instance) ?? one.instance.at;
  const there = placeIn(other.instance) ?? other.instance.at;
  return { at, related: [{ at: there, message: `${other.host.shownAs}: to compare` }], words };
}

/** The line behind a reason for refusing an advert. */
function placeFor(reason: Reason): PlaceIn {
  if (reason.startsWith("trailer") || reason === "length")
    return (instance) => placeOf(instance, "auth_hmac");
  if (reason === "password" || reason.startsWith("ah-s"))
    return ({ authentication }) => authentication.value.passwordAt ?? authentication.at;
  if (reason.startsWith("auth") || reason.startsWith("ah-"))
    return ({ authentication }) => authentication.value.typeAt ?? authentication.at;
  if (reason.startsWith("address")) return (instance) => placeOf(instance, "virtual_ipaddress");
  if (reason === "checksum")
    return (instance) => placeOf(instance, "v3_checksum_as_v2") ?? placeOf(instance, "version");
  if (reason.includes("cast")) return (instance) => placeOf(instance, "unicast_peer");
  const spots: Partial<Record<Reason, (instance: Instance) => Spot<unknown>>> = {
    version: ({ version }) => version,
    interval: ({ advertInterval }) => advertInterval,
    owner: ({ priority }) => priority,
  };
  return (instance) => spots[reason]?.(instance).at;
}

function placeOf(instance: Instance, keyword: string): Place | undefined {
  return lineOf(instance, keyword)?.words[0]?.at;
}

/** Why no advert gets there at all. */
function unreached(board: Board, sender: Member, receiver: Member, from: number, to: number): Cause {
  const [one, other] = [sender.instance, receiver.instance];
  const [here, there] = [sender.host.shownAs, receiver.host.shownAs];
  const cause = (placeIn: PlaceIn, words: string) => between(sender, receiver, placeIn, words);
  if (one.family !== other.family)
    return cause(
      () => undefined,
      `${one.name} moves IPv${one.family} here and IPv${other.family} in ${there}.`,
    );
  if (one.vrid?.value !== other.vrid?.value)
    return cause(
      ({ vrid }) => vrid?.at,
      `virtual_router_id is ${one.vrid?.value} in ${here} and ${other.vrid?.value} in ${there}.`,
    );
  if (one.unicast !== other.unicast) {
    const [single, group] = one.unicast ? [here, there] : [there, here];
    return cause(
      (instance) => placeOf(instance, "unicast_peer"),
      `${single} sends unicast, ${group} multicast.`,
    );
  }
  if (one.unicast) {
    const source = board.seats[to]?.machine.config.source;
    return cause(
      (instance) => placeOf(instance, "unicast_peer"),
      `${here} does not list ${source} of ${there} as a peer.`,
    );
  }
  if (one.multicastGroup.value !== other.multicastGroup.value)
    return cause(
      ({ multicastGroup }) => multicastGroup.at,
      `${here} sends to ${one.multicastGroup.value}, ${there} listens to ${other.multicastGroup.value}.`,
    );
  const [first, second] = [from, to].map((seat) => board.members[seat]?.instance.interface?.value);
  return cause(
    (instance) => instance.interface?.at,
    `One sends on ${first}, the other listens on ${second}.`,
  );
}
