import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { documentedButWrong } from "./lexical/classify.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-documented-but-wrong";

export const lexDocumentedButWrong: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A keyword that keepalived's manual page names, but its parser does not know.",
  why: "keepalived calls the keyword unknown and ignores the line: the setting is not applied, although it is written as documented.",
  basis:
    "keepalived.conf(5) against keepalived/core/global_parser.c and keepalived/vrrp/vrrp_parser.c (v2.4.3); seen with keepalived -t.",
  bad: () => [
    {
      input: file(block("global_defs", "«state_file_location» /run/keepalived.state")),
      fixed: file(block("global_defs", "state_dump_file /run/keepalived.state")),
    },
    {
      input: file(
        block("vrrp_sync_group G1", block("group", "VI_1"), "«notify_deleted» /usr/local/bin/deleted"),
        instance(),
      ),
    },
  ],
  good: () => [file(block("global_defs", "state_dump_file /run/keepalived.state"))],
  check(host, report) {
    for (const { at, word } of mistakes(host, id)) {
      const name = word?.text ?? "";
      const meant = documentedButWrong[name];
      const advice =
        meant === undefined
          ? "Write it in each vrrp_instance instead."
          : `Write ${meant} instead, which release 2.3.3 and later know.`;
      report(
        at,
        `The manual page names ${name} here, but keepalived does not know it and ignores the line. ${advice}`,
        { fixes: meant === undefined ? [] : fix(`Write ${meant}`, true, replaceWord(word, meant)) },
      );
    }
  },
};
