import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAlike, keptAlike } from "../src/alike.ts";

const json = fc.jsonValue({ maxDepth: 2 });

describe("isAlike", () => {
  it("is the same as being equal in JSON", () => {
    const near = fc.oneof(
      fc.tuple(json, json),
      json.map((value) => [value, JSON.parse(JSON.stringify(value))] as const),
    );
    fc.assert(
      fc.property(near, ([one, other]) => {
        const sorted = (value: unknown) => JSON.stringify(value, sortedKeys);
        // A list and an object with the same keys never stand in the same place.
        fc.pre(!hasListBesideObject(one, other));
        expect(isAlike(one, other)).toBe(sorted(one) === sorted(other));
      }),
    );
  });

  it.each([
    [{ a: [1] }, { a: [1, 2] }],
    [{ a: null }, { a: {} }],
  ])("tells %j from %j", (one, other) => {
    expect(isAlike(one, other)).toBe(false);
    expect(isAlike(other, one)).toBe(false);
  });
});

describe("keptAlike", () => {
  const items = fc.array(fc.record({ at: fc.nat(20), text: fc.constantFrom("x", "y") }), { maxLength: 60 });

  it("gives an equal list, with the earlier objects in their order", () => {
    fc.assert(
      fc.property(items, items, (fresh, earlier) => {
        const kept = keptAlike(fresh, earlier);
        expect(kept).toEqual(fresh);
        const places = kept.flatMap((each) => (earlier.includes(each) ? [earlier.indexOf(each)] : []));
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
      }),
    );
  });

  it("keeps everything but what came, where some came and some went", () => {
    const change = { at: fc.nat(80), gone: fc.nat(30), come: fc.nat(30) };
    fc.assert(
      fc.property(fc.record(change), ({ at, gone, come }) => {
        const earlier = Array.from({ length: 100 }, (_, index) => ({ index }));
        const fresh = structuredClone(earlier);
        fresh.splice(at, gone, ...Array.from({ length: come }, (_, index) => ({ index: -1 - index })));
        const kept = new Set(keptAlike(fresh, earlier));
        const lost = earlier.filter((each) => !kept.has(each));
        expect(lost.map(({ index }) => index)).toEqual(
          Array.from({ length: Math.min(gone, 100 - at) }, (_, index) => at + index),
        );
      }),
    );
  });
});

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function hasListBesideObject(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return true;
  return Object.keys(one).some((key) =>
    hasListBesideObject((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  );
}
