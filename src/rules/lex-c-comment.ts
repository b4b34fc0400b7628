import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-c-comment";

export const lexCComment: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A comment is written between /* and */, which keepalived does not know.",
  why: "keepalived reports the line with /* as unknown and reads the lines up to */ as configuration: what was meant to be switched off is in force.",
  basis: "keepalived.conf(5): only # and ! begin a comment; seen with keepalived -t.",
  bad: () => [
    {
      input: `«/* the pair\n * of web servers */»\n${file(instance())}`,
      fixed: `# the pair\n # of web servers\n${file(instance())}`,
    },
    {
      input: file(instance("«/* nopreempt */»", "priority 150 «/* high */»")),
      fixed: file(instance("# nopreempt", "priority 150 # high")),
    },
    { input: file(instance("«/* never closed»")) },
  ],
  good: () => [file(instance("# a comment /* of any kind */")), "include /etc/keepalived/*.conf\n"],
  check(host, report) {
    for (const { at, edits = [] } of mistakes(host, id)) {
      report(
        at,
        "/* and */ do not enclose a comment: keepalived reads what stands between them as configuration, so settings that look switched off are in force. Put # in front of each line instead.",
        { fixes: fix("Put # in front of each line", true, ...edits) },
      );
    }
  },
};
