/**
 * Adverts of a real keepalived, byte for byte. `UPDATE=1 npx vitest run test/vrrp/vectors.test.ts` records them anew in
 * the lab; without a lab, the recorded ones serve.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { arrivalOf } from "../../src/vrrp/arrival.ts";
import { readPacket } from "../../src/vrrp/packet-ip.ts";
import { bookworm } from "../../src/vrrp/quirks.ts";
import { emptyMemory, type Reception, receive } from "../../src/vrrp/receive.ts";
import { encodePacket } from "../../src/vrrp/wire.ts";
import { needsLab } from "../support/lab.ts";
import { type Kind, kinds, sender } from "./kinds.ts";
import { type Recording, record, type Vector } from "./record.ts";

const file = new URL("vectors.json", import.meta.url);
if (process.env["UPDATE"] && needsLab()) {
  writeFileSync(file, `${JSON.stringify(await record(), undefined, 2)}\n`);
}
const recording: Recording = JSON.parse(readFileSync(file, "utf8"));

const kindOf = (vector: Vector) => kinds.find(({ name }) => name === vector.kind) as Kind;
const bytesOf = (vector: Vector) => Uint8Array.from(Buffer.from(vector.packet, "hex"));

/** Numbers that keepalived or Linux chooses from packet to packet. */
function countersOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer);
  const ipv6 = view.getUint8(0) >> 4 === 6;
  const sequence = !ipv6 && view.getUint8(9) === 51 ? view.getUint32(28) : 0;
  const identification = ipv6 ? view.getUint32(0) & 0xfffff : view.getUint16(4);
  return { identification, sequence, stamp: { seconds: 0, fraction: 0 } };
}

describe("an advert of keepalived", () => {
  test("was recorded for each kind and destination, and of each the last one with priority 0", () => {
    const has = (name: string, destination: string, priority: number) =>
      recording.vectors.some(
        (each) => each.kind === name && each.destination === destination && each.priority === priority,
      );
    const missing = kinds.flatMap(({ name, destinations, advert }) =>
      destinations.flatMap((destination) =>
        [advert.priority, 0].flatMap((priority) =>
          has(name, destination, priority) ? [] : [`${name} ${destination} ${priority}`],
        ),
      ),
    );
    expect(missing).toEqual([]);
  });

  test.each(recording.vectors)("$kind to $destination, priority $priority: has our bytes", (vector) => {
    const { advert, wire, hopLimit } = kindOf(vector);
    const path = { source: sender[advert.family], destination: vector.destination, hopLimit };
    const ours = encodePacket(
      { ...advert, priority: vector.priority },
      wire,
      path,
      countersOf(bytesOf(vector)),
    );
    expect(Buffer.from(ours).toString("hex")).toBe(vector.packet);
  });

  test.each(recording.vectors)("$kind to $destination, priority $priority: is taken", (vector) => {
    const { advert, wire } = kindOf(vector);
    const packet = readPacket(bytesOf(vector));
    const arrival = packet && arrivalOf(packet, wire);
    if (!arrival) throw new Error("The packet was not read.");
    expect(arrival).toMatchObject({ ...advert, priority: vector.priority, source: sender[advert.family] });
    const expected: Reception = {
      ...advert,
      wire,
      peers: [],
      checkSource: false,
      learnsGroupChecksum: false,
      ownerIgnores: false,
      quirks: bookworm,
    };
    const { reason, notes } = receive(expected, emptyMemory, arrival, { checkAddresses: true, owner: false });
    expect({ reason, notes }).toEqual({ reason: undefined, notes: [] });
  });
});
