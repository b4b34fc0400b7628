import { file, instance } from "./examples.ts";
import { opening } from "./lex-missing-open-brace.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-missing-open-brace-value-block";

export const lexMissingOpenBraceValueBlock: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A list, such as virtual_ipaddress, has no opening brace.",
  why: "keepalived reads every line up to the next closing brace as part of the list without a message about the missing brace. Whatever stands in between is lost, and the blocks below end at the wrong braces.",
  basis: "lib/parser.c, alloc_value_block (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    «virtual_ipaddress»
        10.0.0.100/24
    }
}
`,
      fixed: `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`,
    },
  ],
  good: () => [file(instance())],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const name = finding.statement?.words[0]?.text ?? "This";
      report(
        finding.at,
        `${name} begins a list, but no { follows: keepalived takes every line up to the next } as part of the list, and other settings are lost. Add a { at the end of the line.`,
        { fixes: opening(finding) },
      );
    }
  },
};
