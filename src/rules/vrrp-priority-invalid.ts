import type { Finding } from "../schema/statement.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { meantNumber } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-priority-invalid";

export const vrrpPriorityInvalid: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A priority is not a whole number from 1 to 255.",
  why: "keepalived uses 100 instead, the default of every backup. The host that should be master then has no higher priority than the others and loses the election, or wins it by chance.",
  basis:
    "RFC 9568 section 5.2.4; keepalived/vrrp/vrrp_parser.c, vrrp_prio_handler (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: file(instance("priority «150x»")), fixed: file(instance("priority 150")) },
    { input: file(instance("priority «300»")), fixed: file(instance("priority 254")) },
    { input: file(instance("priority «0»")) },
    { input: file(instance("priority «150.5»")) },
  ],
  good: () => [
    file(instance("priority 1")),
    file(instance("priority 254")),
    file(instance('priority "150"')),
  ],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      if (!finding.word) continue;
      report(
        finding.at,
        `${finding.word.text} is not a priority, so keepalived uses 100, as a host without priority does: the intended master may lose the election. Write a whole number from 1 to 254, the highest on the host that should be master.`,
        { fixes: repair(finding) },
      );
    }
  },
};

function repair({ word }: Finding) {
  const text = word?.text ?? "";
  const meant = meantNumber(text.replace(/^(\d+)[a-z]+$/i, "$1"));
  if (meant === undefined || Number(meant) < 1) return [];
  return Number(meant) > 255
    ? fix(
        "Write 254, the highest priority of a host that does not own the addresses",
        false,
        replaceWord(word, "254"),
      )
    : fix(`Write ${Number(meant)}`, true, replaceWord(word, meant));
}
