/** A packet from a socket, as events for the instances that it is for. */
import { arrivalOf } from "../../vrrp/arrival.ts";
import type { GroupEvent } from "../../vrrp/group.ts";
import { ahProtocol, ahSize } from "../../vrrp/packet-ah.ts";
import { type Packet, readPacket } from "../../vrrp/packet-ip.ts";
import type { Clock } from "../ports.ts";
import type { Door } from "./doors.ts";
import type { Part } from "./part.ts";
import { countReceived } from "./statistics.ts";

interface Seat {
  readonly part: Part;
  readonly index: number;
}

export interface Delivery {
  readonly part: Part;
  readonly event: GroupEvent;
}

/** Who sits behind which socket, by VRID: with hundreds of instances most packets are for others. */
export class Directory {
  readonly #seats = new Map<Door, Map<number, Seat[]>>();

  constructor(parts: readonly Part[]) {
    for (const part of parts) {
      part.members.forEach(({ door, config }, index) => {
        const { vrid } = config.advert;
        const seats = this.#seats.get(door) ?? new Map<number, Seat[]>();
        this.#seats.set(door, seats);
        seats.set(vrid, [...(seats.get(vrid) ?? []), { part, index }]);
      });
    }
  }

  /** Every instance of the socket with the packet's VRID hears it; a packet that cannot be read is for nobody. */
  deliveries(door: Door, bytes: Uint8Array, clock: Pick<Clock, "unix">): readonly Delivery[] {
    const packet = readPacket(bytes);
    const vrid = packet && vridOf(packet);
    const seats = vrid === undefined ? undefined : this.#seats.get(door)?.get(vrid);
    if (!packet || !seats) return [];
    return seats.flatMap((seat) => heardAt(seat, packet, clock));
  }
}

/** The second byte of the VRRP message. */
function vridOf({ family, protocol, payload }: Packet): number | undefined {
  return payload[family === 4 && protocol === ahProtocol ? ahSize + 1 : 1];
}

function heardAt({ part, index }: Seat, packet: Packet, clock: Pick<Clock, "unix">): readonly Delivery[] {
  const member = part.members[index];
  const wire = member?.config.reception.wire;
  const arrival = wire && arrivalOf(packet, wire);
  if (!member || !arrival) return [];
  countReceived(member.statistics, arrival.priority);
  const time = wire.signing ? { clock: clock.unix() } : {};
  return [{ part, event: { on: "advert", member: index, arrival, ...time } }];
}
