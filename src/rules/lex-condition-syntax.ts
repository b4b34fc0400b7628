import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { type Mistake, placeOf } from "./lexical/mistake.ts";
import { lineAt } from "./lexical/written.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-condition-syntax";

export const lexConditionSyntax: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A condition @name has no name or no line to apply to.",
  why: "keepalived drops the whole line on every host, without a message: the setting holds nowhere.",
  basis:
    "keepalived.conf(5), Conditional configuration and configuration id; seen with keepalived -t and running daemons.",
  bad: () => [
    { input: file(instance("«@» a priority 200")), fixed: file(instance("@a priority 200")) },
    { input: file(instance("«@a»")) },
  ],
  good: () => [file(instance("@a priority 200", "@^a priority 100"))],
  check(host, report) {
    for (const mistake of mistakes(host, id)) {
      const { at, subject = "" } = mistake;
      const named = /[^@^]/.test(subject);
      const problem = named
        ? `${subject} stands alone on its line and applies to nothing.`
        : `No name follows ${subject} directly, so this condition holds on no host.`;
      const advice = named
        ? "Write what it applies to on the same line, after a blank."
        : "Write the name without a blank before it.";
      report(at, `${problem} keepalived drops the line on every host without a message. ${advice}`, {
        fixes: named ? [] : joining(host, mistake),
      });
    }
  },
};

/** Takes away the blank between the sign and what must be the name. */
function joining(host: Host, { at }: Mistake): readonly Fix[] {
  const line = lineAt(host, at);
  const rest = line?.source.text.slice(at.span.end, line.at.span.end) ?? "";
  const blank = /^[ \t]+(?=[\w.-]+[ \t]+\S)/.exec(rest)?.[0];
  if (blank === undefined) return [];
  return fix("Join the name to the sign", true, {
    at: placeOf(at.file, at.span.end, at.span.end + blank.length),
    text: "",
  });
}
