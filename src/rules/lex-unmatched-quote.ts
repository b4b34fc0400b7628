import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { fix } from "./edits.ts";
import { block, file } from "./examples.ts";
import { type Mistake, placeOf } from "./lexical/mistake.ts";
import { lineAt } from "./lexical/written.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-unmatched-quote";

export const lexUnmatchedQuote: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A double quote is opened and not closed on the same line.",
  why: "Quotes never go on to the next line. keepalived reports the quote and drops the rest of the line, so the value is lost or the keyword has none.",
  basis: "lib/parser.c, alloc_strvec (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: file(block("global_defs", 'router_id «"web1»')),
      fixed: file(block("global_defs", 'router_id "web1"')),
    },
    { input: file(block("vrrp_script chk", 'script «"/usr/bin/test -e \'/run/ready"»')) },
  ],
  good: () => [
    file(block("global_defs", 'router_id "web1"')),
    file(block("vrrp_script chk", "script \"/usr/bin/test -e '/run/my ready'\"")),
    file(block("vrrp_script chk", "script '/usr/bin/test -e \"/run/my ready\"'")),
  ],
  check(host, report) {
    for (const mistake of mistakes(host, id)) {
      if (!mistake.syntax) {
        report(
          mistake.at,
          "The quotes of this command do not match, so keepalived cannot split it into words and runs nothing. Close every ' and \" that is opened.",
        );
        continue;
      }
      report(
        mistake.at,
        'This " has no partner on the line. keepalived drops the rest of the line, so the value is lost. Close the quotes on the same line.',
        { fixes: closing(host, mistake) },
      );
    }
  },
};

/** A quote at the end of the line, where nothing there looks like a comment or a brace. */
function closing(host: Host, { at }: Mistake): readonly Fix[] {
  const line = lineAt(host, at);
  if (!line) return [];
  const rest = line.source.text.slice(at.span.start + 1, line.at.span.end);
  if (/[#!{}"]/.test(rest)) return [];
  const end = at.span.start + 1 + rest.trimEnd().length;
  return fix("Close the quotes at the end of the line", true, { at: placeOf(at.file, end, end), text: '"' });
}
