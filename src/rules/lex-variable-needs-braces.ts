import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-variable-needs-braces";

export const lexVariableNeedsBraces: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A variable is followed directly by other text and has no braces.",
  why: "keepalived replaces $NAME only in front of a blank, a comma, a closing parenthesis or the end of the line. Elsewhere the text stays as it is, and an address such as $IP/24 is dropped as malformed.",
  basis:
    "keepalived.conf(5), Parameter substitution; lib/parser.c, replace_param (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: `$IP=10.0.0.100\n${file(instance("virtual_ipaddress {\n    «$IP»/24\n}"))}`,
      fixed: `$IP=10.0.0.100\n${file(instance(`virtual_ipaddress {\n    \${IP}/24\n}`))}`,
    },
  ],
  good: () => [`$IP=10.0.0.100\n${file(instance(`virtual_ipaddress {\n    \${IP}/24\n}`))}`],
  check(host, report) {
    for (const { at, subject = "" } of mistakes(host, id)) {
      report(
        at,
        `keepalived does not replace $${subject} here, because other text follows it directly; the line keeps the text $${subject} and is refused. Write \${${subject}}.`,
        { fixes: fix(`Write \${${subject}}`, true, { at, text: `\${${subject}}` }) },
      );
    }
  },
};
