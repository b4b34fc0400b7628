import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { caseMeant } from "./lexical/classify.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-keyword-case";

export const lexKeywordCase: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A keyword is written with the wrong capitals.",
  why: "keepalived tells capitals from small letters. To it the word is unknown, so the line is ignored; an unknown block takes the rest of the block around it with it.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [
    { input: file(instance("«Nopreempt»")), fixed: file(instance("nopreempt")) },
    {
      input: `«INCLUDE» /etc/keepalived/vips.conf\n${file(instance())}`,
      fixed: `include /etc/keepalived/vips.conf\n${file(instance())}`,
    },
  ],
  good: () => [file(instance("nopreempt"))],
  check(host, report) {
    for (const { at, statement, word } of mistakes(host, id)) {
      const meant = statement && caseMeant(statement);
      if (meant === undefined) continue;
      report(
        at,
        `keepalived does not know ${word?.text ?? "this"} in these letters and ignores the line. Write ${meant}.`,
        { fixes: fix(`Write ${meant}`, true, replaceWord(word, meant)) },
      );
    }
  },
};
