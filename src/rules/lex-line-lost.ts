import { block, file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-line-lost";

export const lexLineLost: FileRule = {
  id,
  severity: "info",
  over: "file",
  summary: "A sound line that keepalived does not read as written, because of a mistake above it.",
  why: "A missing brace or an unknown block shifts what follows into another block. This rule shows how far the damage of such a mistake goes; it goes away with its cause.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    virtual_ipadress {
        «10.0.0.100/24»
    }
    «priority 150»
«}»
`,
    },
  ],
  good: () => [file(instance(block("virtual_ipaddress", "10.0.0.100/24")))],
  check(host, report) {
    for (const { at, word, finding } of mistakes(host, id)) {
      const cause = finding?.related?.[0];
      const what = word ? shown(word.text) : "this line";
      report(
        at,
        `keepalived does not read ${what} as it is meant, because of ${cause ? "the mistake above" : "a mistake in the block"}, so it is not applied. Correct that mistake, and this line counts again.`,
        { related: finding?.related ?? [] },
      );
    }
  },
};
