import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { saysNo } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-bool-argument-ignored";

export const vrrpBoolArgumentIgnored: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A keyword that takes no value is switched off, but keepalived switches it on.",
  why: "The keyword alone is the switch: keepalived does not look at the word behind it, says nothing and does the opposite of what is written.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_nopreempt_handler (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: file(instance("«nopreempt off»")), fixed: file(instance()) },
    {
      input: file(instance("state BACKUP", "«dont_track_primary false»")),
      fixed: file(instance("state BACKUP")),
    },
    {
      input: file(block("global_defs", "router_id a", "«enable_script_security no»"), instance()),
      fixed: file(block("global_defs", "router_id a"), instance()),
    },
    { input: file(instance("«nopreempt on»")), fixed: file(instance("nopreempt")) },
  ],
  good: () => [file(instance("nopreempt")), file(instance("strict_mode off"))],
  check(host, report) {
    for (const { statement, word } of findingsFor(host, id)) {
      if (!statement || !word) continue;
      const keyword = statement.words[0];
      if (!keyword) continue;
      const at = { file: keyword.at.file, span: { start: keyword.at.span.start, end: word.at.span.end } };
      if (saysNo(word.text))
        report(
          at,
          `${keyword.text} takes no value: keepalived ignores ${word.text} and switches it on, without a message. Delete the line.`,
          { fixes: fix("Delete the line", true, deleteLines(host, statement)) },
        );
      else
        report(
          at,
          `${keyword.text} takes no value: keepalived ignores ${word.text}. The keyword alone switches it on.`,
          {
            severity: "hint",
            fixes: word.via
              ? []
              : fix(`Delete ${word.text}`, true, {
                  at: { file: word.at.file, span: { start: keyword.at.span.end, end: word.at.span.end } },
                  text: "",
                }),
          },
        );
    }
  },
};
