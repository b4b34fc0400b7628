import { file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-include-with-variable-or-condition";

export const lexIncludeWithVariableOrCondition: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "An include stands under a condition, or its path holds a variable.",
  why: "keepalived looks for includes before it replaces most variables, so the path stays as it is and the file is not read. Under a condition the file is read twice, and its instances are defined twice.",
  basis: "keepalived.conf(5), Include files; seen with keepalived -t.",
  bad: () => [{ input: `$DIR=/etc/keepalived\ninclude «$DIR/vips.conf»\n${file(instance())}` }],
  good: () => [`include /etc/keepalived/vips.conf\n${file(instance())}`],
  check(host, report) {
    for (const { at, subject = "" } of mistakes(host, id)) {
      const message = subject.startsWith("@")
        ? `keepalived does not support an include under a condition such as ${shown(subject)}: it may read the file twice, and everything in it is then defined twice. Put the condition on the lines inside the file.`
        : `keepalived does not support variables in the path of an include: it may look for a file of exactly this name and go on without it. Write the path in full.`;
      report(at, message);
    }
  },
};
