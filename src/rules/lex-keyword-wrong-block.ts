import { block, file, instance } from "./examples.ts";
import { blockNamed, whereIs } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import { listed } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-keyword-wrong-block";

export const lexKeywordWrongBlock: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A keyword that exists, but not in this block.",
  why: "Each block has keywords of its own. keepalived calls the keyword unknown here and ignores it; when it begins a block, its closing brace ends the block around it.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [
    { input: `«router_id» web1\n${file(instance())}` },
    { input: file(block("global_defs", "«net_namespace» blue")) },
    { input: file(instance("«auth_pass» s3cret")) },
  ],
  good: () => [file(block("global_defs", "router_id web1"), instance())],
  check(host, report) {
    for (const { at, statement, word, suggestion = "" } of findingsFor(host, id)) {
      const blocks = suggestion.split(", ");
      const places = listed(blocks.slice(0, 3).map(blockNamed), "or");
      const more = blocks.length > 3 ? ", among others" : "";
      const where = statement ? whereIs(statement) : "here";
      report(
        at,
        `keepalived does not know ${word?.text ?? "this keyword"} ${where} and ignores it, so the setting is not applied. Move it to where it belongs: ${places}${more}.`,
      );
    }
  },
};
