import { nearest } from "../schema/nearest.ts";
import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { definedNames } from "./lexical/variables.ts";
import { mistakes } from "./lexical.ts";
import { textAt } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-undefined-variable";

export const lexUndefinedVariable: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A variable is used that nothing above defines.",
  why: "keepalived leaves the text of the reference as it is and says nothing about it: a priority of $PRIO is no number and becomes 100, an address of $VIP is dropped.",
  basis: "lib/parser.c, replace_param (v2.2.7); seen with keepalived -t.",
  bad: () => [
    { input: file(instance("priority «$PRIO»")) },
    {
      input: `$PRIORITY=150\n${file(instance("priority «$PRIORTY»"))}`,
      fixed: `$PRIORITY=150\n${file(instance("priority $PRIORITY"))}`,
    },
    { input: `${file(instance("priority «$PRIO»"))}$PRIO=150\n` },
  ],
  good: () => [
    `$PRIO=150\n${file(instance("priority $PRIO"))}`,
    file(instance(block("authentication", "auth_type PASS", "auth_pass pa$word"))),
    file(instance('notify_master "/usr/local/bin/notify $HOME"')),
    file(instance(`priority \${_RANDOM 100 200}`)),
  ],
  check(host, report) {
    const found = mistakes(host, id);
    const names = found.length > 0 ? definedNames(host) : [];
    for (const { at, subject = "" } of found) {
      const below = names.includes(subject);
      const meant = below ? undefined : nearest(subject, names);
      const advice = below
        ? "It is defined further down; move the definition above this line."
        : meant === undefined
          ? `Add $${subject}=value above this line.`
          : `Did you mean $${meant}?`;
      const text = meant === undefined ? undefined : textAt(host, at).replace(subject, meant);
      report(
        at,
        `Nothing above this line defines $${subject}, so keepalived uses the text as it stands and the setting gets its default or is dropped. ${advice}`,
        { fixes: text === undefined ? [] : fix(`Write ${text}`, true, { at, text }) },
      );
    }
  },
};
