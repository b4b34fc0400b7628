import { file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-include-cycle-or-relative";

export const lexIncludeCycleOrRelative: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "A file includes itself, directly or through other files.",
  why: "keepalived reads the file again and again until it stops at a limit of its own, with thousands of messages; every block is then defined many times.",
  basis: "lib/parser.c, check_include (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: {
        "a.conf": `include parts/vips.conf\n${file(instance())}`,
        "parts/vips.conf": "include «parts/vips.conf»\n",
      },
    },
  ],
  good: () => [{ "a.conf": `include parts/vips.conf\n${file(instance())}`, "parts/vips.conf": "" }],
  check(host, report) {
    for (const { at, subject = "" } of mistakes(host, id)) {
      report(
        at,
        `${shown(subject)} is being read already, so this include goes round in a circle and keepalived stops at its limit, with every block defined many times. Delete the include.`,
      );
    }
  },
};
