import { block, file, instance } from "./examples.ts";
import { renaming } from "./lex-unknown-keyword.ts";
import { shown, whereIs } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-unknown-block";

export const lexUnknownBlock: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A block whose name keepalived does not know.",
  why: "keepalived ignores the name and the brace but not what stands inside, and the closing brace ends the block around it. Everything below in the instance is unknown as well; with a mistyped virtual_ipaddress the instance runs without any address.",
  basis:
    "lib/parser.c, process_stream (v2.2.7); seen with running daemons: no host has the address after a failover.",
  bad: () => [
    {
      input: `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    «virtual_ipadress» {
        10.0.0.100/24
    }
    priority 150
}
`,
      fixed: `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    virtual_ipaddress {
        10.0.0.100/24
    }
    priority 150
}
`,
    },
    { input: `${file(block("«cluster» web", "name web"))}${file(instance())}` },
  ],
  good: () => [file(instance())],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const { at, statement, word, suggestion } = finding;
      const place = statement ? ` ${whereIs(statement)}` : "";
      const inBlock = statement?.parent !== undefined;
      const result = inBlock
        ? "its closing brace ends the block around it, and every line below is lost"
        : "nothing in it is applied";
      const advice =
        suggestion === undefined ? "Correct the name, or delete the block." : `Did you mean ${suggestion}?`;
      report(at, `keepalived knows no block ${shown(word?.text ?? "")}${place}: ${result}. ${advice}`, {
        fixes: renaming(finding),
      });
    }
  },
};
