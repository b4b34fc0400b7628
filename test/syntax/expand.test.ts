/** What lines mean: conditions, definitions, sequences, includes, and where each word was written. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExpandOptions, expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";
import { anyText, configuration, seed } from "../support/texts.ts";

const expanded = (text: string, options: ExpandOptions = {}) =>
  expand(parseSource("main.conf", text), options);

/** The lines as text: words with blanks between, braces as they are. */
function shown(text: string, options: ExpandOptions = {}): string[] {
  return expanded(text, options).lines.map(({ words }) =>
    words.map((word) => (word.quoted ? `"${word.text}"` : word.text)).join(" "),
  );
}

const findings = (text: string, options: ExpandOptions = {}) =>
  expanded(text, options).findings.map(({ kind, at }) => `${kind} ${text.slice(at.span.start, at.span.end)}`);

describe("lines", () => {
  test.each<[string, string, string[]]>([
    ["words and comments", "priority  100 # c\n! c\n\n", ["priority 100"]],
    ["braces stand alone", "a{b c}d\n", ["a", "{", "b c", "}", "d"]],
    ["braces in quotes do not", 'notify "x {y}"\n', ['notify "x {y}"']],
    ["a quote ends a word", 'ab"c d"e\n', ['ab "c d" e']],
    ["words stop at an open quote", 'a b "c d\n', ["a b"]],
    ["an escaped comment sign is a comment", "a b\\#c\n", ["a b"]],
    ["form feed and vertical tab part words", "a\fb\vc\n", ["a b c"]],
    ["CRLF and no final line end", "a b\r\nc d", ["a b", "c d"]],
    ["a byte order mark is no word", "\uFEFFglobal_defs {\n}\n", ["global_defs", "{", "}"]],
    ["a NUL ends the line", "a b\0c\nd\n", ["a b", "d"]],
  ])("%s", (_name, text, lines) => {
    expect(shown(text)).toEqual(lines);
  });
});

describe("conditions", () => {
  const text = "@one a\n@^one b\n@two c\nd\n";
  test.each<[string | undefined, string[]]>([
    [undefined, ["b", "d"]],
    ["one", ["a", "d"]],
    ["two", ["b", "c", "d"]],
  ])("for config-id %s", (configId, lines) => {
    expect(shown(text, { configId })).toEqual(lines);
    expect(expanded(text, { configId }).configIds).toEqual(["one", "two"]);
  });

  test.each(["@ one a", "@one", "@^"])("%j applies to nothing", (line) => {
    expect(shown(`${line}\n`, { configId: "one" })).toEqual([]);
    expect(expanded(line).findings.map(({ kind }) => kind)).toEqual(["condition-syntax"]);
  });

  test("hold behind a brace, too", () => {
    expect(shown("a { @one b\n} @two c\n", { configId: "one" })).toEqual(["a", "{", "b", "}"]);
  });
});

describe("definitions", () => {
  test.each<[string, string, string[]]>([
    ["plain and in braces", "$A=5\nx $A ${A}1 $A,b ($A)\n", ["x 5 51 5,b (5)"]],
    ["only before a blank, a comma, `)` or the end", "$A=5\nx $A/3 $A.1\n", ["x $A/3 $A.1"]],
    ["inside quotes", '$A=5\nx "a ${A} b"\n', ['x "a 5 b"']],
    ["the later value from there on", "$A=1\nx $A\n$A=2\nx $A\n", ["x 1", "x 2"]],
    ["are replaced when they are used", "$A=${B}\n$B=1\nx $A\n", ["x 1"]],
    ["words, braces and all", "$A=t { b }\n$A\n", ["t", "{", "b", "}"]],
    ["over several lines", "$A=t { \\\n b # c \\\n }\nx\n$A\ny\n", ["x", "t", "{", "b", "}", "y"]],
    ["an empty line ends them", "$A=t \\\n\nx\n$A\n", ["x", "t"]],
    ["a backslash before a comment continues", "$A=t \\ # c\n u\n$A\n", ["t", "u"]],
    ["on a condition", "$A=1\n@one $A=2\n@two $A=3\nx $A\n", ["x 2"]],
    ["a comment sign in a value cuts the line", "$A=${_HASH}\nx $A y\n", ["x"]],
    ["the config-id", "x ${_INSTANCE}\n", ["x one"]],
    ["no replacement without end", "$A=$A\nx\n", ["x"]],
  ])("%s", (_name, text, lines) => {
    expect(shown(text, { configId: "one" })).toEqual(lines);
  });

  test("a definition that names itself ends", () => {
    expect(expanded("$A=a $A\nx $A\n").lines).toHaveLength(1);
  });

  test("what has no value is unknown, and said", () => {
    const text = "$A=1\nx $B ${C} $A/2 ${_RANDOM 1 9} y\n";
    expect(findings(text)).toEqual([
      "undefined-variable $B",
      "undefined-variable ${C}",
      "variable-needs-braces $A",
    ]);
    expect(expanded(text).lines[0]?.words.map(({ unknown }) => unknown)).toEqual([
      false,
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  test("a value under a condition that nobody judged is unknown, and no mistake", () => {
    const text = "@one $A=1\nx $A\n";
    expect(findings(text)).toEqual([]);
    expect(expanded(text).lines[0]?.words[1]?.unknown).toBe(true);
  });

  test("keepalived takes the braces of an unknown variable for braces", () => {
    const { lines, literal } = expanded("x ${B} y\n");
    expect(lines.map(({ text }) => text)).toEqual(["x ${B} y"]);
    expect(literal.map(({ text }) => text)).toEqual(["x $", "{", "B", "}", "y"]);
  });
});

describe("sequences", () => {
  test.each<[string, string[]]>([
    ["~SEQ(a, 2, 4) x $a", ["x 2", "x 3", "x 4"]],
    ["~SEQ(a, 3) x $a", ["x 1", "x 2", "x 3"]],
    ["~SEQ(a, -2) x $a", ["x -1", "x -2"]],
    ["~SEQ(a, 4, -2, 0) x $a", ["x 4", "x 2", "x 0"]],
    ["~SEQx(a, 9, 11) x $a", ["x 9", "x a", "x b"]],
    ["~SEQ(a, 0x10, 021) x $a", ["x 16", "x 17"]],
    ["~SEQ(a, 1, 2) ~SEQ(b, 1, 2) x $a ${b}", ["x 1 1", "x 1 2", "x 2 1", "x 2 2"]],
    ["~LST(a, p, q) x $a", ["x p", "x q"]],
    ["~LST({a, b}, {p, q}, {r}) x $a ${b}y", ["x p qy", "x r y"]],
  ])("%s", (line, lines) => {
    expect(shown(`${line}\n`)).toEqual(lines);
  });

  test("numbers may be variables", () => {
    expect(shown("$N=2\n~SEQ(a, 1, $N) x $a\n")).toEqual(["x 1", "x 2"]);
  });

  test.each([
    "~SEQ(a) x",
    "~SEQ(a, 1, 0, 3) x",
    "~SEQ(a, 1, -1, 3) x",
    "~SEQ(a, 09) x",
    "~LST(a) x",
    "~LST({a,b} x",
    "~LST(a, {1, 2}) x",
  ])("%s is refused", (line) => {
    expect(expanded(line).findings.map(({ kind }) => kind)).toEqual(["sequence-syntax"]);
    expect(shown(line)).toEqual([]);
  });

  test("a sequence without end stops", () => {
    const runaway = "~SEQ(a, 1, 9999) ~SEQ(b, 1, 9999) ~SEQ(c, 1, 9999) x\n";
    expect(expanded(runaway).truncated).toBe(true);
  });
});

describe("places", () => {
  const text = '$A=100\n$B=t { \\\n  u ${A} \\\n }\npriority $A "${A}" x${A}y\n$B\n';
  const words = expanded(text).lines.flatMap((line) => line.words);
  const at = (span: { start: number; end: number }) => text.slice(span.start, span.end);

  test.each<[number, string, string, string | undefined, boolean]>([
    [0, "priority", "priority", undefined, true],
    [1, "100", "100", "$A", true],
    [2, "100", '"${A}"', undefined, false],
    [3, "x100y", "x${A}y", undefined, false],
    [4, "t", "t", "$B", true],
    [6, "u", "u", "$B", true],
    [7, "100", "100", "$B", true],
  ])("word %i, %s", (index, value, where, via, exact) => {
    const word = words[index];
    expect(word && [word.text, at(word.at.span), word.via && at(word.via.span), word.exact]).toEqual([
      value,
      where,
      via,
      exact,
    ]);
  });
});

describe("includes", () => {
  const files: Readonly<Record<string, string>> = {
    "a.conf": "x 1\ninclude b.conf\ny\n",
    "b.conf": "z $V\n",
    "self.conf": "s\ninclude self.conf\n",
  };
  const include: ExpandOptions["include"] = (pattern) => {
    const names = pattern === "*.conf" ? ["b.conf", "a.conf"] : pattern in files ? [pattern] : [];
    return {
      files: names.map((path) => ({ path, text: files[path] as string })),
      directories: pattern === "dir/" ? ["dir/"] : [],
    };
  };

  test("stand where they are named, with the definitions so far", () => {
    expect(shown("$V=1\ninclude a.conf\nend\n", { include })).toEqual(["x 1", "z 1", "y", "end"]);
    expect(expanded("include a.conf\n", { include }).sources.map(({ path }) => path)).toEqual([
      "main.conf",
      "a.conf",
      "b.conf",
    ]);
  });

  test("several files are read in order", () => {
    expect(shown("$V=1\nincludea *.conf\n", { include })).toEqual(["z 1", "x 1", "z 1", "y"]);
  });

  test.each<[string, string, boolean]>([
    ["include none.conf", "include-not-found none.conf", true],
    ['include "a.conf"', 'include-quoted "a.conf"', true],
    ["include dir/", "include-directory dir/", true],
    ["include $DIR/a.conf", "include-with-variable $DIR/a.conf", true],
  ])("%s", (line, finding, uncertain) => {
    expect(findings(`${line}\n`, { include })).toEqual([finding]);
    expect(expanded(line, { include }).uncertain).toBe(uncertain);
  });

  test("a file that includes itself is read once", () => {
    expect(shown("include self.conf\n", { include })).toEqual(["s"]);
    expect(expanded("include self.conf\n", { include }).findings.map(({ kind }) => kind)).toEqual([
      "include-cycle",
    ]);
  });

  test("without a reader what they hold is unknown", () => {
    expect(expanded("include a.conf\n").uncertain).toBe(true);
    expect(findings("include a.conf\n")).toEqual(["include-not-read a.conf"]);
  });
});

test("texts that are no configuration are told apart", () => {
  expect(findings("v\0r\0r\0p\0 \0x\0")).toEqual(["utf16 v\0"]);
  expect(findings("a {\r}\r")).toEqual(["cr-only \r"]);
  expect(expanded(`x ${"y".repeat(1021)}\n`).findings.map(({ kind }) => kind)).toEqual(["line-too-long"]);
  expect(expanded(`x ${"y".repeat(1020)}\n`).findings).toEqual([]);
});

test("any text expands, and every word has a place in the text", () => {
  const holds = (text: string) => {
    for (const { words } of expanded(text, { configId: "one" }).lines) {
      for (const { at, exact, text: value, quoted } of words) {
        expect(at.span.start >= 0 && at.span.end <= text.length && at.span.start <= at.span.end).toBe(true);
        if (exact) expect(text.slice(at.span.start, at.span.end)).toBe(quoted ? `"${value}"` : value);
      }
    }
  };
  fc.assert(fc.property(fc.oneof(anyText, configuration), holds), { seed, numRuns: 3_000 });
});
