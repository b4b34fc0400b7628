import type { Finding } from "../schema/statement.ts";
import { readInteger } from "../schema/values.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { meantNumber } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-script-weight-range";
const weighted = (weight: string) =>
  file(secured, script(`weight ${weight}`), instance(block("track_script", "chk")));

export const vrrpScriptWeightRange: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "The weight of a script is not a whole number from -253 to 253.",
  why: "keepalived reports it and uses what it can read all the same: -300 counts as -300, -20x as -20. Priorities end up where nobody expects them.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_vscript_weight_handler (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: weighted("«-300»"), fixed: weighted("-253") },
    { input: weighted("«-20;»"), fixed: weighted("-20") },
    { input: weighted("-20 «revers»"), fixed: weighted("-20 reverse") },
  ],
  good: () => [weighted("-60"), weighted("-20 reverse")],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const { word, at } = finding;
      if (!word) continue;
      report(
        at,
        `${word.text} is not ${finding.expected ?? "a weight"}. keepalived complains and goes on with what it can read, so the priority changes in a way nobody expects. Correct it.`,
        {
          fixes: repair(finding),
        },
      );
    }
  },
};

function repair({ word, suggestion }: Finding) {
  const text = word?.text ?? "";
  const number = readInteger(text);
  if (number !== undefined && Math.abs(number) > 253)
    return fix(`Write ${number < 0 ? -253 : 253}`, false, replaceWord(word, String(number < 0 ? -253 : 253)));
  const meant = suggestion ?? meantNumber(text);
  return meant === undefined ? [] : fix(`Write ${meant}`, true, replaceWord(word, meant));
}
