import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-smart-quotes";
const password = (text: string) => instance(block("authentication", "auth_type PASS", `auth_pass ${text}`));

export const lexSmartQuotes: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "Typographic quotes, dashes or blanks stand where plain ones are needed.",
  why: "Word processors and web pages replace plain characters by ones that look alike. keepalived takes such quotes as part of the value, does not know a dash as minus, and a non-breaking blank joins keyword and value into one unknown word.",
  basis: "lib/parser.c, alloc_strvec (v2.2.7); seen with keepalived -t.",
  bad: () => [
    { input: file(password("«“secret”»")), fixed: file(password('"secret"')) },
    { input: file(password("«“my pass”»")), fixed: file(password('"my pass"')) },
    { input: file(instance("«priority\u00a0150»")), fixed: file(instance("priority 150")) },
    {
      input: file(block("vrrp_script chk", 'script "/usr/local/bin/check"', "weight «–20»")),
      fixed: file(block("vrrp_script chk", 'script "/usr/local/bin/check"', "weight -20")),
    },
    { input: file(instance("priority «１５０»")), fixed: file(instance("priority 150")) },
  ],
  good: () => [
    file(block("global_defs", 'router_id "Bob’s “host”"')),
    file(block("global_defs", "router_id 机房一")),
    file(instance("priority 150 # “high” – for now")),
  ],
  check(host, report) {
    for (const { at, subject = "", edits = [] } of mistakes(host, id)) {
      report(
        at,
        `${shown(subject)} holds typographic characters that only look like plain quotes, minus signs or blanks; keepalived takes them as they are and the setting does not mean what it seems to. Replace them by plain ones.`,
        { fixes: fix("Replace them by plain characters", true, ...edits) },
      );
    }
  },
};
