/** Text of keepalived.conf, divided at its outermost blocks. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksOf } from "../../src/generate/raw.ts";
import { anyText, configuration } from "../support/texts.ts";

const linesIn = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");

test.each<[string, string, readonly string[]]>([
  ["nothing", "\n\n", []],
  ["one block", "a {\n  b\n}\n", ["a"]],
  ["two blocks", "a {\n b { c }\n}\nd e { f }\n", ["a", "d"]],
  ["a brace on its own line", "a x\n{\n b\n}\nc {\n}", ["a", "c"]],
  ["lines without block", "a\nb 2\n", ["a", "b"]],
  ["comments go with what follows them", "# one {\na {\n}\n\n# two\nb", ["a", "b"]],
  ["braces in quotes and comments", 'a {\n b "}" # }\n c\n}\nd', ["a", "d"]],
  ["a brace too many", "}\na {\n}", ["}", "a"]],
])("%s", (_, text, expected) => {
  expect(blocksOf(text).map(({ keyword }) => keyword)).toEqual(expected);
});

test("no line is lost, whatever the text", () => {
  fc.assert(
    fc.property(fc.oneof(configuration, anyText), (text) => {
      const again = blocksOf(text).map((block) => block.text);
      expect(linesIn(again.join("\n"))).toEqual(linesIn(text));
    }),
    { numRuns: 300 },
  );
});
