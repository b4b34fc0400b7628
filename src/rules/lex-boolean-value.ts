import type { Fix } from "../diagnostic.ts";
import type { Word } from "../syntax/tree.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { consequence, shown } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-boolean-value";

export const lexBooleanValue: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "A switch is set to something other than on, off, true, false, yes or no.",
  why: "Newer releases refuse other words and capitals and keep what held before; older ones ignore the word of some switches and turn them on, whatever it says.",
  basis: "lib/parser.c, check_true_false (v2.2.7); seen with keepalived -t 2.2.7 and 2.4.3.",
  bad: () => [
    { input: file(instance("strict_mode «False»")), fixed: file(instance("strict_mode false")) },
    { input: file(instance("strict_mode «0»")), fixed: file(instance("strict_mode off")) },
    { input: file(instance("strict_mode «never»")) },
  ],
  good: () => [file(instance("strict_mode off")), file(block("global_defs", "vrrp_strict"))],
  check(host, report) {
    for (const { at, statement, word } of findingsFor(host, id)) {
      if (!word) continue;
      const keyword = statement?.words[0]?.text ?? "This switch";
      report(
        at,
        `${keyword} takes on or off (or true, false, yes, no) in small letters. With ${shown(word.text)} ${consequence(statement)}, and some releases take it as on. Write on or off.`,
        { fixes: repair(word) },
      );
    }
  },
};

const meanings: Readonly<Record<string, string>> = {
  "1": "on",
  "0": "off",
  enable: "on",
  enabled: "on",
  disable: "off",
  disabled: "off",
};

function repair(word: Word): readonly Fix[] {
  const lower = word.text.toLowerCase();
  const meant = /^(on|off|true|false|yes|no)$/.test(lower) ? lower : meanings[lower];
  return meant === undefined ? [] : fix(`Write ${meant}`, true, replaceWord(word, meant));
}
