import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bitsOf,
  contains,
  isLinkLocal,
  isMulticast,
  type ParsedAddress,
  parseAddress,
  sameNetwork,
  textOf,
} from "../../src/schema/address.ts";

const read = (text: string) => {
  const address = parseAddress(text);
  if (!address) throw new Error(`${text} is no address`);
  return address;
};

describe("parseAddress", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["255.255.255.255", "255.255.255.255"],
    ["::", "::"],
    ["::1", "::1"],
    ["2001:DB8::0001", "2001:db8::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["fe80::", "fe80::"],
    ["::ffff:10.0.0.1", "::ffff:10.0.0.1"],
    ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
  ])("reads %s as %s", (text, canonical) => {
    expect(parseAddress(text)?.address).toBe(canonical);
  });

  it.each([
    "",
    "10.0.0",
    "10.0.0.256",
    "10.0.0.010",
    "10.0.0.1.",
    "10.0.0.1:80",
    "10.0.0.1/33",
    "10.0.0.1/255.255.255.0",
    "10.0.0.1/",
    "10.0.0.1,",
    "2001:db8::1/129",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    "1:2:3:4::5:6:7:8",
    "12345::",
    ":1:2:3:4:5:6:7",
    "fe80::1%eth0",
    "10.0.0.1-256",
    "10.0.0.1-ff",
    "example.org",
  ])("refuses %j", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it("keeps prefix and range apart from the address", () => {
    expect(parseAddress("10.0.0.1/08")).toMatchObject({ address: "10.0.0.1", prefix: 8 });
    expect(parseAddress("10.0.0.1-20")).toMatchObject({ address: "10.0.0.1", rangeEnd: 20 });
    expect(parseAddress("2001:db8::1-ff")).toMatchObject({ address: "2001:db8::1", rangeEnd: 255 });
  });
});

const anyAddress = fc.oneof(
  fc.tuple(fc.constant(4 as const), fc.bigInt({ min: 0n, max: (1n << 32n) - 1n })),
  fc.tuple(fc.constant(6 as const), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n })),
  // Groups that are often zero, so that shortening is met.
  fc.tuple(
    fc.constant(6 as const),
    fc
      .array(fc.constantFrom<bigint[]>(0n, 0n, 0n, 1n, 0xffffn, 0xabn), { minLength: 8, maxLength: 8 })
      .map((groups) => groups.reduce<bigint>((value, group) => (value << 16n) | group, 0n)),
  ),
);

const made = (family: 4 | 6, value: bigint): ParsedAddress => ({
  family,
  value,
  address: textOf(family, value),
});

describe("laws", () => {
  it("canonical text reads back as the same address and is its own canonical text", () => {
    fc.assert(
      fc.property(anyAddress, ([family, value]) => {
        expect(parseAddress(textOf(family, value))).toEqual(made(family, value));
      }),
    );
  });

  it("a full spelling means the same as the canonical one", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
        const full = value.toString(16).padStart(32, "0").toUpperCase().match(/.{4}/g)?.join(":") ?? "";
        expect(read(full).value).toBe(value);
      }),
    );
  });

  it("two addresses share a network of n bits exactly when their first n bits agree", () => {
    fc.assert(
      fc.property(anyAddress, fc.nat(127), fc.nat(128), ([family, value], flip, length) => {
        const bits = bitsOf(family);
        const bit = flip % bits;
        const prefix = length % (bits + 1);
        const other = value ^ (1n << BigInt(bits - 1 - bit));
        expect(sameNetwork(made(family, value), made(family, other), prefix)).toBe(bit >= prefix);
      }),
    );
  });

  it("never throws on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789abfF:./-%x ") }), (text) => {
        parseAddress(text);
      }),
    );
  });
});

describe("networks and kinds", () => {
  it("a network holds its addresses", () => {
    expect(contains(read("10.101.0.0/22"), read("10.101.3.255"))).toBe(true);
    expect(contains(read("10.101.0.0/22"), read("10.101.4.0"))).toBe(false);
    expect(contains(read("10.0.0.1"), read("10.0.0.1/24"))).toBe(true);
    expect(contains(read("0.0.0.0/0"), read("::1"))).toBe(false);
  });

  it.each([
    ["224.0.0.18", true, false],
    ["239.255.255.255", true, false],
    ["223.255.255.255", false, false],
    ["240.0.0.1", false, false],
    ["ff02::12", true, false],
    ["169.254.1.1", false, true],
    ["fe80::1", false, true],
    ["febf::1", false, true],
    ["fec0::1", false, false],
  ])("%s: multicast %s, link-local %s", (text, multicast, linkLocal) => {
    expect(isMulticast(read(text))).toBe(multicast);
    expect(isLinkLocal(read(text))).toBe(linkLocal);
  });
});
