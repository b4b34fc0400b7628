/** The committed TextMate grammar: tables of tokens, and laws that hold it to the schema and to the reader. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { IGrammar } from "vscode-textmate";
import { everyKeyword, findKeyword, type KeywordAt } from "../../src/schema/index.ts";
import { parseLine } from "../../src/syntax/parse.ts";
import { filesBelow, textOf } from "../support/project.ts";
import { anyText, configuration, seed } from "../support/texts.ts";
import { commentsOf, loadGrammar, shown, tokensOf } from "./tokens.ts";

let grammar: IGrammar;

beforeAll(async () => {
  grammar = await loadGrammar();
});

const instance = "vrrp_instance VI_1 {";

describe("a line in an instance", () => {
  test.each<[line: string, tokens: readonly string[]]>([
    ["priority 100", ["priority → support.type.property-name", "100 → constant.numeric"]],
    ["state MASTER", ["state → support.type.property-name", "MASTER → support.constant"]],
    ["state MASTERS", ["state → support.type.property-name"]],
    ["priorities 100", ["100 → constant.numeric"]],
    ["nopreempt#x", ["nopreempt → support.type.property-name", ...comment("#", "x")]],
    [
      "advert_int 1 ! two",
      ["advert_int → support.type.property-name", "1 → constant.numeric", ...bang(" two")],
    ],
    ["interface eth\\#0", ["interface → support.type.property-name", ...comment("\\#", "0")]],
    ["interface eth\\\\#0", ["interface → support.type.property-name", ...comment("#", "0")]],
    ["use_vmac off", ["use_vmac → support.type.property-name", "off → constant.language.boolean"]],
    ["}", ["} → punctuation.section.block.end"]],
    ["@main priority 7", [...condition("@", "main"), ...keyword("priority"), "7 → constant.numeric"]],
    ["@^main priority 7", [...condition("@^", "main"), ...keyword("priority"), "7 → constant.numeric"]],
    ["@main", ["@main → invalid.illegal.condition"]],
    [
      "authentication { auth_type PASS }",
      [
        "authentication → storage.type.block",
        "{ → punctuation.section.block.begin",
        ...keyword("auth_type"),
        "PASS → support.constant",
        "} → punctuation.section.block.end",
      ],
    ],
    ["track_file", ["track_file → storage.type.block"]],
    ["// priority 5", ["5 → constant.numeric"]],
    ['"priority" 5', [...quoted("priority"), "5 → constant.numeric"]],
    ["a\0priority 5", ["\0priority 5 → invalid.illegal.ignored"]],
  ])("%j", (line, tokens) => {
    expect(shown(grammar, [instance, line])).toEqual(tokens);
  });
});

describe("a line outside every block", () => {
  test.each<[line: string, tokens: readonly string[]]>([
    [
      "vrrp_instance VI_1 {",
      [
        "vrrp_instance → storage.type.block",
        "VI_1 → entity.name.section",
        "{ → punctuation.section.block.begin",
      ],
    ],
    [
      "virtual_server 10.0.0.1 80 {",
      [
        "virtual_server → storage.type.block",
        ...ipv4("10.0.0.1"),
        "80 → constant.numeric",
        "{ → punctuation.section.block.begin",
      ],
    ],
    [
      "virtual_server fwmark 7",
      ["virtual_server → storage.type.block", "fwmark → keyword.other.option", "7 → constant.numeric"],
    ],
    ["$A=1 ${B}", [...definition("A"), "1 → constant.numeric", ...braced("B")]],
    ["$A=1 \\", [...definition("A"), "1 → constant.numeric", "\\ → punctuation.separator.continuation"]],
    ["$A = 1", [...plain("A"), "1 → constant.numeric"]],
    [
      "include /etc/a.conf # b",
      ["include → keyword.control.import", "/etc/a.conf → string.unquoted.path", ...comment("#", " b")],
    ],
    [
      "includer a${X}b",
      [
        "includer → keyword.control.import",
        "a → string.unquoted.path",
        ...braced("X"),
        "b → string.unquoted.path",
      ],
    ],
    ["included a", []],
    [
      "~SEQx(n, 1, 0x1f) vrrp_version $n",
      [
        "~SEQ → keyword.control.loop",
        "x → keyword.other.unit",
        "( → punctuation.section.parens.begin",
        "1 → constant.numeric",
        "0x1f → constant.numeric",
        ") → punctuation.section.parens.end",
        ...keyword("vrrp_version"),
        ...plain("n"),
      ],
    ],
    [
      "~LST({a,b}, {1,x}) priority $a",
      [
        "~LST → keyword.control.loop",
        "( → punctuation.section.parens.begin",
        "1 → constant.numeric",
        ") → punctuation.section.parens.end",
        ...keyword("priority"),
        ...plain("a"),
      ],
    ],
    [
      "# vrrp-lint-disable-next-line lex-x",
      [
        "# → comment.line.number-sign punctuation.definition.comment",
        "  → comment.line.number-sign",
        "vrrp-lint-disable-next-line → comment.line.number-sign keyword.other.directive",
        " lex-x → comment.line.number-sign",
      ].filter((token) => !token.startsWith("  →")),
    ],
    ["}", ["} → invalid.illegal.brace"]],
  ])("%j", (line, tokens) => {
    expect(shown(grammar, [line])).toEqual(tokens);
  });
});

describe("values of a line of addresses", () => {
  const block = [instance, "virtual_ipaddress {"];
  test.each<[line: string, tokens: readonly string[]]>([
    ["10.0.0.1", ipv4("10.0.0.1")],
    ["10.0.0.1 dev eth0", [...ipv4("10.0.0.1"), "dev → keyword.other.option"]],
    ["fd00::1 label a", ["fd00::1 → constant.numeric.address.ipv6", "label → keyword.other.option"]],
    ["::ffff:10.0.0.1", ["::ffff:10.0.0.1 → constant.numeric.address.ipv6"]],
    ["priority 5", ["5 → constant.numeric"]],
    ["${NET}.5", braced("NET")],
    ["10.0.0.1}", [...ipv4("10.0.0.1"), "} → punctuation.section.block.end"]],
  ])("%j", (line, tokens) => {
    expect(shown(grammar, [...block, line])).toEqual(tokens);
  });

  test("prefix and range have signs of their own", () => {
    const number = "constant.numeric.address.ipv4";
    expect(shown(grammar, [...block, "10.0.0.0/24"])).toEqual([
      `10.0.0.0 → ${number}`,
      `/ → ${number} punctuation.separator.prefix`,
      `24 → ${number}`,
    ]);
    expect(shown(grammar, ["virtual_server_group g {", "10.0.0.1-20 80"])).toEqual([
      `10.0.0.1 → ${number}`,
      `- → ${number} punctuation.separator.range`,
      `20 → ${number}`,
      "80 → constant.numeric",
    ]);
  });

  test("times have units", () => {
    expect(shown(grammar, [instance, "virtual_routes {", "10.0.0.0/8 rto_min 200ms"]).slice(-2)).toEqual([
      "200 → constant.numeric",
      "ms → constant.numeric keyword.other.unit",
    ]);
  });
});

describe("strings", () => {
  test.each<[line: string, tokens: readonly string[]]>([
    ['notify "a # ! { b"', [...keyword("notify"), ...quoted("a # ! { b")]],
    ['notify "a\\"b"', [...keyword("notify"), ...quoted("a", '\\"→', "b")]],
    [
      'notify "a ${B}"',
      [
        ...keyword("notify"),
        '" → string.quoted.double punctuation.definition.string.begin',
        "a  → string.quoted.double",
        ...braced("B", "string.quoted.double "),
        '" → string.quoted.double punctuation.definition.string.end',
      ],
    ],
    [
      'notify "open # 5',
      [
        ...keyword("notify"),
        '" → string.quoted.double.unclosed invalid.illegal.unclosed-string',
        "open # 5 → string.quoted.double.unclosed",
      ],
    ],
    ['notify \\"a # b', [...keyword("notify"), ...comment("#", " b")]],
  ])("%j", (line, tokens) => {
    expect(shown(grammar, [instance, line])).toEqual(tokens);
  });
});

describe("what is broken on one line is whole again on the next", () => {
  const sound = [...keyword("priority"), "100 → constant.numeric"];
  test.each<[name: string, lines: readonly string[]]>([
    ["an open string", [instance, 'notify "open']],
    ["an open string with a backslash at its end", [instance, 'notify "open \\']],
    ["an open sequence", [instance, "~SEQ(a, 1"]],
    ["a block without its opening brace", ["vrrp_instance VI_1"]],
    ["a comment between keyword and brace", ["vrrp_instance VI_1 # {", "", "  {"]],
    ["an unknown block", [instance, "frobnicate {", "x 1", "}"]],
    ["braces without keyword", [instance, "{", "priority 1", "}"]],
    ["a block in one line", [instance, "virtual_ipaddress { 10.0.0.1 }"]],
    ["a brace behind a header at once", [instance, "authentication }", instance]],
    [
      "two blocks without their closing brace",
      ["vrrp_script a {", instance, "track_script {", "x", instance],
    ],
    ["a sign that means nothing", [instance, "$ @ ~ ( ) [ ] : ; % \\x"]],
  ])("%s", (_name, lines) => {
    expect(shown(grammar, [...lines, "priority 100"])).toEqual(sound);
  });

  test("a continued definition reaches to the line that ends it", () => {
    const lines = ["$A=x { \\", " y } \\"];
    expect(shown(grammar, [...lines, "priority 5"])).toEqual(["5 → constant.numeric"]);
    expect(shown(grammar, [...lines, "priority 5", "priority 100"])).toEqual(sound);
  });
});

test.each(['notify "', "a ", "ff:", "1.", "\\\\a", "${A", "{", "~SEQ(", "@a ", '"a'])(
  "a line of 20,000 signs is tokenised to its end: %j",
  (piece) => {
    const line = piece.repeat(20_000 / piece.length);
    expect(tokensOf(grammar, [instance, line]).at(-1)?.end).toBe(line.length);
  },
);

test("a file for the inside of a block has its keywords outside every block", () => {
  expect(shown(grammar, ["priority 100"])).toEqual([...keyword("priority"), "100 → constant.numeric"]);
  expect(shown(grammar, ["virtual_ipaddress {"])[0]).toBe("virtual_ipaddress → storage.type.block");
});

describe("every keyword of the schema", () => {
  test("has its scope in its block, and the line behind it as well", () => {
    const wrong = everyKeyword().filter(({ path, keyword: { name, keywords, lines } }) => {
      const expected = (keywords ?? lines) ? "storage.type.block" : "support.type.property-name";
      const tokens = tokensOf(grammar, [...headersOf(path), `  ${name}`, `  ${name} x`, `${name}{`]);
      const found = tokens.filter(({ text, scopes }) => text === name && scopes.at(-1) === expected);
      return found.length < ((keywords ?? lines) ? 1 : 3);
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
    expect(everyKeyword().length).toBeGreaterThan(500);
  });

  test("with a longer word is none", () => {
    const found = everyKeyword().filter(({ path, keyword: { name } }) => {
      const [token] = shown(grammar, [...headersOf(path), `${name}_x`]);
      return token !== undefined;
    });
    expect(found).toEqual([]);
  });

  test("has scopes for its words in its example", () => {
    const blocks = everyKeyword().filter(({ keyword }) => keyword.example.includes(keyword.name));
    const wrong = blocks.filter((entry) => !hasScopeInExample(entry));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

/** The headers of the blocks around a keyword, each with its opening brace. */
function headersOf(path: string): readonly string[] {
  return path
    .split("/")
    .slice(0, -1)
    .map((name) => `${name} {`);
}

function hasScopeInExample({ path, keyword: { name, example } }: KeywordAt): boolean {
  const tokens = tokensOf(grammar, [...headersOf(path), ...example.split("\n")]);
  const expected = findKeyword(path)?.keywords ?? findKeyword(path)?.lines;
  return tokens.some(
    ({ text, scopes }) =>
      text === name && scopes.at(-1) === (expected ? "storage.type.block" : "support.type.property-name"),
  );
}

describe("what the reader calls a comment is what the grammar calls one", () => {
  const linesOf = (text: string) => text.split("\n").map((line) => line.replace(/\r+$/, ""));
  const asRead = (line: string) => {
    const marks = [..." ".repeat(line.length)];
    for (const { kind, start, end } of parseLine(line)) if (kind === "comment") marks.fill("#", start, end);
    return marks.join("");
  };
  const expectSame = (text: string) => {
    const lines = linesOf(text);
    expect(commentsOf(grammar, lines)).toEqual(lines.map(asRead));
  };

  test("in random texts", () => {
    fc.assert(fc.property(anyText, expectSame), { seed, numRuns: 4_000 });
    fc.assert(fc.property(configuration, expectSame), { seed, numRuns: 500 });
  });

  test("in random lines of the signs that matter", () => {
    const signs = fc.constantFrom(...'#!\\"" \t{}$@~(),a\0', "$A=", "~SEQ(", "include ", "priority ", "${A}");
    const line = fc.array(signs, { maxLength: 14 }).map((parts) => parts.join(""));
    const text = fc.array(line, { maxLength: 4 }).map((lines) => lines.join("\n"));
    fc.assert(fc.property(text, expectSame), { seed, numRuns: 10_000 });
  });

  test.each(
    [...filesBelow("examples"), ...filesBelow("test/cases")].filter((file) => file.endsWith(".conf")),
  )("%s", (file) => {
    expectSame(textOf(file));
  });
});

function keyword(name: string): string[] {
  return [`${name} → support.type.property-name`];
}

function comment(sign: string, text: string): string[] {
  const name = "comment.line.number-sign";
  return [`${sign} → ${name} punctuation.definition.comment`, `${text} → ${name}`];
}

function bang(text: string): string[] {
  const name = "comment.line.exclamation-mark";
  return [`! → ${name} punctuation.definition.comment`, `${text} → ${name}`];
}

function condition(sign: string, name: string): string[] {
  return [`${sign} → keyword.control.conditional`, `${name} → entity.name.tag.config-id`];
}

function quoted(...parts: readonly string[]): string[] {
  const name = "string.quoted.double";
  return [
    `" → ${name} punctuation.definition.string.begin`,
    ...parts.map((part) =>
      part.endsWith("→") ? `${part.slice(0, -1)} → ${name} constant.character.escape` : `${part} → ${name}`,
    ),
    `" → ${name} punctuation.definition.string.end`,
  ];
}

function definition(name: string): string[] {
  return [
    "$ → punctuation.definition.variable",
    `${name} → variable.other.constant`,
    "= → keyword.operator.assignment",
  ];
}

function braced(name: string, around = ""): string[] {
  const variable = `${around}variable.other.readwrite`;
  return [
    `\${ → ${variable} punctuation.definition.variable`,
    `${name} → ${variable}`,
    `} → ${variable} punctuation.definition.variable`,
  ];
}

function plain(name: string): string[] {
  const variable = "variable.other.readwrite";
  return [`$ → ${variable} punctuation.definition.variable`, `${name} → ${variable}`];
}

function ipv4(address: string): string[] {
  return [`${address} → constant.numeric.address.ipv4`];
}
