import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { consequence } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import { textAt } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-assignment-or-punctuation";
const vips = (...lines: readonly string[]) => instance(block("virtual_ipaddress", ...lines));

export const lexAssignmentOrPunctuation: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "Equal signs, colons, semicolons or commas as in other configuration languages.",
  why: "keepalived separates words by blanks alone and takes such signs as part of them. A number with a sign is no number, so its default holds; a keyword with a sign is unknown; an address with a comma is dropped.",
  basis:
    "lib/parser.c, alloc_strvec and read_int_func (v2.2.7); seen with keepalived -t and with running daemons.",
  bad: () => [
    { input: file(instance("advert_int «=» 1")), fixed: file(instance("advert_int 1")) },
    { input: file(instance("«advert_int:» 1")), fixed: file(instance("advert_int 1")) },
    { input: file(instance("«advert_int=1»")), fixed: file(instance("advert_int 1")) },
    { input: file(instance("«nopreempt;»")), fixed: file(instance("nopreempt")) },
    { input: file(instance("version «3;»")), fixed: file(instance("version 3")) },
    { input: file(instance("interface «eth0;»")), fixed: file(instance("interface eth0")) },
    { input: file(instance("priority 150 «;»")), fixed: file(instance("priority 150")) },
    {
      input: file(vips("«10.0.0.100/24, 10.0.0.101/24»")),
      fixed: file(vips("10.0.0.100/24", "10.0.0.101/24")),
    },
  ],
  good: () => [
    file(instance("advert_int 1")),
    file(instance(block("authentication", "auth_type PASS", "auth_pass a=b;c"))),
    file(vips("10.0.0.100/24 dev eth0 label eth0:1")),
  ],
  check(host, report) {
    for (const { at, harmless, statement, edits = [] } of mistakes(host, id)) {
      const fixes = fix("Take the punctuation out", true, ...edits);
      const sign = signIn(textAt(host, at));
      if (harmless) {
        report(at, `keepalived knows no ${sign} between words; this one it ignores by luck. Delete it.`, {
          severity: "warning",
          fixes,
        });
        continue;
      }
      const result = statement?.entry
        ? consequence(statement)
        : statement?.data
          ? "keepalived drops addresses"
          : "keepalived ignores the line";
      report(
        at,
        `keepalived separates words by blanks alone, so ${sign} is a part of the text here: ${result}. Take it out.`,
        { fixes },
      );
    }
  },
};

/** The sign that does not belong there; a colon is looked for last, as addresses have some of their own. */
function signIn(text: string): string {
  return /[=;,]/.exec(text)?.[0] ?? /:/.exec(text)?.[0] ?? "the sign";
}
