/** How an editor indents, folds and selects: the expressions of the language configuration on lines of real files. */
import { describe, expect, test } from "vitest";
import { filesBelow, textOf } from "../support/project.ts";

const configuration = JSON.parse(textOf("client/language-configuration.json"));
const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;
const increase = new RegExp(increaseIndentPattern);
const decrease = new RegExp(decreaseIndentPattern);
const between = new RegExp(configuration.onEnterRules[0].beforeText);

describe("the line behind is indented", () => {
  test.each<[line: string, indented: boolean]>([
    ["vrrp_instance VI_1 {", true],
    ["vrrp_instance VI_1 { # the first", true],
    ["vrrp_instance VI_1 { ! the first", true],
    ["{", true],
    ["vrrp_instance VI_1", false],
    ["priority 100", false],
    ["# vrrp_instance VI_1 {", false],
    ["! vrrp_instance VI_1 {", false],
    ["priority 100 # {", false],
    ['notify "a {"', false],
    ['notify "a \\" {"', false],
    ["virtual_ipaddress { 10.0.0.1 }", false],
    ["interface ${IF}", false],
    ["vrrp_instance ${NAME} {", true],
    ["a \\# {", false],
    ["}", false],
  ])("%j", (line, indented) => {
    expect(increase.test(line)).toBe(indented);
  });
});

test.each<[line: string, back: boolean]>([
  ["}", true],
  ["    }", true],
  ["} # end", true],
  ["a }", false],
  ["# }", false],
])("%j goes back: %s", (line, back) => {
  expect(decrease.test(line)).toBe(back);
});

test.each<[line: string, opens: boolean]>([
  ["vrrp_instance VI_1 {", true],
  ["# vrrp_instance VI_1 {", false],
  ["a { b", false],
])("Enter between the braces behind %j makes room: %s", (line, opens) => {
  expect(between.test(line)).toBe(opens);
});

test("every file of the examples comes out as it is indented", () => {
  const files = filesBelow("examples").filter((file) => file.endsWith(".conf"));
  for (const file of files) {
    let depth = 0;
    const wrong = textOf(file)
      .split("\n")
      .flatMap((line, index) => {
        if (decrease.test(line)) depth--;
        const isDeeper = (/^\s*/.exec(line)?.[0].length ?? 0) > 0;
        const fits = line.trim() === "" || /^\s*[#!]/.test(line) || isDeeper === depth > 0;
        if (increase.test(line)) depth++;
        return fits ? [] : [index + 1];
      });
    expect([file, wrong, depth]).toEqual([file, [], 0]);
  }
});

test("a word is what keepalived takes for one, without the signs around a variable", () => {
  const words = (line: string) => line.match(new RegExp(configuration.wordPattern, "g"));
  expect(words("vrrp_instance ha-internal-1 {")).toEqual(["vrrp_instance", "ha-internal-1"]);
  expect(words("10.0.0.1/24 dev eth0.5 # x")).toEqual(["10.0.0.1/24", "dev", "eth0.5", "x"]);
  expect(words('$NAME="${OTHER}"')).toEqual(["NAME", "OTHER"]);
});

test("an expression does not go astray on a long line", () => {
  const line = `${'a "b" {c} \\'.repeat(2_000)}x`;
  expect(increase.test(line)).toBe(false);
  expect(between.test(line)).toBe(false);
});
