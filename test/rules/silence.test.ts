import { describe, expect, test } from "vitest";
import { lintTexts, withFirstFixes } from "../support/fleet.ts";

const rules = (text: string) => lintTexts({ "x.conf": text }).map(({ rule }) => rule);
const file = (...lines: string[]) =>
  `${lines.join("\n")}\nvrrp_instance V {\n    interface eth0\n    virtual_router_id 1\n    virtual_ipaddress {\n        10.0.0.1/24\n    }\n}\n`;
const wrong = "global_defs {\n    nonsense 1\n}";
const next = (names: string) =>
  `global_defs {\n    # vrrp-lint-disable-next-line ${names}\n    nonsense 1\n}`;

describe("silencing comments", () => {
  test.each<[string, string, string[]]>([
    ["none", file(wrong), ["lex-unknown-keyword"]],
    ["the next line, by rule", file(next("lex-unknown-keyword")), []],
    [
      "the next line, by several rules, with a reason",
      file(next("lex-unknown-keyword, lex-keyword-case: old name")),
      ["lint-unused-silencer"],
    ],
    ["the next line, every rule", file(next("")), []],
    ["the whole file", file("! vrrp-lint-disable lex-unknown-keyword", wrong), []],
    ["another rule", file(next("lex-keyword-case")), ["lint-unused-silencer", "lex-unknown-keyword"]],
    ["a rule that is none", file(next("lex-nonsense")), ["lint-unused-silencer", "lex-unknown-keyword"]],
    [
      "a file-wide one below the top silences nothing",
      file(wrong, "# vrrp-lint-disable lex-unknown-keyword"),
      ["lex-unknown-keyword", "lint-unused-silencer"],
    ],
    ["a last line that has no next", `${file()}# vrrp-lint-disable-next-line`, ["lint-unused-silencer"]],
    [
      "one too many",
      file("# vrrp-lint-disable-next-line lex-unknown-keyword", "", wrong),
      ["lint-unused-silencer", "lex-unknown-keyword"],
    ],
  ])("%s", (_name, text, expected) => {
    expect(rules(text)).toEqual(expected);
  });

  test("an unused one says what it is about", () => {
    const message = (line: string) => lintTexts({ "x.conf": file(line) })[0]?.message;
    expect(message("# vrrp-lint-disable lex-bom")).toContain("silences lex-bom, which has nothing to say");
    expect(message("# vrrp-lint-disable")).toContain("silences all rules, and none of them has anything to");
  });

  test("an unused one points at the rule's name", () => {
    const text = file(next("lex-keyword-case"));
    const [unused] = lintTexts({ "x.conf": text });
    expect(text.slice(unused?.at.span.start, unused?.at.span.end)).toBe("lex-keyword-case");
  });
});

describe("what silences nothing", () => {
  /** The text after the one fix of the first useless silencer; undefined where there is none. */
  const mended = (comment: string): string | undefined => {
    const texts = { "x.conf": file(comment, wrong) };
    const [told] = lintTexts(texts).filter(({ rule }) => rule === "lint-unused-silencer");
    const after = told?.fixes[0] && withFirstFixes(texts, [told])["x.conf"];
    return after?.replace(file(wrong), "");
  };

  test.each([
    ["alone goes with its line", "# vrrp-lint-disable lex-bom", ""],
    [
      "behind others goes alone",
      "# vrrp-lint-disable lex-unknown-keyword, lex-bom",
      "# vrrp-lint-disable lex-unknown-keyword\n",
    ],
    [
      "before others goes alone",
      "# vrrp-lint-disable lex-bom, lex-unknown-keyword",
      "# vrrp-lint-disable lex-unknown-keyword\n",
    ],
    ["with a reason stays for its author", "# vrrp-lint-disable lex-bom because of this", undefined],
    ["behind other words stays for its author", "# see vrrp-lint-disable lex-bom", undefined],
  ])("%s", (_, comment, expected) => {
    expect(mended(comment)).toBe(expected);
  });
});
