/** An advert of an instance, to everyone it is meant for. */
import type { Action } from "../../vrrp/machine-types.ts";
import type { Stamp } from "../../vrrp/packet-trailer.ts";
import { destinationsOf, encodePacket } from "../../vrrp/wire.ts";
import type { Clock } from "../ports.ts";
import type { Member } from "./part.ts";
import { countSent } from "./statistics.ts";

/** Sends it; without a socket or an address to send from nothing leaves. */
export function send(
  member: Member,
  { advert, sequence }: Extract<Action, { readonly do: "send" }>,
  clock: Pick<Clock, "unix">,
): void {
  const { config, door, statistics } = member;
  if (!door.socket || member.plan.lacks !== undefined) return;
  const { source, hopLimit, reception } = config;
  const { wire, peers } = reception;
  countSent(statistics, advert.priority);
  member.counter += 1;
  const stamp = wire.signing ? stampAt(clock.unix(), member.counter) : { seconds: 0, fraction: 0 };
  const counters = { identification: member.counter, sequence, stamp };
  for (const destination of destinationsOf(wire, peers)) {
    door.socket.send(encodePacket(advert, wire, { source, destination, hopLimit }, counters), destination);
  }
}

/** Upwards with every advert: a second's fraction in 16 bits, then a counter. */
function stampAt(unix: number, counter: number): Stamp {
  const seconds = Math.floor(unix);
  const fraction = Math.floor((unix - seconds) * 0x10000);
  return { seconds, fraction: fraction * 0x10000 + (counter & 0xffff) };
}
