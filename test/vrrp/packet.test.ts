import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { soundArrival } from "../../src/vrrp/arrival.ts";
import { internetChecksum } from "../../src/vrrp/packet-checksum.ts";
import { emptyMemory, receive } from "../../src/vrrp/receive.ts";
import { encodePacket } from "../../src/vrrp/wire.ts";
import { sendings } from "./random.ts";
import { arrival, counters, packetOf, receptionOf, verdictOn } from "./support.ts";

describe("what is written", () => {
  test("is read as what it was, and taken", () => {
    fc.assert(
      fc.property(sendings, (sending) => {
        const bytes = encodePacket(sending.advert, sending.wire, sending.path, counters);
        expect(arrival(bytes, sending.wire)).toMatchObject({
          ...sending.advert,
          source: sending.path.source,
          multicast: !sending.wire.unicast,
          length: "fits",
          totalLength: "fits",
        });
        const expected = {
          ...receptionOf(sending.advert, sending.wire),
          peers: [{ address: sending.path.source, lowestHopLimit: 255, highestHopLimit: 255 }],
        };
        const { reason, notes } = verdictOn(bytes, expected);
        expect({ reason, notes }).toEqual({ notes: [] });
      }),
    );
  });

  test("arrives as it does on a network without bytes", () => {
    fc.assert(
      fc.property(sendings, sendings, ({ advert: sent, wire, path }, { wire: other }) => {
        fc.pre(sent.family === 6 || !other.multicastGroup.includes(":"));
        const sender = { source: path.source, hopLimit: path.hopLimit, wire };
        for (const reading of [wire, other]) {
          const found = arrival(encodePacket(sent, wire, path, counters), reading);
          expect(soundArrival(sent, sender, counters, reading)).toEqual(found);
        }
      }),
    );
  });

  test("is refused when any bit of the message is another one", () => {
    fc.assert(
      fc.property(
        sendings,
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        ({ advert: sent, wire, path }, place, bit) => {
          fc.pre(wire.checksum !== "message-only");
          const bytes = encodePacket(sent, wire, path, counters);
          const header = sent.family === 4 ? 20 : 40;
          const at = header + (place % (bytes.length - header));
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
          const arrived = arrival(bytes, wire);
          const expected = {
            ...receptionOf(sent, wire),
            peers: [{ address: path.source, lowestHopLimit: 255, highestHopLimit: 255 }],
          };
          const circumstances = { checkAddresses: true, owner: false, clock: 1000 };
          if (arrived) expect(receive(expected, emptyMemory, arrived, circumstances).reason).toBeDefined();
        },
      ),
    );
  });
});

describe("any bytes", () => {
  test("are read without an exception, and random ones are never taken", () => {
    fc.assert(
      fc.property(
        sendings,
        fc.uint8Array({ maxLength: 120, size: "max" }),
        ({ advert: sent, wire }, bytes) => {
          bytes[0] = (sent.family << 4) | ((bytes[0] ?? 0) & 0xf);
          const arrived = arrival(bytes, wire);
          if (arrived) expect(verdictOn(bytes, receptionOf(sent, wire)).reason).toBeDefined();
        },
      ),
      { numRuns: 5000 },
    );
  });

  test("cut anywhere are read without an exception and not taken", () => {
    fc.assert(
      fc.property(sendings, fc.nat(), ({ advert: sent, wire, path }, place) => {
        const whole = encodePacket(sent, wire, path, counters);
        const bytes = whole.subarray(0, place % whole.length);
        const arrived = arrival(bytes, wire);
        if (arrived) expect(verdictOn(bytes, receptionOf(sent, wire)).reason).toBeDefined();
      }),
    );
  });
});

test("the checksum of RFC 1071, also of an odd number of bytes", () => {
  expect(internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7))).toBe(0x220d);
  expect(internetChecksum(Uint8Array.of(0xff))).toBe(0x00ff);
});

test("a message without addresses has its header only", () => {
  expect(packetOf({ addresses: [] }).length).toBe(28);
});
