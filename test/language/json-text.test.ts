import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonTextError, type JsonValue, readJson } from "../../src/language/json-text.ts";

/** The value without its places. */
function plain({ value }: JsonValue): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

test("law: what JSON.stringify writes comes back, with or without blanks", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(JSON.stringify(plain(readJson(text)))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test("law: what JSON.parse refuses is refused with a place in the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:1-.e tfn\\u\n') }), (text) => {
      let accepted = true;
      try {
        JSON.parse(text);
      } catch {
        accepted = false;
      }
      try {
        readJson(text);
        expect(accepted).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(JsonTextError);
        expect((error as JsonTextError).at).toBeLessThanOrEqual(text.length);
        // A name that stands twice is the one thing that JSON accepts and settings do not.
        if (accepted) expect((error as JsonTextError).message).toContain("a second time");
      }
    }),
    { numRuns: 2000 },
  );
});

test("every value knows where it starts", () => {
  const text = ' { "a": [1, "x"] }';
  const document = readJson(text);
  const { value } = document;
  const member = value instanceof Map ? value.get("a") : undefined;
  expect(document.at).toBe(1);
  expect({ at: member?.at, nameAt: member?.nameAt }).toEqual({ at: 8, nameAt: 3 });
});
