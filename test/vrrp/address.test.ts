import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "../../src/schema/address.ts";
import { addressBytes, addressText, compareAddresses, isMulticast } from "../../src/vrrp/address.ts";

const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 });
/** With runs of zeros, which the text shortens. */
const ipv6 = fc
  .array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 })
  .map((groups) => Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff])));
const either = fc.oneof(ipv4, ipv6);

describe("addresses", () => {
  test("are the same after text and back, and the text is the canonical one", () => {
    fc.assert(
      fc.property(either, (bytes) => {
        const text = addressText(bytes);
        expect(addressBytes(text)).toEqual(bytes);
        expect(parseAddress(text)?.address).toBe(text);
      }),
    );
  });

  test.each([
    ["::", new Array(16).fill(0)],
    ["::1", [...new Array(15).fill(0), 1]],
    ["FE80:0::1", [0xfe, 0x80, ...new Array(13).fill(0), 1]],
    ["::ffff:10.0.0.1", [...new Array(10).fill(0), 0xff, 0xff, 10, 0, 0, 1]],
    ["1:2:3:4:5:6:7::", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]],
  ])("%s is read", (text, bytes) => {
    expect([...addressBytes(text)]).toEqual(bytes);
  });

  test.each([
    "",
    "10.0.0",
    "10.0.0.256",
    "10.0.0.x",
    "1:2:3",
    "1::2::3:4:5:6:7:8:9",
    "::1.2.3",
    "1:2:3:4:5:6:7:8:9",
    "fffff::",
  ])("%s is a broken promise", (text) => {
    expect(() => addressBytes(text)).toThrow(/is not an IP address/);
  });

  test("are compared as numbers", () => {
    const value = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
    for (const family of [ipv4, ipv6]) {
      fc.assert(
        fc.property(family, family, (one, other) => {
          const order = Math.sign(compareAddresses(addressText(one), addressText(other)));
          expect(order).toBe(value(one) > value(other) ? 1 : value(one) < value(other) ? -1 : 0);
        }),
      );
    }
  });

  test.each([
    ["224.0.0.18", true],
    ["239.255.255.255", true],
    ["223.0.0.1", false],
    ["240.0.0.1", false],
    ["ff02::12", true],
    ["fe80::1", false],
  ])("%s is a multicast group: %s", (text, expected) => {
    expect(isMulticast(text)).toBe(expected);
  });
});
