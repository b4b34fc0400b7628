import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-include-directory";

export const lexIncludeDirectory: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "An include names a directory.",
  why: "keepalived skips directories with one line in its log: none of the files inside is read.",
  basis: "lib/parser.c, check_glob_file (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: { "a.conf": `include «parts»\n${file(instance())}`, "parts/vips.conf": "" },
      fixed: { "a.conf": `include parts/*.conf\n${file(instance())}`, "parts/vips.conf": "" },
    },
  ],
  good: () => [{ "a.conf": `include parts/*.conf\n${file(instance())}`, "parts/vips.conf": "" }],
  check(host, report) {
    for (const { at, subject = "" } of mistakes(host, id)) {
      const pattern = `${subject.replace(/\/+$/, "")}/*.conf`;
      report(
        at,
        `${shown(subject)} is a directory, and keepalived skips it: none of the files inside is read. Name the files, such as ${pattern}.`,
        { fixes: fix(`Write ${pattern}`, true, { at, text: pattern }) },
      );
    }
  },
};
