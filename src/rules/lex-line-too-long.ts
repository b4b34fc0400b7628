import { file, instance } from "./examples.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-line-too-long";
const long = `# ${"x".repeat(1100)}`;

export const lexLineTooLong: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A line is longer than keepalived can read.",
  why: "keepalived reads lines of up to 1022 bytes, comments included. Older releases take the rest as a line of its own, which is then an unknown keyword; newer ones ignore the whole line.",
  basis: "lib/parser.h:41, MAXBUF (v2.2.7); seen with keepalived -t 2.2.7 and 2.4.3.",
  bad: () => [{ input: `«${long}»\n${file(instance())}` }],
  good: () => [`${long.slice(0, 1022)}\n${file(instance())}`],
  check(host, report) {
    for (const { at } of mistakes(host, id)) {
      report(
        at,
        "This line is longer than 1022 bytes. keepalived cuts it into two lines or ignores it, depending on its release. Make it shorter; a long comment may go over several lines.",
      );
    }
  },
};
