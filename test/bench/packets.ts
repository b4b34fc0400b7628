/** A million damaged adverts: none may break the reading, and how fast they are read and judged. */
import { arrivalOf } from "../../src/vrrp/arrival.ts";
import { multicastGroups, readPacket } from "../../src/vrrp/packet-ip.ts";
import { newest } from "../../src/vrrp/quirks.ts";
import { emptyMemory, type Reception, receive } from "../../src/vrrp/receive.ts";
import { second } from "../../src/vrrp/time.ts";
import { encodePacket, passwordKey, plainWire, type Wire } from "../../src/vrrp/wire.ts";

const inputs = 1_000_000;

/** Reads and judges the packets, and writes what became of them. */
export async function bench(write: (line: string) => void): Promise<void> {
  const samples = samplesOf();
  const random = chance(20_261_123);
  const counts = { taken: 0, refused: 0, unreadable: 0 };
  const start = performance.now();
  for (let done = 0; done < inputs; done++) {
    const { bytes, reception } = samples[done % samples.length] as Sample;
    const packet = readPacket(damaged(bytes, random));
    const arrival = packet && arrivalOf(packet, reception.wire);
    if (!arrival) counts.unreadable++;
    else if (receive(reception, emptyMemory, arrival, circumstances).reason) counts.refused++;
    else counts.taken++;
  }
  const seconds = (performance.now() - start) / 1000;
  write(`${inputs} damaged adverts in ${seconds.toFixed(1)} s: ${JSON.stringify(counts)}`);
}

const circumstances = { checkAddresses: true, owner: false, clock: 1000 };

interface Sample {
  readonly bytes: Uint8Array;
  readonly reception: Reception;
}

function samplesOf(): readonly Sample[] {
  const key = passwordKey("s3cret");
  const keys = { 1: new Uint8Array(32).fill(7) };
  const plain = plainWire(4);
  return [
    sample(4, 2, { ...plain, authentication: { type: "PASS", key } }),
    sample(4, 2, { ...plain, authentication: { type: "AH", key } }),
    sample(4, 3, plain),
    sample(4, 3, { ...plain, signing: { keys, active: 1, mode: "enforce", window: 5 } }),
    sample(6, 3, plainWire(6)),
  ];
}

function sample(family: 4 | 6, version: 2 | 3, wire: Wire): Sample {
  const addresses = family === 4 ? ["10.0.0.100", "10.0.0.101"] : ["fe80::100"];
  const source = family === 4 ? "10.0.0.1" : "fe80::1";
  const advert = { family, version, vrid: 51, priority: 150, interval: second, addresses };
  const path = { source, destination: multicastGroups[family], hopLimit: 255 };
  const counters = { identification: 1, sequence: 1, stamp: { seconds: 1000, fraction: 0 } };
  return {
    bytes: encodePacket(advert, wire, path, counters),
    reception: {
      ...advert,
      wire,
      peers: [],
      checkSource: false,
      learnsGroupChecksum: true,
      ownerIgnores: false,
      quirks: newest,
    },
  };
}

/** Up to four bytes become others, and one packet in four is cut or gets longer. */
function damaged(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const length = random(4) === 0 ? random(bytes.length + 40) : bytes.length;
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(0, length));
  for (let left = random(5); left > 0; left--) copy[random(length || 1)] = random(256);
  return copy;
}

/** Whole numbers below a limit, the same ones for the same seed. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
