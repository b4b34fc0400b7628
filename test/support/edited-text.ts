/** Texts as an editor holds them, and the strings they are. */
import fc from "fast-check";
import { EditedText } from "../../src/text.ts";

/** Texts of few signs, mostly short and at times so long that they are in several chunks. */
export const texts = fc
  .tuple(fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r", "\r\n", "é"), maxLength: 40 }), fc.nat(3))
  .map(([text, power]) => text.repeat(8 ** power));
export const edits = fc.array(fc.tuple(fc.nat(), fc.nat(40), texts), { maxLength: 6 });

/** A string and a text in chunks after the same edits. */
export function edited(text: string, rounds: typeof edits extends fc.Arbitrary<infer T> ? T : never) {
  let [plain, chunked] = [text, EditedText.of(text)];
  for (const [at, length, fresh] of rounds) {
    const start = at % (plain.length + 1);
    const end = Math.min(start + length * length, plain.length);
    plain = plain.slice(0, start) + fresh + plain.slice(end);
    chunked = chunked.replaced(start, end, fresh);
  }
  return { plain, chunked };
}
