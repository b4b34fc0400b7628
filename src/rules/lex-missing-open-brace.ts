import type { Finding } from "../schema/statement.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-missing-open-brace";

export const lexMissingOpenBrace: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A block has no opening brace.",
  why: "keepalived reports the missing brace and reads on as if it were there, as long as the rest of the file fits; where it does not, the block ends at the wrong brace and the whole instance may be lost.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: `«vrrp_instance VI_1»
    interface eth0
    virtual_router_id 51
    virtual_ipaddress {
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
  good: () => [file(instance()), "vrrp_instance VI_1\n{\n    interface eth0\n    virtual_router_id 51\n}\n"],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const name = finding.statement?.words[0]?.text ?? "This";
      report(
        finding.at,
        `${name} begins a block, but no { follows: keepalived may end the block at the wrong place and lose what it sets. Add a { at the end of the line.`,
        { fixes: opening(finding), related: finding.related ?? [] },
      );
    }
  },
};

/** A brace behind the last word of the header. */
export function opening({ statement }: Finding) {
  const last = statement?.words.at(-1);
  if (!last?.exact || last.via) return [];
  const { file, span } = last.at;
  return fix("Open the block", true, { at: { file, span: { start: span.end, end: span.end } }, text: " {" });
}
