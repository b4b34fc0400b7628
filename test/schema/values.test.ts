import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Value } from "../../src/schema/types.ts";
import { byteLength, faultOf, readBoolean, readDecimal, readInteger } from "../../src/schema/values.ts";

describe("numbers", () => {
  it.each([
    ["100", 100],
    ["052", 52],
    ["+120", 120],
    ["-20", -20],
    ["  -100", -100],
    ["\t7", 7],
    ["", 0],
    ["0x10", undefined],
    ["1.0", undefined],
    ["10s", undefined],
    ["7 ", undefined],
    ["--1", undefined],
    ["１", undefined],
    ["1e3", undefined],
  ])("integer %j is %s", (text, value) => {
    expect(readInteger(text)).toBe(value);
  });

  it.each([
    ["1", 1],
    ["0.5", 0.5],
    [".5", 0.5],
    ["5.", 5],
    ["+1.5", 1.5],
    ["010.50", 10.5],
    ["1.2.3", undefined],
    ["1s", undefined],
    ["1,5", undefined],
    ["1e3", undefined],
    ["0x1", undefined],
  ])("decimal %j is %s", (text, value) => {
    expect(readDecimal(text)).toBe(value);
  });

  it("every whole number is an integer and the same decimal", () => {
    fc.assert(
      fc.property(fc.integer(), (number) => {
        expect(readInteger(String(number))).toBe(number);
        expect(readDecimal(String(number))).toBe(number);
      }),
    );
  });

  it.each([
    ["on", true],
    ["yes", true],
    ["true", true],
    ["off", false],
    ["no", false],
    ["false", false],
    ["On", undefined],
    ["1", undefined],
    ["", undefined],
  ])("boolean %j is %s", (text, value) => {
    expect(readBoolean(text)).toBe(value);
  });

  it("counts bytes, not characters", () => {
    expect(byteLength("abc")).toBe(3);
    expect(byteLength("密码")).toBe(6);
    expect(byteLength("😀")).toBe(4);
  });
});

const priority: Value = { is: "int", min: 1, max: 255 };
const interval: Value = { is: "seconds", min: 0.01, max: 255, resolution: 0.01 };
const state: Value = {
  is: "word",
  of: [
    { word: "MASTER", doc: "" },
    { word: "BACKUP", doc: "" },
  ],
};
const forever: Value = {
  is: "either",
  of: [
    { is: "word", of: [{ word: "forever", doc: "" }] },
    { is: "int", min: 0, max: 10 },
  ],
};
const peer: Value = { is: "address", prefix: "refused" };

describe("faultOf", () => {
  it.each<[Value, string, string | undefined]>([
    [priority, "100", undefined],
    [priority, "0", "out-of-range"],
    [priority, "256", "out-of-range"],
    [priority, "-1", "out-of-range"],
    [priority, "150x", "bad-number"],
    [priority, "99999999999999999999", "out-of-range"],
    [interval, "0.5", undefined],
    [interval, "1.50", undefined],
    [interval, "0.555", "bad-value"],
    [interval, "1.5000", undefined],
    [interval, "0", "out-of-range"],
    [interval, "-1", "out-of-range"],
    [interval, "500ms", "bad-number"],
    [state, "MASTER", undefined],
    [state, "master", "bad-word"],
    [{ ...state, anyCase: true }, "master", undefined],
    [{ is: "bool" }, "off", undefined],
    [{ is: "bool" }, "Off", "bad-bool"],
    [peer, "10.0.0.1", undefined],
    [peer, "::1", undefined],
    [peer, "10.0.0.1/24", "bad-address"],
    [peer, "10.0.0.1-9", "bad-address"],
    [peer, "host.example", "bad-address"],
    [{ is: "address", family: 4, prefix: "allowed" }, "::1", "bad-address"],
    [{ is: "address", family: 6, prefix: "allowed" }, "::1/64", undefined],
    [{ is: "address", prefix: "needed" }, "10.0.0.1", "bad-address"],
    [{ is: "address", prefix: "needed" }, "10.0.0.1/24", undefined],
    [{ is: "address", prefix: "refused", multicast: true }, "224.0.0.18", undefined],
    [{ is: "address", prefix: "refused", multicast: true }, "10.0.0.18", "bad-address"],
    [{ is: "address", prefix: "refused", range: true }, "10.0.0.1-9", undefined],
    [{ is: "interface" }, "eth0", undefined],
    [{ is: "interface" }, "a".repeat(15), undefined],
    [{ is: "interface" }, "a".repeat(16), "too-long"],
    [{ is: "name", maxBytes: 8 }, "密码密码", "too-long"],
    [{ is: "name" }, "x".repeat(500), undefined],
    [{ is: "text", maxBytes: 8 }, "12345678", undefined],
    [{ is: "text", maxBytes: 8 }, "123456789", "too-long"],
    [{ is: "hex" }, "00ffAB", undefined],
    [{ is: "hex" }, "0xff", "bad-value"],
    [{ is: "path" }, "anything", undefined],
    [{ is: "command" }, "", undefined],
    [{ is: "email" }, "x", undefined],
    [forever, "forever", undefined],
    [forever, "3", undefined],
    [forever, "11", "out-of-range"],
    [forever, "fourever", "bad-word"],
  ])("%j with %j: %s", (value, text, kind) => {
    expect(faultOf(value, text)?.kind).toBe(kind);
  });

  it("says what would be right and what was probably meant", () => {
    expect(faultOf(state, "master")).toEqual({
      kind: "bad-word",
      expected: "MASTER or BACKUP",
      suggestion: "MASTER",
    });
    expect(faultOf(priority, "0")?.expected).toBe("a whole number from 1 to 255");
    expect(faultOf(forever, "x")?.expected).toBe("forever, or a whole number from 0 to 10");
  });
});

describe("words of routes, rules and server groups", () => {
  const octet: Value = { is: "named-number", max: 255 };
  const table: Value = { is: "named-number", min: 1, max: 4294967295 };
  const realms: Value = { ...octet, pair: true };
  const time: Value = { is: "route-time", partsPerMillisecond: 8 };
  const anyBase: Value = { is: "int", min: 0, max: 255, anyBase: true };

  it.each<[Value, string, string]>([
    [octet, "0 255 0xff 0377 +5 link anything-else 08 5x", "256 -1 0x100 0400"],
    [table, "1 4294967295 main -1", "0 0x0"],
    [realms, "5 5/6 office/5 0x1/0xff", "256 5/256 256/5"],
    [{ is: "named-number", max: 127, decimal: true }, "6 127 tcp 0x10", "128 -1"],
    [anyBase, "0 255 0xff 0377 +5", "256 0x100 -1 08 x 5x 1.5"],
    [{ is: "range" }, "1-2 80-80 1-2x", "5 5- -5 a-b -"],
    [{ is: "mark" }, "5 0x5/0xff 010 5/ /5 4294967295", "x 5x -1 5/-1 4294967296 1/2/3 08"],
    [time, "5 200ms 1.5s 1.234S 5secs 5msec .5s 960000 960s", "s ms 5m 1e3 1.5 1.5ms 1.2345s 960001 961s -5"],
    [
      { is: "addresses" },
      "192.0.2.1 192.0.2.0/24 192.0.2.1/32 192.0.2.1-20 192.0.2.5-192.0.3.1 2001:db8::1-ff 2001:db8::/32",
      "192.0.2.1/24 192.0.2.20-20 192.0.2.9-5 192.0.2.1-256 192.0.2.5-192.0.2.1 2001:db8::1-192.0.2.1 0.0.0.0/0 x",
    ],
  ])("%j", (value, good, bad) => {
    expect(good.split(" ").filter((word) => faultOf(value, word))).toEqual([]);
    expect(bad.split(" ").filter((word) => !faultOf(value, word))).toEqual([]);
  });

  it("a number of 64 bits has no limit that could be told", () => {
    const value: Value = { is: "int", min: 0, max: Number.POSITIVE_INFINITY };
    expect(faultOf(value, "18446744073709551615")).toBeUndefined();
    expect(faultOf(value, "-1")?.expected).toBe("a whole number from 0");
  });
});
