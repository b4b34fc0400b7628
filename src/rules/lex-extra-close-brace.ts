import type { Fix, Place } from "../diagnostic.ts";
import { wholeLines } from "../lines.ts";
import type { Host } from "../model/host.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { placeOf } from "./lexical/mistake.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-extra-close-brace";

export const lexExtraCloseBrace: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A closing brace has no block to close.",
  why: "A brace too many is often one that closed a block too early: the lines between that place and this brace are read outside of the block they were written for and are lost.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [{ input: `${file(instance())}«}»\n`, fixed: file(instance()) }],
  good: () => [file(instance())],
  check(host, report) {
    for (const { at } of findingsFor(host, id)) {
      report(
        at,
        "This } closes nothing. If a } above closes its block too early, the lines after that one are not part of the block and keepalived ignores them: delete the one that is too many.",
        { fixes: removal(host, at) },
      );
    }
  },
};

function removal(host: Host, at: Place): readonly Fix[] {
  const text = host.sources.find((source) => source.path === at.file)?.text;
  if (text === undefined) return [];
  const { start, end } = wholeLines(text, at.span);
  if (text.slice(start, end).trim() !== "}") return [];
  return fix("Delete this line", false, { at: placeOf(at.file, start, end), text: "" });
}
