import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { fix, insertAfter } from "./edits.ts";
import { file, instance } from "./examples.ts";
import type { Mistake } from "./lexical/mistake.ts";
import { placeOf } from "./lexical/mistake.ts";
import { shown } from "./lexical/phrases.ts";
import { knownHere } from "./lexical/vocabulary.ts";
import { mistakes } from "./lexical.ts";
import { textAt } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-extra-arguments";

export const lexExtraArguments: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "Words follow a complete statement, and keepalived ignores them.",
  why: "A keyword takes its values from its own line and drops the rest without a message. A second keyword on the line is lost with its value: without its virtual_router_id, for instance, keepalived does not start.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: file(instance("interface eth0 «mcast_src_ip 10.0.0.1»")),
      fixed: file(instance("interface eth0", "mcast_src_ip 10.0.0.1")),
    },
    { input: file(instance("priority 150 «100»")) },
    { input: file(instance("nopreempt «please»")) },
  ],
  good: () => [file(instance("priority 150 # 100 on the other host"))],
  check(host, report) {
    for (const mistake of mistakes(host, id)) {
      const { at, statement, word } = mistake;
      const keyword = statement?.words[0]?.text ?? "";
      const second = statement && word && knownHere(statement, word.text) !== undefined;
      const advice = second
        ? `Put ${shown(word.text)} on a line of its own.`
        : "Delete them, or begin a comment with #.";
      report(
        at,
        `${keyword} is complete before these words, and keepalived ignores them without a message: what they ask for does not happen. ${advice}`,
        { fixes: second ? split(host, mistake) : [] },
      );
    }
  },
};

/** The second keyword goes to the next line. */
function split(host: Host, { at, statement, word }: Mistake): readonly Fix[] {
  if (!statement || !word) return [];
  const text = textAt(host, at);
  const from = textAt(host, placeOf(at.file, at.span.start - 1, at.span.start));
  if (!/\s/.test(from) || text.includes("\n")) return [];
  const removed = { at: placeOf(at.file, at.span.start - 1, at.span.end), text: "" };
  return fix(
    "Put the second keyword on a line of its own",
    true,
    removed,
    insertAfter(host, statement, text),
  );
}
