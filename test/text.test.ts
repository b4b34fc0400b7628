import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EditedText, isSameText } from "../src/text.ts";
import { edited, edits, texts } from "./support/edited-text.ts";

describe("an edited text", () => {
  test("reads like the string it is", () => {
    fc.assert(
      fc.property(texts, edits, fc.nat(), fc.nat(), (text, rounds, one, other) => {
        const { plain, chunked } = edited(text, rounds);
        expect(chunked.toString()).toBe(plain);
        expect(chunked.length).toBe(plain.length);
        const [from, to] = [one % (plain.length + 2), other % (plain.length + 2)];
        for (const [start, end] of [
          [from, to],
          [-from, to],
          [from, -to],
          [from, undefined],
        ] as const)
          expect(chunked.slice(start, end)).toBe(plain.slice(start, end));
        expect(chunked.includes("ab")).toBe(plain.includes("ab"));
      }),
    );
  });

  test("is made of whole lines, none of them empty and few of them long", () => {
    fc.assert(
      fc.property(texts, edits, (text, rounds) => {
        const { chunks } = edited(text, rounds).chunked;
        for (const { text: lines } of chunks.slice(0, -1)) expect(lines.endsWith("\n")).toBe(true);
        for (const { text: lines } of chunks) {
          expect(lines).not.toBe("");
          expect(lines.length < 8192 || !lines.slice(4096, -4096).includes("\n")).toBe(true);
        }
      }),
    );
  });

  test("shares what an edit does not touch with the text before it", () => {
    const text = EditedText.of("vrrp_instance a {\n}\n".repeat(10_000));
    const after = text.replaced(100_000, 100_001, "x");
    const shared = after.chunks.filter((chunk) => text.chunks.includes(chunk));
    expect(text.chunks.length).toBeGreaterThan(20);
    expect(shared).toHaveLength(text.chunks.length - 1);
  });
});

describe("two texts are the same", () => {
  test("when their characters are, whatever they are made of", () => {
    fc.assert(
      fc.property(texts, edits, edits, (text, rounds, others) => {
        const [one, other] = [edited(text, rounds), edited(text, others)];
        const same = one.plain === other.plain;
        expect(isSameText(one.chunked, other.chunked)).toBe(same);
        expect(isSameText(one.plain, other.chunked)).toBe(same);
        expect(isSameText(one.chunked, EditedText.of(one.plain))).toBe(true);
        expect(isSameText(one.chunked, undefined)).toBe(false);
      }),
    );
  });
});
