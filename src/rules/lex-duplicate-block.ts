import { inside } from "../schema/statement.ts";
import { eachStatement } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { siblingsByKeyword } from "./lexical/siblings.ts";
import { keywordPlace } from "./support.ts";
import type { FileRule } from "./types.ts";

export const lexDuplicateBlock: FileRule = {
  id: "lex-duplicate-block",
  severity: "info",
  over: "file",
  summary: "A list, such as virtual_ipaddress, stands twice in a block.",
  why: "keepalived joins the two lists. Whoever reads or changes the file may see only one of them and miss half of the addresses or scripts.",
  basis: "lib/parser.c, alloc_value_block (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(
        instance(block("virtual_ipaddress", "10.0.0.100/24"), block("«virtual_ipaddress»", "10.0.0.101/24")),
      ),
    },
  ],
  good: () => [file(instance(block("virtual_ipaddress", "10.0.0.100/24", "10.0.0.101/24")))],
  check: eachStatement((outer, report) => {
    for (const group of siblingsByKeyword(inside(outer))) {
      const [first, ...others] = group;
      if (!first?.entry?.lines) continue;
      for (const other of others) {
        report(
          keywordPlace(other),
          `${first.entry.name} stands more than once in this block; keepalived joins the lists, but a reader may miss one. Put all lines into one list.`,
          { related: [{ at: keywordPlace(first), message: "the first list" }] },
        );
      }
    }
  }),
};
