import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-auth-type-unknown";
const typed = (type: string) => block("authentication", `auth_type ${type}`, "auth_pass s3cret");

export const vrrpAuthTypeUnknown: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "auth_type is neither PASS nor AH.",
  why: "keepalived ignores the line, so there is no authentication. A peer with a correct auth_type rejects this host's adverts, this host rejects the peer's, and both become master.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_auth_type_handler (v2.2.7).",
  bad: () => [
    { input: file(instance(typed("«pass»"))), fixed: file(instance(typed("PASS"))) },
    { input: file(instance(typed("«MD5»"))) },
  ],
  good: () => [file(instance(typed("PASS")))],
  check(host, report) {
    for (const { word, at, suggestion } of findingsFor(host, id)) {
      if (!word) continue;
      report(
        at,
        `keepalived knows only PASS and AH, in capitals, ignores ${word.text} and sends adverts without authentication. A peer that authenticates rejects them, and both hosts become master. Write auth_type PASS on every host.`,
        {
          fixes: suggestion ? fix(`Write ${suggestion}`, false, replaceWord(word, suggestion)) : [],
        },
      );
    }
  },
};
