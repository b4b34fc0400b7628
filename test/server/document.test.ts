import fc from "fast-check";
import { expect, test } from "vitest";
import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import { documents } from "../../server/document.ts";

const texts = fc
  .tuple(fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r", "\r\n"), maxLength: 30 }), fc.nat(2))
  .map(([text, power]) => text.repeat(8 ** power));
/** The same without lone returns, as almost every file is. */
const usual = texts.map((text) => text.replace(/\r(?!\n)/g, "b"));
const places = fc.record({
  line: fc.integer({ min: 0, max: 30 }),
  character: fc.integer({ min: 0, max: 12 }),
});

const changes = (fresh: fc.Arbitrary<string>): fc.Arbitrary<TextDocumentContentChangeEvent> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ range: fc.record({ start: places, end: places }), text: fresh }) },
    { weight: 1, arbitrary: fc.record({ text: fresh }) },
  );

for (const [name, fresh] of [
  ["a usual text", usual],
  ["a text in which lone returns end lines", texts],
] as const)
  test(`a document is what the protocol's own library makes of changes to ${name}`, () => {
    fc.assert(
      fc.property(fresh, fc.array(changes(fresh), { maxLength: 8 }), (text, edits) => {
        // Each change on a document of its own: the library loses count of lines behind a change beyond the last line.
        const expected = edits.reduce((before, edit) => {
          const library = TextDocument.create("a", "", 0, before);
          return TextDocument.update(library, [edit], 1).getText();
        }, text);
        const document = documents.update(documents.create("a", "", 0, text), edits);
        expect(document.text.toString()).toBe(expected);
      }),
    );
  });
