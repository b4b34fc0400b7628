import type { Fix } from "../diagnostic.ts";
import { bind } from "../schema/bind.ts";
import type { Finding } from "../schema/statement.ts";
import { faultOf } from "../schema/values.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { consequence, shown } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import { meantNumber } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-number-format";

export const lexNumberFormat: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "A number is written in hex, with a unit or with other characters.",
  why: "keepalived reads plain decimal numbers. It reports anything else and uses a default, or the digits in front of the other characters, depending on keyword and release.",
  basis: "lib/parser.c, read_int_func and read_decimal_unsigned_long_func (v2.2.7); seen with keepalived -t.",
  bad: () => [
    { input: file(instance("version «0x3»")), fixed: file(instance("version 3")) },
    {
      input: file(block("global_defs", "smtp_connect_timeout «30s»")),
      fixed: file(block("global_defs", "smtp_connect_timeout 30")),
    },
    { input: file(instance("version «three»")) },
  ],
  good: () => [file(instance("version 03")), file(instance("version +3")), file(instance('version "3"'))],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const { at, statement, word, expected } = finding;
      if (!word) continue;
      report(
        at,
        `${shown(word.text)} is not a plain decimal number: ${consequence(statement)}. Write ${expected ?? "a number"}.`,
        { fixes: repair(finding) },
      );
    }
  },
};

/** The number alone, where what stands around it leaves no doubt. */
function repair({ statement, word }: Finding): readonly Fix[] {
  const bound = statement && bind(statement)?.bound.find((one) => one.word.at === word?.at);
  const value = bound?.arg.value;
  if (!word || !value) return [];
  const seconds = value.is === "seconds" ? inSeconds(word.text) : undefined;
  const meant = seconds ?? meantNumber(word.text) ?? /^(\d+)s(ec(onds?)?)?$/.exec(word.text)?.[1];
  if (meant === undefined || faultOf(value, meant)) return [];
  return fix(`Write ${meant}`, true, replaceWord(word, meant));
}

function inSeconds(text: string): string | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|sec|seconds?|m|min)$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  const factor = unit === "ms" ? 0.001 : unit?.startsWith("m") ? 60 : 1;
  return String(Number((Number(number) * factor).toFixed(6)));
}
