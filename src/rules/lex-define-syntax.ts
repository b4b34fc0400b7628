import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-define-syntax";

export const lexDefineSyntax: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A definition of a variable, or its use, is not written as keepalived reads it.",
  why: "keepalived takes such a line as an unknown keyword, the variable stays undefined, and the lines that use it hold the text $NAME instead of a value: a priority falls to 100, an address is dropped.",
  basis:
    "keepalived.conf(5), Parameter substitution; lib/parser.c, check_definition (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: `«$PRIO =»150\n${file(instance("priority $PRIO"))}`,
      fixed: `$PRIO=150\n${file(instance("priority $PRIO"))}`,
    },
    { input: `«$MY-PRIO=»150\n${file(instance())}` },
    { input: `«$1ST=»150\n${file(instance())}` },
  ],
  good: () => [
    `$PRIO=150\n${file(instance("priority $PRIO"))}`,
    `$PRIO= 150\n${file(instance("priority $PRIO"))}`,
  ],
  check(host, report) {
    for (const { at, syntax, subject = "", edits = [] } of mistakes(host, id)) {
      if (syntax) {
        report(
          at,
          `$${shown(subject)} is defined, but cannot be used in this way: a value of several lines must stand at the end of a line, and only \${_RANDOM} takes numbers. keepalived leaves the text as it is.`,
        );
        continue;
      }
      report(
        at,
        "keepalived does not take this as a definition and leaves the variable undefined where it is used. Write $NAME=value: the name of letters, digits and _, not beginning with a digit, and no blank before =.",
        { fixes: fix("Write it as a definition", true, ...edits) },
      );
    }
  },
};
