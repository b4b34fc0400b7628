/** Any text parses, and its parts joined give it back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLine, parseSource } from "../../src/syntax/parse.ts";
import type { Part } from "../../src/syntax/tree.ts";
import { anyText, configuration, seed } from "../support/texts.ts";

/** `kind:text` for each part of a line. */
function shown(line: string): string[] {
  return parseLine(line).map((part) => `${part.kind}:${line.slice(part.start, part.end)}`);
}

function expectCover(text: string): void {
  const source = parseSource("any.conf", text);
  expect(source.lines.map((line) => line.text).join("")).toBe(text);
  let offset = 0;
  for (const { start, text: line, parts } of source.lines) {
    expect(start).toBe(offset);
    expect(text.slice(start, start + line.length)).toBe(line);
    let at = 0;
    for (const part of parts) {
      expect([part.start, part.end > part.start]).toEqual([at, true]);
      for (const inner of part.inner ?? []) expectInside(inner, part);
      at = part.end;
    }
    expect(at).toBe(line.length);
    offset += line.length;
  }
}

function expectInside(inner: Part, outer: Part): void {
  expect(inner.start >= outer.start && inner.end <= outer.end && inner.start < inner.end).toBe(true);
}

describe("parts of a line", () => {
  test.each<[string, string[]]>([
    [
      "vrrp_instance VI_1 {\n",
      ["word:vrrp_instance", "blank: ", "word:VI_1", "blank: ", "open:{", "lineEnd:\n"],
    ],
    ["VI_1{x}", ["word:VI_1", "open:{", "word:x", "close:}"]],
    ['auth_pass "a#b" # c', ["word:auth_pass", "blank: ", 'quoted:"a#b"', "blank: ", "comment:# c"]],
    ["auth_pass a!b", ["word:auth_pass", "blank: ", "word:a", "comment:!b"]],
    ["auth_pass a\\#b", ["word:auth_pass", "blank: ", "word:a", "comment:\\#b"]],
    ["$A=1 2 # c", ["definitionName:$A=", "definitionValue:1 2", "blank: ", "comment:# c"]],
    ["$A = \\\r\n", ["word:$A", "blank: ", "word:=", "blank: ", "continuation:\\", "lineEnd:\r\n"]],
    ["$A=x \\", ["definitionName:$A=", "definitionValue:x", "blank: ", "continuation:\\"]],
    ["@main priority 1", ["condition:@main ", "word:priority", "blank: ", "word:1"]],
    ["@main", ["condition:@main"]],
    [" ~SEQ(a, 1, 2) x", ["blank: ", "sequence:~SEQ(a, 1, 2) x"]],
    ["includer /etc/*.conf ", ["includeKeyword:includer", "blank: ", "includePath:/etc/*.conf", "blank: "]],
    ["included /etc", ["word:included", "blank: ", "word:/etc"]],
    ['notify "open', ["word:notify", "blank: ", 'bad:"open']],
    ["a\0b", ["word:a", "bad:\0b"]],
    ["a\u000cb", ["word:a", "blank:\u000c", "word:b"]],
    ["// {", ["word://", "blank: ", "open:{"]],
    ["“x” 漢字", ["word:“x”", "blank: ", "word:漢字"]],
  ])("%j", (line, parts) => {
    expect(shown(line)).toEqual(parts);
  });

  test("references lie inside words and strings", () => {
    const inner = (line: string) =>
      parseLine(line).flatMap((part) => part.inner?.map((one) => line.slice(one.start, one.end)) ?? []);
    expect(inner('ip ${A}.1/$B "x ${C}" $D, $E/24')).toEqual(["${A}", "$B", "${C}", "$D"]);
  });

  test("a byte order mark is a part of the first line only", () => {
    const { lines } = parseSource("bom.conf", "\uFEFFglobal_defs {\n\uFEFF}\n");
    expect(lines.map(({ parts }) => parts[0]?.kind)).toEqual(["bom", "word"]);
  });
});

describe("any text", () => {
  test("is covered by its parts: 20,000 random strings", () => {
    fc.assert(fc.property(anyText, expectCover), { seed, numRuns: 18_000 });
    fc.assert(fc.property(configuration, expectCover), { seed, numRuns: 2_000 });
  }, 120_000);

  test.each<[string, string]>([
    ["nothing", ""],
    ["one line end", "\n"],
    ["CRLF", "global_defs {\r\n}\r\n"],
    ["old line ends", "global_defs {\r}\r"],
    ["no final line end", "global_defs {\n}"],
    ["a line of a megabyte", `${"priority 100 ".repeat(80_000)}#\n`],
    ["200,000 lines", "  virtual_router_id 51 # x\n".repeat(200_000)],
    ["100,000 unclosed braces", "{".repeat(100_000)],
  ])("%s", (_name, text) => {
    const { lines } = parseSource("big.conf", text);
    expect(lines.map((line) => line.text).join("")).toBe(text);
    for (const { text: line, parts } of lines.slice(0, 3)) {
      expect(parts.map((part) => line.slice(part.start, part.end)).join("")).toBe(line);
    }
  });
});
