/** keepalived's auth_hmac (v2.4.3, keepalived/vrrp/vrrp_auth_hmac.c), computed a second time from its description. */
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isLater, nextStamp, secondsBetween } from "../../src/vrrp/packet-trailer.ts";
import { encodePacket, plainWire } from "../../src/vrrp/wire.ts";
import { signing } from "./random.ts";
import { advert, multicast } from "./support.ts";

const stamp = { seconds: 0x65a1b2c3, fraction: 0x8000_0001 };

test("28 bytes that sign pseudo header and message, with checksum and signature as zeros", () => {
  const wire = { ...plainWire(4), signing };
  const bytes = encodePacket(advert, wire, multicast, { identification: 1, sequence: 0, stamp });
  const message = Buffer.from(bytes.subarray(20, 32));
  const trailer = Buffer.from(bytes.subarray(32));
  expect(trailer.length).toBe(28);
  expect(trailer.toString("hex", 0, 12)).toBe("0101000065a1b2c380000001");
  message.fill(0, 6, 8);
  const pseudo = Buffer.from([4, 3, 51, 0, 10, 0, 0, 1, ...new Array<number>(12).fill(0)]);
  const digest = createHmac("sha256", signing.keys[1] as Uint8Array)
    .update(pseudo)
    .update(message)
    .update(trailer.subarray(0, 12))
    .update(Buffer.alloc(16))
    .digest("hex");
  expect(trailer.toString("hex", 12)).toBe(digest.slice(0, 32));
  expect(bytes.length).toBe(new DataView(bytes.buffer).getUint16(2));
});

describe("stamps", () => {
  const at = (seconds: number, fraction = 0) => ({ seconds, fraction });

  test.each([
    [at(10), at(9), true],
    [at(9), at(10), false],
    [at(9), at(9), false],
    [at(9, 2), at(9, 1), true],
    [at(0), at(0xffffffff, 0xffffffff), true],
    [at(0xffffffff), at(0), false],
  ])("%o is later than %o: %s", (one, other, expected) => {
    expect(isLater(one, other)).toBe(expected);
  });

  test.each([
    ["the clock, at first", undefined, at(5), undefined, at(5)],
    ["the clock, when it has moved on", at(4, 9), at(5), undefined, at(5)],
    ["one more, when it has not", at(5, 9), at(5), undefined, at(5, 10)],
    ["one more, carried into the seconds", at(5, 0xffffffff), at(5), undefined, at(6)],
    ["one more, when the clock was set back a little", at(9), at(5), 5, at(9, 1)],
    ["the clock, when it was set back beyond what receivers allow", at(11), at(5), 5, at(5)],
    [
      "one more, however far the clock was set back, when stamps only count",
      at(11),
      at(5),
      undefined,
      at(11, 1),
    ],
  ])("%s", (_, last, clock, window, expected) => {
    expect(nextStamp(last, clock, window)).toEqual(expected);
  });

  test("lie apart by seconds, also across the end of 32 bits", () => {
    expect(secondsBetween(at(10), at(7))).toBe(3);
    expect(secondsBetween(at(1), at(0xffffffff))).toBe(2);
  });
});
