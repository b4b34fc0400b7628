import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { lineAt } from "./lexical/written.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-bom";

export const lexBom: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "The file begins with a byte order mark.",
  why: "Some editors on Windows put an invisible mark before the first character. keepalived takes it as part of the first keyword, which is then unknown, and the whole first block is lost: a host without its instance is out of the cluster in silence.",
  basis: "Seen with keepalived -t and with running daemons.",
  bad: () => [
    { input: `«\uFEFF»${file(instance())}`, fixed: file(instance()) },
    { input: `«\uFEFF»# a comment\n${file(instance())}`, fixed: `# a comment\n${file(instance())}` },
  ],
  good: () => [file(instance())],
  check(host, report) {
    for (const { at } of mistakes(host, id)) {
      const fixes = fix("Delete the byte order mark", true, { at, text: "" });
      if (lineAt(host, at)) {
        report(
          at,
          "An invisible byte order mark stands before the first word, so keepalived does not know that word and loses the block it begins. Save the file as UTF-8 without a byte order mark.",
          { fixes },
        );
      } else {
        report(
          at,
          "An invisible byte order mark stands at the start of the file. keepalived reports it as an unknown keyword; as soon as a block stands on the first line, that block is lost. Save the file as UTF-8 without a byte order mark.",
          { severity: "warning", fixes },
        );
      }
    }
  },
};
