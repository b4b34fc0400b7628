/** Folding, selections and colours. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldsOf, selectionsAt } from "../../src/language/ranges.ts";
import { tokensOf } from "../../src/language/tokens.ts";
import { clusters, edited, typed } from "../support/typing.ts";
import { viewOf, workspaceOf } from "../support/workspace.ts";

const text = `# first
# second
$A=x \\
  y
vrrp_script chk {
  script "/bin/true"
}
vrrp_instance web {
  priority 100 # why
  virtual_ipaddress {
    10.0.0.1/24 dev eth0
  }
  track_script {
    chk
  }
}
`;
const view = viewOf(workspaceOf({ "a.conf": text }), "a.conf");

test("folds are blocks, comments and continued definitions", () => {
  expect(foldsOf(view).map(({ from, to, comment }) => `${from}-${to}${comment ? " comment" : ""}`)).toEqual([
    "1-2 comment",
    "3-4",
    "5-6",
    "8-15",
    "10-11",
    "13-14",
  ]);
});

test("a selection grows from the word to the text", () => {
  const spans = selectionsAt(view, text.indexOf("10.0.0.1") + 2);
  const lines = spans.map(({ start, end }) => text.slice(start, end).split("\n").length);
  expect(text.slice(spans[0]?.start, spans[0]?.end)).toBe("10.0.0.1/24");
  expect(text.slice(spans[1]?.start, spans[1]?.end)).toBe("10.0.0.1/24 dev eth0");
  expect(lines).toEqual([1, 1, 3, 3, 9, 9, 17]);
});

test("words are what the schema says", () => {
  const shown = tokensOf(view).map(
    ({ span, kind, defines }) => `${kind}${defines ? "!" : ""} ${text.slice(span.start, span.end)}`,
  );
  expect(shown).toEqual([
    "comment # first",
    "comment # second",
    "variable! $A=",
    "string x",
    "type vrrp_script",
    "function! chk",
    "keyword script",
    'string "/bin/true"',
    "type vrrp_instance",
    "class! web",
    "keyword priority",
    "number 100",
    "comment # why",
    "type virtual_ipaddress",
    "number 10.0.0.1/24",
    "property dev",
    "type track_script",
    "function chk",
  ]);
});

test("words behind ~SEQ are what they are elsewhere", () => {
  const line = "~SEQ(N, 1, 2) vrrp_script c$N { interval 2 }\n";
  const seen = viewOf(workspaceOf({ "a.conf": line }, ["a.conf"]), "a.conf");
  const shown = tokensOf(seen).map(({ span, kind }) => `${kind} ${line.slice(span.start, span.end)}`);
  expect(shown).toEqual(["macro ~SEQ(N, 1, 2)", "type vrrp_script", "keyword interval", "number 2"]);
});

describe("for any text", () => {
  test("folds, selections and tokens lie within it and in order", () => {
    fc.assert(
      fc.property(
        clusters,
        fc.array(typed, { maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([first = ""], edits, share) => {
          const any = edits.reduce(edited, first);
          const seen = viewOf(workspaceOf({ "a.conf": any }), "a.conf");
          for (const { from, to } of foldsOf(seen)) {
            expect(from).toBeLessThan(to);
            expect(to).toBeLessThanOrEqual(seen.lines.count);
          }
          const offset = Math.floor(share * any.length);
          for (const { start, end } of selectionsAt(seen, offset)) {
            expect(start).toBeLessThanOrEqual(offset);
            expect(end).toBeGreaterThanOrEqual(offset);
          }
          let at = 0;
          for (const { span } of tokensOf(seen)) {
            expect(span.start).toBeGreaterThanOrEqual(at);
            expect(any.slice(span.start, span.end).includes("\n")).toBe(false);
            at = span.end;
          }
        },
      ),
      { numRuns: 100 },
    );
  }, 120_000);
});
