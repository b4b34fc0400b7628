import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { placeOf } from "./lexical/mistake.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-block-extra-words";

const virtualServer = (name: string) =>
  `virtual_server ${name} {\n  delay_loop 6\n  real_server 192.0.2.2 80 {\n    TCP_CHECK {\n    }\n  }\n}\n`;

export const lexBlockExtraWords: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "Words stand between the keyword of a block and its brace.",
  why: "The block has no name and takes none. keepalived ignores the words, for lists with a message that makes its configuration test fail.",
  basis: "lib/parser.c, alloc_value_block (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: file(instance(block("virtual_ipaddress «web»", "10.0.0.100/24"))),
      fixed: file(instance(block("virtual_ipaddress", "10.0.0.100/24"))),
    },
    { input: virtualServer("192.0.2.1 80 «fwmark» 3") },
  ],
  good: () => [
    virtualServer("192.0.2.1 80"),
    virtualServer("fwmark 3"),
    file(instance(block("virtual_ipaddress", "10.0.0.100/24"))),
  ],
  check(host, report) {
    for (const { at, statement, finding } of mistakes(host, id)) {
      const last = statement?.words.at(-1);
      const exact = finding?.word?.exact && last?.exact && !last.via && last.at.span.end === at.span.end;
      const edit = exact ? { at: placeOf(at.file, at.span.start - 1, at.span.end), text: "" } : undefined;
      report(
        at,
        `${statement?.words[0]?.text ?? "This block"} takes no ${statement?.entry?.args.length ? "more " : ""}words before its brace; keepalived ignores them. Delete them.`,
        { fixes: fix("Delete the words", true, edit) },
      );
    }
  },
};
