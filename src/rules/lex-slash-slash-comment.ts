import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-slash-slash-comment";

export const lexSlashSlashComment: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A comment begins with //, which keepalived does not know.",
  why: "keepalived reads everything after // as configuration. On a line of its own it is an unknown keyword, in a list of addresses a bad address, and a brace in such a comment opens or closes a block. Behind a complete value keepalived happens to ignore it.",
  basis:
    "keepalived.conf(5): only # and ! begin a comment; lib/parser.c, decomment (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: file(instance("«// the virtual addresses»", "priority 100 «// lower on the other host»")),
      fixed: file(instance("# the virtual addresses", "priority 100 # lower on the other host")),
    },
    {
      input: file(instance(block("virtual_ipaddress", "«// for the web servers»", "10.0.0.100/24 «// web»"))),
      fixed: file(instance(block("virtual_ipaddress", "# for the web servers", "10.0.0.100/24 # web"))),
    },
    { input: file(instance("priority 150«//higher»")), fixed: file(instance("priority 150 #higher")) },
    { input: file(instance("nopreempt «//stay»")), fixed: file(instance("nopreempt #stay")) },
  ],
  good: () => [
    file(instance("# a comment", "priority 100 # another", "! and a third")),
    file(block("vrrp_script chk", 'script "/usr/bin/curl -f http://127.0.0.1//health"')),
    file(instance('notify_master "//usr/local/bin/notify"')),
  ],
  check(host, report) {
    for (const { at, harmless, edits = [] } of mistakes(host, id)) {
      const fixes = fix("Begin the comment with #", true, ...edits);
      if (harmless) {
        report(
          at,
          "// does not begin a comment for keepalived. Here it ignores the words by luck; in another place they would be taken as configuration. Write # instead.",
          { severity: "warning", fixes },
        );
        continue;
      }
      report(
        at,
        "// does not begin a comment: keepalived reads these words as configuration and does not do what the line was written for. Write # instead.",
        { fixes },
      );
    }
  },
};
