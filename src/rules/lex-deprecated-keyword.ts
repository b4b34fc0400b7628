import type { Fix } from "../diagnostic.ts";
import { type Statement, walk } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { knownHere } from "./lexical/vocabulary.ts";
import { keywordPlace, olderThan } from "./support.ts";
import type { FileRule } from "./types.ts";

export const lexDeprecatedKeyword: FileRule = {
  id: "lex-deprecated-keyword",
  severity: "hint",
  over: "file",
  summary: "A keyword that has a newer name or is not needed any more.",
  why: "It still works, but keepalived reports most of these, so its configuration test fails, and a later release may not know it.",
  basis: "keepalived.conf(5) and keepalived's history; the keyword's entry in the schema names the place.",
  bad: [
    { input: file(instance("«vmac_garp_intvl» 10")), fixed: file(instance("garp_extra_if 10")) },
    { input: file(instance("«native_ipv6»")) },
    {
      input: file(instance(block("virtual_routes", "192.0.2.0/24 «gw» 10.0.0.1 dev eth0"))),
      fixed: file(instance(block("virtual_routes", "192.0.2.0/24 via 10.0.0.1 dev eth0"))),
    },
  ],
  good: [file(instance("garp_extra_if 10"))],
  check(host, report) {
    for (const statement of walk(host.statements)) {
      for (const [word, use] of oldRouteWords(statement)) {
        report(
          word.at,
          `${word.text} is an old word for ${use} in a route. It still works, but keepalived reports it. Write ${use} instead.`,
          { fixes: fix(`Write ${use}`, true, replaceWord(word, use)) },
        );
      }
      const { entry, data } = statement;
      const deprecated = data ? undefined : entry?.deprecated;
      if (!entry || !deprecated || olderThan(host.target, deprecated.since ?? "0")) continue;
      const since = deprecated.since === undefined ? "" : ` since release ${deprecated.since}`;
      const advice =
        deprecated.use === ""
          ? "Delete the line; nothing has to take its place."
          : `Write ${deprecated.use} instead.`;
      report(
        keywordPlace(statement),
        `${entry.name} is out of date${since}. It still works, but keepalived may report it or drop it one day. ${advice}`,
        { fixes: renaming(statement, deprecated.use, host.target) },
      );
    }
  },
};

const routeWords: ReadonlyMap<string, string> = new Map([
  ["gw", "via"],
  ["or", "nexthop"],
]);

/** Words of a route that have a newer name; the first word is the destination. */
function oldRouteWords({ data, parent, words }: Statement): readonly (readonly [Word, string])[] {
  if (!data || !/^(virtual|static)_routes$/.test(parent?.entry?.name ?? "")) return [];
  return words.slice(1).flatMap((word) => {
    const use = routeWords.get(word.text);
    return use === undefined ? [] : [[word, use] as const];
  });
}

/** The new name, where it stands in the same block; safe when every release in question has it. */
function renaming(statement: Statement, use: string, target: string | undefined): readonly Fix[] {
  const entry = knownHere(statement, use);
  if (!entry || (entry.since !== undefined && olderThan(target, entry.since))) return [];
  return fix(
    `Write ${use}`,
    entry.since === undefined || target !== undefined,
    replaceWord(statement.words[0], use),
  );
}
