import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { otherForm } from "./lexical/classify.ts";
import { findingsFor } from "./lexical.ts";
import { keywordPlace } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-keyword-global-vs-instance-form";

export const vrrpKeywordGlobalVsInstanceForm: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A setting is written with its name for an instance in global_defs, or the other way round.",
  why: "Many settings have two names, one for all instances in global_defs and one for a single instance. In the other place keepalived does not know the name and goes on without the setting.",
  basis: "keepalived -t; keepalived.conf(5), Global definitions and VRRP instance(s).",
  bad: () => [
    {
      input: file(block("global_defs", "«garp_master_delay» 5"), instance()),
      fixed: file(block("global_defs", "vrrp_garp_master_delay 5"), instance()),
    },
    { input: file(instance("«vrrp_version» 3")), fixed: file(instance("version 3")) },
  ],
  good: () => [file(block("global_defs", "vrrp_garp_master_delay 5"), instance("garp_master_delay 5"))],
  check(host, report) {
    for (const { statement } of findingsFor(host, id)) {
      const word = statement?.words[0];
      const right = statement && otherForm(statement);
      if (!statement || !word || !right) continue;
      const globally = statement.parent?.words[0]?.text === "global_defs";
      report(
        keywordPlace(statement),
        `${word.text} is the name for ${globally ? "a single instance" : "global_defs"}; here keepalived does not know it and goes on without the setting. ${globally ? "For all instances" : "In an instance"} write ${right}.`,
        { fixes: fix(`Write ${right}`, true, replaceWord(word, right)) },
      );
    }
  },
};
