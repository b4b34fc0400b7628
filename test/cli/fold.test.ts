import { expect, test } from "vitest";
import { foldLostLines } from "../../src/cli/fold.ts";
import type { Diagnostic } from "../../src/diagnostic.ts";

const place = (start: number) => ({ file: "a.conf", span: { start, end: start + 1 } });
const lost = (line: number, cause: number): Diagnostic => ({
  rule: "lex-line-lost",
  severity: "info",
  message: "Lost.",
  at: place(line),
  related: [{ at: place(cause), message: "because of this" }],
  fixes: [],
});
const other: Diagnostic = { ...lost(4, 1), rule: "lex-unknown-block" };
const folded = (diagnostics: readonly Diagnostic[]) =>
  foldLostLines(diagnostics, ({ at }) => at.span.start).map(({ rule, message }) => `${rule}: ${message}`);

test.each<[string, readonly Diagnostic[], string[]]>([
  ["nothing", [], []],
  ["one line", [lost(3, 1)], ["lex-line-lost: Lost."]],
  [
    "lines of one cause",
    [3, 5, 6, 7, 9].map((line) => lost(line, 1)),
    ["lex-line-lost: Lost. The same goes for lines 5 to 7 and 9."],
  ],
  ["two neighbours", [3, 4].map((line) => lost(line, 1)), ["lex-line-lost: Lost. The same goes for line 4."]],
  [
    "two causes",
    [lost(3, 1), lost(5, 1), lost(8, 7)],
    ["lex-line-lost: Lost. The same goes for line 5.", "lex-line-lost: Lost."],
  ],
  [
    "other rules stay",
    [other, lost(5, 1), other],
    ["lex-unknown-block: Lost.", "lex-line-lost: Lost.", "lex-unknown-block: Lost."],
  ],
  ["twice on one line", [lost(3, 1), lost(3, 1)], ["lex-line-lost: Lost."]],
])("%s", (_name, diagnostics, expected) => {
  expect(folded(diagnostics)).toEqual(expected);
});
