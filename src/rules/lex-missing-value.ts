import type { Statement } from "../schema/statement.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-missing-value";

export const lexMissingValue: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A keyword stands without the value it needs.",
  why: "keepalived gives up at such a line, in its configuration test as well as when it starts: it exits with status 2, nothing below the line is read, and the host has none of its virtual addresses.",
  basis:
    "lib/parser.c, vector slot without parameter (v2.2.7); seen with keepalived -t and with a running daemon.",
  bad: () => [
    { input: file(instance("«priority»")) },
    { input: file(instance(block("authentication", "auth_type PASS", "«auth_pass»"))) },
    { input: file(instance("«advert_int» # seconds")) },
  ],
  good: () => [file(instance("nopreempt")), file(block("global_defs", "enable_script_security"))],
  check(host, report) {
    for (const { at, statement, expected } of findingsFor(host, id)) {
      const keyword = statement?.words[0]?.text ?? "";
      report(
        at,
        `${keyword} needs a value${expected === undefined ? "" : ` (${expected})`}, and there is none: ${result(statement)}. Write the value, or delete the line.`,
      );
    }
  },
};

/** Keywords of vrrp_instance that do not stop keepalived without their value. */
const milder = new Set(["kernel_rx_buf_size", "garp_extra_if", "vmac_garp_intvl"]);

/** Blocks of which keepalived passes over a line without its value. */
const skipped = new Set(["interface_up_down_delays"]);

function result(statement: Statement | undefined): string {
  const keyword = statement?.words[0]?.text ?? "";
  if (statement?.data && skipped.has(statement.parent?.entry?.name ?? "")) return "keepalived skips it";
  const stops = statement && outermost(statement) === "vrrp_instance" && !milder.has(keyword);
  return stops
    ? "keepalived exits at this line and does not start, so the host has none of its addresses"
    : "keepalived goes on without the setting or, with many keywords, does not start at all";
}

function outermost(statement: Statement): string | undefined {
  let block = statement;
  while (block.parent) block = block.parent;
  return block.words[0]?.text;
}
