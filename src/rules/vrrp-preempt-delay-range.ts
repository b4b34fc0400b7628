import type { Fix } from "../diagnostic.ts";
import type { Finding } from "../schema/statement.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { meantNumber } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-preempt-delay-range";

export const vrrpPreemptDelayRange: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "preempt_delay is not a number of seconds from 0 to 1000.",
  why: "keepalived uses no delay at all. A host that comes back takes the addresses back at once, before its services are ready.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_preempt_delay_handler (v2.4.3); keepalived -t.",
  bad: () => [
    { input: file(instance("preempt_delay «3600»")), fixed: file(instance("preempt_delay 1000")) },
    { input: file(instance("preempt_delay «60s»")), fixed: file(instance("preempt_delay 60")) },
    { input: file(instance("preempt_delay «-1»")) },
  ],
  good: () => [file(instance("preempt_delay 1000")), file(instance("preempt_delay 0.5"))],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      if (!finding.word) continue;
      report(
        finding.at,
        `${finding.word.text} is not a number of seconds from 0 to 1000, so keepalived does not wait before it takes over: a host that comes back takes the addresses back at once. Write a plain number of seconds.`,
        { fixes: repair(finding) },
      );
    }
  },
};

function repair({ word }: Finding): readonly Fix[] {
  const meant = meantNumber((word?.text ?? "").replace(/^(\d+)s$/i, "$1"));
  if (meant === undefined || Number(meant) < 0) return [];
  return Number(meant) > 1000
    ? fix("Write 1000", false, replaceWord(word, "1000"))
    : fix(`Write ${meant}`, true, replaceWord(word, meant));
}
