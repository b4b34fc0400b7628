import type { Fix } from "../diagnostic.ts";
import { editDistance } from "../schema/nearest.ts";
import type { Finding } from "../schema/statement.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { shown, whereIs } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-unknown-keyword";

/** Keywords of releases long gone, and what took their place. */
const replaced: Readonly<Record<string, string>> = {
  lvs_id: "router_id took its place",
  nat_mask: "nothing took its place",
  plugin_dir: "nothing took its place",
  sync_instance: "vrrp_sync_group took its place",
  real_group: "nothing took its place",
  real_server_group: "nothing took its place",
};

export const lexUnknownKeyword: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A keyword that keepalived does not know.",
  why: "keepalived reports an unknown keyword in its log, ignores the line and runs on: the setting is not applied, and its default holds.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [
    { input: file(instance("«advert_init» 1")), fixed: file(instance("advert_int 1")) },
    { input: file(instance("«vmac» yes")) },
    { input: file(block("global_defs", "«lvs_id» LVS_1")) },
  ],
  good: () => [file(instance("advert_int 1"))],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const { at, statement, word, suggestion } = finding;
      const name = word?.text ?? "";
      const old = replaced[name];
      const place = statement ? ` ${whereIs(statement)}` : "";
      const advice = old
        ? `Releases of many years ago had it; ${old}.`
        : suggestion === undefined
          ? "Correct it, or delete the line."
          : `Did you mean ${suggestion}?`;
      report(
        at,
        `keepalived knows no keyword ${shown(name)}${place} and ignores the line: the setting is not applied. ${advice}`,
        { fixes: old ? [] : renaming(finding) },
      );
    }
  },
};

/** The keyword that was probably meant; safe when it differs by one or two characters only. */
export function renaming({ word, suggestion }: Finding): readonly Fix[] {
  if (!word || suggestion === undefined) return [];
  const distance = editDistance(word.text.toLowerCase(), suggestion.toLowerCase());
  const safe = distance <= (suggestion.length >= 8 ? 2 : 1);
  return fix(`Write ${suggestion}`, safe, replaceWord(word, suggestion));
}
