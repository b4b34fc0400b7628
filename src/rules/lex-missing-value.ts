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
  bad: [
    { input: file(instance("«priority»")) },
    { input: file(instance(block("authentication", "auth_type PASS", "«auth_pass»"))) },
    { input: file(instance("«advert_int» # seconds")) },
  ],
  good: [file(instance("nopreempt")), file(block("global_defs", "enable_script_security"))],
  check(host, report) {
    for (const { at, statement, expected } of findingsFor(host, id)) {
      const keyword = statement?.words[0]?.text ?? "";
      const wanted = expected === undefined ? "its value" : `${expected}`;
      const entry = statement?.data ? undefined : statement?.entry;
      const result =
        entry && !entry.keywords && !entry.lines
          ? "keepalived exits at this line and does not start, so the host has none of its addresses"
          : "keepalived skips it";
      report(
        at,
        `${keyword} needs a value (${wanted}), and there is none: ${result}. Write the value, or delete the line.`,
      );
    }
  },
};
