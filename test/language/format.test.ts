/** Layout: what a text looks like, and that it means what it meant. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/edits.ts";
import { format } from "../../src/language/format.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";
import { soundFleets } from "../rules/sound-fleets.ts";
import { filesBelow, textOf } from "../support/project.ts";
import { clusters, edited, typed } from "../support/typing.ts";

const plain = { indent: "    ", alignValues: false };

const laid = (text: string, options = plain) => applyEdits(text, format("a.conf", text, options));

describe("layout", () => {
  test.each([
    ["indents by blocks", "a {\nb {\nc\n}\n}\n", "a {\n    b {\n        c\n    }\n}\n"],
    ["closes up words", "priority\t  100   \n", "priority 100\n"],
    ["sets braces apart", "vrrp_instance V{\n}\n", "vrrp_instance V {\n}\n"],
    ["leaves a brace on its own line", "vrrp_instance V\n{\n}\n", "vrrp_instance V\n{\n}\n"],
    ["keeps a block on one line", "group {  a   b }\n", "group { a b }\n"],
    ["keeps one empty line of several", "a\n\n\n  \n\nb\n", "a\n\nb\n"],
    ["indents comments, and keeps their text", "a {\n#  two  blanks \n}\n", "a {\n    #  two  blanks\n}\n"],
    ["keeps the column of a comment behind code", "a  b     # why\n", "a b     # why\n"],
    ["keeps quotes", 'script   "a   b"\n', 'script "a   b"\n'],
    ["keeps blanks that a program may see", "script /bin/x 'a   b'\n", "script /bin/x 'a   b'\n"],
    ["keeps a definition's value", "  $A=x   y\n", "$A=x   y\n"],
    ["keeps a continued definition", "$A=x \\\n     y   z\nb   c\n", "$A=x \\\n     y   z\nb c\n"],
    ["keeps line ends", "a {\r\nb   c\r\n}\r\n", "a {\r\n    b c\r\n}\r\n"],
    ["indents conditions", "a {\n@x   b   c\n}\n", "a {\n    @x b c\n}\n"],
    [
      "counts one block that conditions open in two ways once",
      "@x a 1 {\n@y a 2 {\nb\n}\nc\n",
      "@x a 1 {\n@y a 2 {\n    b\n}\nc\n",
    ],
    ["survives a brace too many", "a {\n}\n}\nb\n", "a {\n}\n}\nb\n"],
    ["adds nothing at the end", "a  b", "a b"],
    [
      "keeps what is split by a variable together",
      "a  ${NET}.5/24   dev  eth0\n",
      "a ${NET}.5/24 dev eth0\n",
    ],
  ])("%s", (_, text, expected) => {
    expect(laid(text)).toBe(expected);
  });

  test("aligns values where that is asked for", () => {
    const text =
      "vrrp_instance V {\nstate MASTER\nvirtual_router_id 5\n# why\npriority 100\nadvert_int 1\n}\n";
    expect(laid(text, { indent: "\t", alignValues: true })).toBe(
      "vrrp_instance V {\n\tstate             MASTER\n\tvirtual_router_id 5\n\t# why\n\tpriority   100\n\tadvert_int 1\n}\n",
    );
  });

  test("of a part changes no other line", () => {
    const text = "a   b\nc   d\ne   f\n";
    const edits = format("a.conf", text, plain, { start: 7, end: 8 });
    expect(applyEdits(text, edits)).toBe("a   b\nc d\ne   f\n");
    const line = format("a.conf", text, plain, { start: 6, end: 12 });
    expect(applyEdits(text, line)).toBe("a   b\nc d\ne   f\n");
    const empty = format("a.conf", text, plain, { start: 6, end: 6 });
    expect(applyEdits(text, empty)).toBe("a   b\nc d\ne   f\n");
  });
});

const known = [
  ...filesBelow("examples").filter((file) => file.endsWith(".conf")),
  ...filesBelow("test/cases").filter((file) => file.endsWith(".conf")),
].map((file) => [file, textOf(file)] as const);
const sound = Object.entries(soundFleets).flatMap(([name, files]) =>
  Object.entries(files).map(([file, text]) => [`${name}/${file}`, text] as const),
);

/** The words that keepalived takes from a text, with the lines they are on left out. */
function words(text: string, configId?: string) {
  const { lines, findings } = expand(parseSource("a.conf", text), { configId });
  return [
    lines.map((line) => [line.is, line.condition, line.words.map((word) => word.text)]),
    findings.map(({ kind, subject }) => [kind, subject]),
  ];
}

/** The comments of a text in their order. */
function comments(text: string): string[] {
  return parseSource("a.conf", text).lines.flatMap((line) =>
    line.parts.flatMap(({ kind, start, end }) =>
      kind === "comment" ? [line.text.slice(start, end).trim()] : [],
    ),
  );
}

function isLaid(text: string): void {
  const once = laid(text);
  expect(laid(once)).toBe(once);
  expect(words(once)).toEqual(words(text));
  expect(comments(once)).toEqual(comments(text));
}

describe("a text that is laid out", () => {
  test.each([...known, ...sound])("%s means the same, keeps its comments and stays as it is", (_, text) => {
    isLaid(text);
    const untidy = text.replaceAll(/^[ \t]+/gm, "").replaceAll(/(\S)[ \t]+$/gm, "$1");
    expect(laid(untidy.replaceAll(/\r?\n/g, " $&"))).toBe(laid(untidy));
  });

  test("does so whatever it holds", () => {
    fc.assert(
      fc.property(clusters, fc.array(typed, { maxLength: 6 }), ([text = ""], edits) => {
        isLaid(edits.reduce(edited, text));
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
