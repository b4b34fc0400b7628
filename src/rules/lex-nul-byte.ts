import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-nul-byte";

export const lexNulByte: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A line holds a NUL character.",
  why: "Releases before 2.4.0 cut the line at the NUL without a message, later ones ignore the line: two hosts read the same file in two ways.",
  basis: "Seen with keepalived -t 2.2.7 and 2.4.3.",
  bad: () => [{ input: file(instance("priority 150«\0»")), fixed: file(instance("priority 150")) }],
  good: () => [file(instance())],
  check(host, report) {
    for (const { at } of mistakes(host, id)) {
      report(
        at,
        "A NUL character stands here, usually after a crash or a faulty copy. keepalived drops the rest of the line or all of it, depending on its release. Delete it and look at the line again.",
        { fixes: fix("Delete the NUL character", true, { at, text: "" }) },
      );
    }
  },
};
