import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-seq-syntax";

export const lexSeqSyntax: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A ~SEQ or ~LST that keepalived cannot read.",
  why: "The lines that it was to make are missing: the addresses are on no host.",
  basis: "keepalived.conf(5), Parameter substitution; lib/parser.c (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: `vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    virtual_ipaddress {\n        «~SEQ(N, 1, 0, 5) 10.0.0.\${N}»\n    }\n}\n`,
    },
  ],
  good: () => [
    `vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    virtual_ipaddress {\n        ~SEQ(N, 1, 5) 10.0.0.\${N}\n    }\n}\n`,
  ],
  check(host, report) {
    for (const { at } of mistakes(host, id)) {
      report(
        at,
        `keepalived cannot read this sequence, so the lines it was to make are missing. Write ~SEQ(NAME, start, step, end) text or ~LST(NAME, value, value) text, with \${NAME} in the text and a step that leads from start to end.`,
      );
    }
  },
};
