import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import type { Finding } from "../schema/statement.ts";
import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { homeOfKeyword } from "./lexical/homes.ts";
import { blockNamed, whereIs } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import { putInto, runsOf } from "./put-into.ts";
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
    {
      input: `«router_id» web1\n${file(instance())}`,
      fixed: `global_defs {\n    router_id web1\n}\n${file(instance())}`,
    },
    { input: file(block("global_defs", "«net_namespace» blue")) },
    {
      input: file(instance("«auth_type» PASS", "«auth_pass» s3cret # as ever")),
      fixed: file(instance(block("authentication", "auth_type PASS", "auth_pass s3cret # as ever"))),
    },
    {
      input: file(instance(block("authentication", "auth_type PASS"), "«auth_pass» s3cret")),
      fixed: file(instance(block("authentication", "auth_type PASS", "auth_pass s3cret"))),
    },
    {
      input: file(
        block("virtual_server 10.0.0.100 80", block("real_server 10.0.0.1 80", "«connect_ip» 10.0.0.1")),
      ),
    },
  ],
  good: () => [file(block("global_defs", "router_id web1"), instance())],
  check(host, report) {
    const all = findingsFor(host, id);
    const fixes = fixesOf(host, all);
    for (const finding of all) {
      const { at, statement, word, suggestion = "" } = finding;
      const blocks = suggestion.split(", ");
      const places = listed(blocks.slice(0, 3).map(blockNamed), "or");
      const more = blocks.length > 3 ? ", among others" : "";
      const where = statement ? whereIs(statement) : "here";
      report(
        at,
        `keepalived does not know ${word?.text ?? "this keyword"} ${where} and ignores it, so the setting is not applied. Move it to where it belongs: ${places}${more}.`,
        { fixes: fixes.get(finding) ?? [] },
      );
    }
  },
};

/** Lines of an inner block go there, with those of the same block that follow them. */
function fixesOf(host: Host, all: readonly Finding[]): ReadonlyMap<Finding, readonly Fix[]> {
  const movable = all.flatMap((finding) => {
    const { statement } = finding;
    const block = homeOfKeyword(finding);
    return statement && block ? [{ finding, statement, key: block.name }] : [];
  });
  return new Map(
    runsOf(host, movable).flatMap(({ statements, all: run, isFirst }) => {
      // Where other blocks have the keyword too, another block's end may be what is wrong.
      const safe = isFirst && run.every(({ finding }) => !finding.suggestion?.includes(", "));
      const name = run[0]?.key ?? "";
      const lines = statements.length > 1 ? "the lines" : "the line";
      const fixes = fix(`Put ${lines} into ${name} { }`, safe, ...putInto(host, name, statements));
      return run.map(({ finding }) => [finding, fixes] as const);
    }),
  );
}
