import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { mistakes } from "./lexical.ts";
import { textAt } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-include-quoted";

export const lexIncludeQuoted: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "The path of an include is in quotes.",
  why: "keepalived takes the quotes as part of the file's name, finds no such file and goes on without it: what the file was to set is missing.",
  basis: "lib/parser.c, check_include (v2.2.7); seen with keepalived -t: an existing file is not read.",
  bad: () => [
    {
      input: `include «"/etc/keepalived/vips.conf"»\n${file(instance())}`,
      fixed: `include /etc/keepalived/vips.conf\n${file(instance())}`,
    },
  ],
  good: () => [`include /etc/keepalived/vips.conf\n${file(instance())}`],
  check(host, report) {
    for (const { at } of mistakes(host, id)) {
      const bare = textAt(host, at).replaceAll('"', "");
      report(
        at,
        "keepalived takes the quotes as part of the file's name, so it does not read the file, and what it was to set is missing. Write the path without quotes.",
        { fixes: /\s/.test(bare) ? [] : fix("Take the quotes away", true, { at, text: bare }) },
      );
    }
  },
};
