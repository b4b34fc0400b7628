/** Short ways to send and receive in tests. */
import { type Arrival, arrivalOf } from "../../src/vrrp/arrival.ts";
import type { Advert } from "../../src/vrrp/packet.ts";
import { type Path, readPacket } from "../../src/vrrp/packet-ip.ts";
import { newest } from "../../src/vrrp/quirks.ts";
import {
  type Circumstances,
  emptyMemory,
  type Memory,
  type Reception,
  receive,
  type Verdict,
} from "../../src/vrrp/receive.ts";
import { second } from "../../src/vrrp/time.ts";
import { type Counters, encodePacket, plainWire, type Wire } from "../../src/vrrp/wire.ts";

/** Version 3 over IPv4, multicast, without anything special. */
export const advert: Advert = {
  family: 4,
  version: 3,
  vrid: 51,
  priority: 150,
  interval: second,
  addresses: ["10.0.0.100"],
};

export const multicast: Path = { source: "10.0.0.1", destination: "224.0.0.18", hopLimit: 255 };
export const unicast: Path = { source: "10.0.0.1", destination: "10.0.0.2", hopLimit: 255 };

export const counters: Counters = { identification: 1, sequence: 1, stamp: { seconds: 1000, fraction: 0 } };

/** What a host expects that is configured like the sender. */
export function receptionOf(of: Advert, wire: Wire): Reception {
  return {
    version: of.version,
    vrid: of.vrid,
    interval: of.interval,
    addresses: of.addresses,
    wire,
    peers: [],
    checkSource: false,
    learnsGroupChecksum: true,
    ownerIgnores: false,
    quirks: newest,
  };
}

/** The bytes of an advert as keepalived would send it. */
export function packetOf(
  change: Partial<Advert> = {},
  wire: Wire = plainWire(4),
  path = multicast,
): Uint8Array {
  return encodePacket({ ...advert, ...change }, wire, path, counters);
}

/** Reads bytes that are a packet. */
export function arrival(bytes: Uint8Array, wire: Wire): Arrival | undefined {
  const packet = readPacket(bytes);
  return packet && arrivalOf(packet, wire);
}

/** What a receiver makes of bytes. */
export function verdictOn(
  bytes: Uint8Array,
  expected: Reception,
  more: { readonly memory?: Memory; readonly circumstances?: Partial<Circumstances> } = {},
): Verdict {
  const arrived = arrival(bytes, expected.wire);
  if (!arrived) throw new Error("The packet was not read.");
  const circumstances = { checkAddresses: true, owner: false, clock: 1000, ...more.circumstances };
  return receive(expected, more.memory ?? emptyMemory, arrived, circumstances);
}
