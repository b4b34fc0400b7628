import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-block-on-one-line";

export const lexBlockOnOneLine: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A block with several settings stands on one line.",
  why: "keepalived reads one setting from a line. In a block on one line the first keyword takes the words that follow it, so all settings but the first are lost: authentication is off although type and password are written.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(instance("«authentication { auth_type PASS auth_pass s3cret }»")),
      fixed: file(instance(block("authentication", "auth_type PASS", "auth_pass s3cret").trimEnd())),
    },
    {
      input: file("«global_defs { script_user root enable_script_security }»", instance()),
      fixed: file(block("global_defs", "script_user root", "enable_script_security"), instance()),
    },
  ],
  good: () => [
    file(instance(block("authentication", "auth_type PASS", "auth_pass s3cret"))),
    file(instance("virtual_ipaddress { 10.0.0.100/24 }")),
  ],
  check(host, report) {
    for (const { at, subject = "", edits = [] } of mistakes(host, id)) {
      report(
        at,
        `keepalived reads only one setting from a line, so all settings of this ${subject} block but the first are lost. Put each one on a line of its own, and the closing brace as well.`,
        { fixes: fix("Put each setting on a line of its own", true, ...edits) },
      );
    }
  },
};
