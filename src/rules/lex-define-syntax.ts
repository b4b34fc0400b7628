import type { Fix, Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { isDefinedAbove, shellDefault } from "./lexical/variables.ts";
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
    {
      input: `$PRIO=150\n${file(instance("priority «${PRIO:-100}»"))}`,
      fixed: `$PRIO=150\n${file(instance("priority ${PRIO}"))}`,
    },
    { input: file(instance("priority «${PRIO:-150}»")), fixed: file(instance("priority 150")) },
    {
      input: `$PRIO=«\${OWN:-150}»\n${file(instance("priority $PRIO"))}`,
      fixed: `$PRIO=150\n${file(instance("priority $PRIO"))}`,
    },
    {
      input: `$ALL=priority «\${OWN:-150}» \\\n  nopreempt\n${file(instance("$ALL"))}`,
      fixed: `$ALL=priority 150 \\\n  nopreempt\n${file(instance("$ALL"))}`,
    },
    {
      input: `$ALL=\\\n  priority «\${OWN:-150}» \\\n  nopreempt\n${file(instance("$ALL"))}`,
      fixed: `$ALL=\\\n  priority 150 \\\n  nopreempt\n${file(instance("$ALL"))}`,
    },
  ],
  good: () => [
    `$PRIO=150\n${file(instance("priority $PRIO"))}`,
    `$PRIO= 150\n${file(instance("priority $PRIO"))}`,
    file(instance('notify_master "/usr/local/bin/notify ${WHERE:-here}"')),
    `$WHERE=\${PLACE:-here}\n${file(instance('notify_master "/usr/local/bin/notify $WHERE"'))}`,
    `$UNUSED=\${PRIO:-150}\n${file(instance("priority 150"))}`,
  ],
  check(host, report) {
    for (const mistake of mistakes(host, id)) {
      const { at, syntax, subject = "", edits = [] } = mistake;
      if (syntax) {
        report(
          at,
          `$${shown(subject)} is defined, but cannot be used in this way: a value of several lines must stand at the end of a line, and only \${_RANDOM} takes numbers. keepalived leaves the text as it is.`,
        );
        continue;
      }
      if (subject.startsWith("${")) {
        report(at, noDefaults, { fixes: withoutDefault(host, at, subject) });
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

const noDefaults =
  "keepalived's variables have no default values as a shell's have: it takes the braces for those of a block, and from here on the block is not read as it is meant. Define the variable further up, $NAME=value, and write ${NAME} here.";

/** The variable where it is defined, else the value that a shell would take. */
function withoutDefault(host: Host, at: Place, written: string): readonly Fix[] {
  const [[, name = "", value = ""] = []] = written.matchAll(shellDefault);
  if (isDefinedAbove(host, name, at)) return fix(`Write \${${name}}`, true, { at, text: `\${${name}}` });
  return value === "" ? [] : fix(`Write ${value}`, false, { at, text: value });
}
