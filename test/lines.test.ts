import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineEndOf, lineMap, wholeLines } from "../src/lines.ts";
import { edited, edits, texts } from "./support/edited-text.ts";

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
