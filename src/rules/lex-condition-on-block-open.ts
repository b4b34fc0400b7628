import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { mistakes } from "./lexical.ts";
import { textAt } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-condition-on-block-open";

export const lexConditionOnBlockOpen: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "Only the first or only the last line of a block stands under a condition.",
  why: "A condition holds for its own line only. Where it does not hold, keepalived drops the line that opens the block and reads the rest without it: the inside is unknown, and the closing brace ends the block around it.",
  basis: "keepalived.conf(5), Conditional configuration and configuration id; seen with keepalived -t.",
  bad: () => [
    {
      input: `«@a vrrp_instance VI_1 {»
    interface eth0
    virtual_router_id 51
}
`,
      fixed: `@a vrrp_instance VI_1 {
    @a interface eth0
    @a virtual_router_id 51
@a }
`,
    },
    {
      input: "vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n«@a }»\n",
      fixed: "vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n}\n",
    },
  ],
  good: () => [
    "vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    @a nopreempt\n}\n",
    "@a vrrp_instance VI_1 {\n    @a interface eth0\n    @a virtual_router_id 51\n@a }\n",
    "@a vrrp_instance VI_1 {\n@b vrrp_instance VI_2 {\n    interface eth0\n    virtual_router_id 51\n}\n",
    file(instance("@a priority 200")),
  ],
  check(host, report) {
    for (const { at, subject = "", edits = [] } of mistakes(host, id)) {
      if (textAt(host, at).endsWith("}")) {
        report(
          at,
          `${subject} holds for this brace only. On hosts where it does not hold, the block is not closed, and keepalived misreads what follows. Write the brace without condition.`,
          { fixes: fix("Delete the condition", true, ...edits) },
        );
        continue;
      }
      report(
        at,
        `${subject} holds for this line only. On hosts where it does not hold, the block has no beginning, and keepalived misreads the rest of it and what follows. Put ${subject} in front of every line of the block, its closing brace included.`,
        { fixes: fix(`Put ${subject} in front of every line`, true, ...edits) },
      );
    }
  },
};
