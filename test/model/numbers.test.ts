import { describe, expect, it } from "vitest";
import { readMicroseconds, readWhole } from "../../src/model/numbers.ts";

const byte = { min: 1, max: 255 };

describe("readWhole", () => {
  it.each([
    ["150", false, 150],
    ["052", false, 52],
    ["+7", false, 7],
    [" 7", false, 7],
    ["0", false, undefined],
    ["256", false, undefined],
    ["-5", false, undefined],
    ["0x33", false, undefined],
    ["150x", false, undefined],
    ["51;", false, undefined],
    ["", false, undefined],
    ["abc", true, undefined],
    ["150x", true, 150],
    ["1.5", true, 1],
    ["300x", true, undefined],
    ["99999999999999999999", true, undefined],
  ] as const)("takes %j (tolerant: %s) as %s", (text, tolerant, value) => {
    expect(readWhole(text, { ...byte, tolerant })).toBe(value);
  });

  it("takes an empty word as 0, and junk as 0 where the daemon is tolerant", () => {
    const range = { min: 0, max: 10 };
    expect(readWhole("", { ...range, tolerant: false })).toBe(0);
    expect(readWhole("abc", { ...range, tolerant: true })).toBe(0);
    expect(readWhole("abc", { ...range, tolerant: false })).toBeUndefined();
  });
});

describe("readMicroseconds", () => {
  const advert = { min: 10_000, max: 255_000_000, tolerant: true };

  it.each([
    ["1", 1_000_000],
    ["0.3", 300_000],
    [".5", 500_000],
    ["1.", 1_000_000],
    ["0.01", 10_000],
    ["0.1234567", 123_457],
    ["0.12345649", 123_456],
    ["255", 255_000_000],
    ["0.009", undefined],
    ["255.1", undefined],
    ["0", undefined],
    ["-1", undefined],
    ["1s", undefined],
    ["500ms", undefined],
    ["= 1", undefined],
    // The digits in front of the unit are taken for microseconds, as nothing pads them.
    ["20000s", 20_000],
  ])("takes %j seconds as %s", (text, value) => {
    expect(readMicroseconds(text, advert)).toBe(value);
  });
});
