/** The compiled matcher against ohm itself, which is the judge of what the grammar says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rules } from "../../grammar/keepalived.rules.ts";
import { compile, type Match } from "../../src/syntax/matcher.ts";
import { recognise } from "../../src/syntax/parse.ts";
import { grammar } from "../support/grammar.ts";
import { anyText, configuration, seed } from "../support/texts.ts";

const startRules = [
  "line",
  "logical",
  "literalWords",
  "referenceFirst",
  "sequenceSpec",
  "listSpec",
  "numbers",
  "commandLine",
  "integer",
  "decimal",
  "address",
  "addressRange",
  "hexText",
  "name",
];

/** Every rule of the grammar leaves a match, so that the whole derivation is compared. */
const ruleNames = new Set(Object.keys(grammar.rules).filter((name) => /^[a-z]/.test(name)));
const match = compile(rules, ruleNames);

const semantics = grammar.createSemantics();
semantics.addOperation<Match[]>("matches", {
  _nonterminal(...children) {
    const inner = children.flatMap((child) => child["matches"]() as Match[]);
    const { startIdx: start, endIdx: end } = this.source;
    // ohm also keeps what a lookahead saw, which lies behind the rule's own text.
    const own = inner.filter((child) => child.end <= end);
    return ruleNames.has(this.ctorName) ? [{ rule: this.ctorName, start, end, children: own }] : own;
  },
  _iter(...children) {
    return children.flatMap((child) => child["matches"]() as Match[]);
  },
  _terminal() {
    return [];
  },
});

function byOhm(rule: string, text: string): Match | undefined {
  const result = grammar.match(text, rule);
  return result.failed() ? undefined : (semantics(result)["matches"]() as Match[])[0];
}

/** ohm groups repetitions by column, so the order of siblings differs; places and rules must not. */
function sorted(found: Match | undefined): unknown {
  return found && { ...found, children: found.children.map(sorted).sort(byPlace) };
}

const byPlace = (one: unknown, other: unknown) => {
  const [a, b] = [one as Match, other as Match];
  return a.start - b.start || a.end - b.end || a.rule.localeCompare(b.rule);
};

const words = fc.oneof(
  fc.constantFrom(
    "10.0.0.1/24",
    "fe80::1/64",
    "::",
    "1::2::3",
    "10.0.0.1-20",
    "+12",
    "-1.5",
    ".5",
    "5.",
    "0x1f",
    "010.1.1.1",
    "1.2.3.4.5",
    "a b",
    "'it''s' \"a\\\"b\" c\\ d",
    "'open",
  ),
  fc.constantFrom(
    "~SEQ(x, 1, 0x10) 10.0.$x",
    "~SEQx (y,1,2,9) $y",
    "~SEQ(x)",
    "~LST({a, b}, {1, 2}, {3}) $a",
    "~LST(a, 1, 2) x",
    "~LST(a)",
    "$NAME",
    "${_RANDOM 1 10}x",
    "${A }",
    "$A,b",
    "${_ENV HOME}",
  ),
  fc.string({ maxLength: 12, unit: fc.constantFrom(..."0123456789abcdef.:/-+x \t\"'\\${}()~,@#!") }),
);

describe("the matcher and ohm", () => {
  test.each(startRules)("agree on %s", (rule) => {
    const agree = (text: string) => {
      expect(sorted(match(rule, text))).toEqual(sorted(byOhm(rule, text)));
    };
    fc.assert(fc.property(fc.oneof(words, anyText), agree), { seed, numRuns: 400 });
  });

  test("agree on the lines of configurations", () => {
    const agree = (text: string) => {
      for (const line of text.split("\n")) {
        for (const rule of ["line", "logical"])
          expect(sorted(match(rule, line))).toEqual(sorted(byOhm(rule, line)));
      }
    };
    fc.assert(fc.property(configuration, agree), { seed, numRuns: 60 });
  });

  test("refuse a rule that does not exist", () => {
    expect(() => recognise("nonsense", "")).toThrow("nonsense");
  });
});
