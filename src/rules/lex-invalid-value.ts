import type { Fix } from "../diagnostic.ts";
import type { Finding } from "../schema/statement.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { consequence, shown } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-invalid-value";

export const lexInvalidValue: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A value that its keyword does not accept.",
  why: "keepalived reports the value in its log and goes on with a default or without the line: what runs is not what the file says.",
  basis:
    "The keyword's entry in the schema, which names the place in keepalived's source; seen with keepalived -t.",
  bad: () => [
    { input: file(instance("version «4»")) },
    {
      input: file(block("global_defs", "smtp_server «mail_server_1 25»"))
        .replace(/[«»]/g, "")
        .replace("25", "«99999»"),
    },
    {
      input: file(instance(block("track_interface", "eth1 «wieght» 10"))),
      fixed: file(instance(block("track_interface", "eth1 weight 10"))),
    },
    { input: file(instance("interface «a-very-long-interface»")) },
  ],
  good: () => [file(instance("version 3")), file(instance(block("track_interface", "eth1 weight 10")))],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      report(finding.at, `${problem(finding)}: ${consequence(finding.statement)}. ${advice(finding)}`, {
        fixes: repair(finding),
      });
    }
  },
};

function problem({ kind, statement, word, expected }: Finding): string {
  const text = shown(word?.text ?? "");
  const keyword = (statement?.data ? statement.parent : statement)?.words[0]?.text ?? "this keyword";
  switch (kind) {
    case "too-long":
      return `${text} is too long for ${keyword}`;
    case "bad-option":
      return expected?.includes(" after ")
        ? `The value of ${text} is missing`
        : `${keyword} has no option ${text}`;
    case "out-of-range":
      return `${text} is out of range for ${keyword}`;
    default:
      return `${keyword} does not accept ${text === "" ? "an empty value" : text}`;
  }
}

function advice({ suggestion, expected }: Finding): string {
  if (suggestion !== undefined) return `Did you mean ${suggestion}?`;
  return expected === undefined || expected.length > 120 ? "Correct it." : `Expected: ${expected}.`;
}

function repair({ word, suggestion }: Finding): readonly Fix[] {
  if (suggestion === undefined) return [];
  return fix(
    `Write ${suggestion}`,
    word?.text.toLowerCase() === suggestion.toLowerCase(),
    replaceWord(word, suggestion),
  );
}
