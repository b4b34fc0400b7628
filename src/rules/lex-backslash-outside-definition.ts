import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { type Mistake, placeOf } from "./lexical/mistake.ts";
import { lineAt } from "./lexical/written.ts";
import { mistakes } from "./lexical.ts";
import { textAt } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-backslash-outside-definition";

export const lexBackslashOutsideDefinition: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A line ends in a backslash, but only definitions of variables go on to the next line.",
  why: "keepalived takes the backslash as part of the line and the next line as a statement of its own, which it does not know: the value is lost.",
  basis: "keepalived.conf(5), Parameter substitution; seen with keepalived -t.",
  bad: () => [
    {
      input: file(block("vrrp_script chk", 'script "/usr/local/bin/check"', "interval «\\»", "    5")),
      fixed: file(block("vrrp_script chk", 'script "/usr/local/bin/check"', "interval 5")),
    },
    { input: file(instance("advert_int 1 «\\» # seconds")) },
  ],
  good: () => [`$TEXT=router_id \\\n    web1\n${file(instance())}`],
  check(host, report) {
    for (const mistake of mistakes(host, id)) {
      report(
        mistake.at,
        "A backslash continues a line only in the definition of a $VARIABLE. keepalived takes the next line as a statement of its own and does not know it. Join the two lines.",
        { fixes: joining(host, mistake) },
      );
    }
  },
};

function joining(host: Host, { at }: Mistake): readonly Fix[] {
  const line = lineAt(host, at);
  // Behind the backslash a comment may stand; then the lines cannot simply be joined.
  if (!line || textAt(host, at) !== "\\" || at.span.end !== line.at.span.end) return [];
  const { text } = line.source;
  const before = /[ \t]*$/.exec(text.slice(line.at.span.start, at.span.start))?.[0].length ?? 0;
  const after = /^[ \t]*\r?\n[ \t]*/.exec(text.slice(at.span.end))?.[0];
  if (after === undefined) return [];
  return fix("Join the two lines", true, {
    at: placeOf(at.file, at.span.start - before, at.span.end + after.length),
    text: " ",
  });
}
