import type { Body } from "../schema/statement.ts";
import { inStatements } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { isClaimed } from "./lexical.ts";
import type { Home } from "./silences.ts";
import { keywordPlace, textAt } from "./support.ts";
import type { FileRule } from "./types.ts";

export const lexEmptyBlock: FileRule = {
  id: "lex-empty-block",
  severity: "warning",
  over: "file",
  summary: "A block that needs lines has none.",
  why: "keepalived reports it, so its configuration test fails, and what the block is for does not happen.",
  basis:
    "keepalived/core/global_parser.c, email_handler; keepalived/check/check_parser.c, vsg_handler (v2.2.7); keepalived -t.",
  bad: () => [
    {
      input: file(block("global_defs", "router_id a", "«notification_email» {\n}"), instance()),
      fixed: file(block("global_defs", "router_id a"), instance()),
    },
    {
      input: `«virtual_server_group» web {\n}\n\n${file(instance())}`,
      fixed: `\n${file(instance())}`,
    },
  ],
  good: () => [
    file(block("global_defs", block("notification_email", "admin@example.com"))),
    file(block("global_defs", "include /etc/keepalived/mail.conf"), instance("virtual_routes {\n    }")),
  ],
  check(host, report) {
    for (const statement of emptyBlocks(host)) {
      const { entry, body } = statement;
      const at = keywordPlace(statement);
      if (isClaimed(host, at)) continue;
      report(
        at,
        `This ${entry?.name} is empty: keepalived ${entry?.lines?.whenEmpty}. Write what belongs into it, or delete it.`,
        {
          fixes: fix("Delete the empty block", false, deleteLines(host, statement)),
          related: body?.close ? [{ at: body.close, message: "keepalived reports this line" }] : [],
        },
      );
    }
  },
};

const emptyBlocks = inStatements((statement, host) => {
  const { entry, body, damaged } = statement;
  if (entry?.lines?.whenEmpty === undefined || damaged || !body || !isBare(host, body)) return undefined;
  return statement;
});

/** Whether nothing but blanks and comments stands between the braces: no line, no include, no definition. */
function isBare(host: Home, { open, close, statements }: Body): boolean {
  if (!open || !close || open.file !== close.file || statements.length > 0) return false;
  const span = { start: open.span.end, end: close.span.start };
  return textAt(host, { file: open.file, span })
    .split("\n")
    .every((line) => /^\s*([#!].*)?$/.test(line));
}
