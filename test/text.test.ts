import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineEndOf, lineMap, wholeLines } from "../src/lines.ts";
import { EditedText, isSameText } from "../src/text.ts";

/** Texts of few signs, mostly short and at times so long that they are in several chunks. */
const texts = fc
  .tuple(fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r", "\r\n", "é"), maxLength: 40 }), fc.nat(3))
  .map(([text, power]) => text.repeat(8 ** power));
const edits = fc.array(fc.tuple(fc.nat(), fc.nat(40), texts), { maxLength: 6 });

function edited(text: string, rounds: typeof edits extends fc.Arbitrary<infer T> ? T : never) {
  let [plain, chunked] = [text, EditedText.of(text)];
  for (const [at, length, fresh] of rounds) {
    const start = at % (plain.length + 1);
    const end = Math.min(start + length * length, plain.length);
    plain = plain.slice(0, start) + fresh + plain.slice(end);
    chunked = chunked.replaced(start, end, fresh);
  }
  return { plain, chunked };
}

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

describe("lines", () => {
  test("of an edited text are those of its string, counted by hand", () => {
    fc.assert(
      fc.property(texts, edits, fc.nat(), (text, rounds, at) => {
        const { plain, chunked } = edited(text, rounds);
        const lines = lineMap(chunked);
        expect(lines.count).toBe(plain.split("\n").length);
        const offset = at % (plain.length + 1);
        const above = plain.slice(0, offset).split("\n");
        const position = { line: above.length, column: (above.at(-1)?.length ?? 0) + 1 };
        expect(lines.positionAt(offset)).toEqual(position);
        expect(lines.offsetAt(position)).toBe(offset);
        const own = plain.split("\n")[position.line - 1] ?? "";
        const start = offset - position.column + 1;
        const { length } = own.replace(/\r$/, "");
        expect(lines.lineSpan(position.line)).toEqual({ start, end: start + length });
        expect(lineEndOf(chunked)).toBe(/^[^\n]*\r\n/.test(plain) ? "\r\n" : "\n");
      }),
    );
  });

  test("beyond a text are at its ends", () => {
    const lines = lineMap("ab\ncd");
    expect(lines.positionAt(-3)).toEqual({ line: 1, column: 1 });
    expect(lines.positionAt(9)).toEqual({ line: 2, column: 3 });
    expect(lines.offsetAt({ line: 0, column: 9 })).toBe(0);
    expect(lines.offsetAt({ line: 1, column: 9 })).toBe(2);
    expect(lines.offsetAt({ line: 9, column: 1 })).toBe(5);
    expect(lineMap("").positionAt(1)).toEqual({ line: 1, column: 1 });
  });

  test("over which a stretch reaches are whole", () => {
    fc.assert(
      fc.property(texts, edits, fc.nat(), fc.nat(), (text, rounds, one, other) => {
        const { plain, chunked } = edited(text, rounds);
        const [a, b] = [one % (plain.length + 1), other % (plain.length + 1)];
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const before = plain.slice(0, start);
        const behind = plain.slice(end);
        const expected = {
          start: before.lastIndexOf("\n") + 1,
          end: behind.includes("\n") ? end + behind.indexOf("\n") + 1 : plain.length,
        };
        expect(wholeLines(chunked, { start, end })).toEqual(expected);
        expect(wholeLines(plain, { start, end })).toEqual(expected);
      }),
    );
  });
});
