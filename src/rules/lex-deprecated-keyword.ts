import type { Fix } from "../diagnostic.ts";
import { bind, choiceOf } from "../schema/bind.ts";
import type { Statement } from "../schema/statement.ts";
import type { Deprecation } from "../schema/types.ts";
import type { Word } from "../syntax/tree.ts";
import { eachStatement } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { knownHere } from "./lexical/vocabulary.ts";
import type { Home } from "./silences.ts";
import { keywordPlace, olderThan } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

const routes = (line: string) => file(instance(block("virtual_routes", line)));

export const lexDeprecatedKeyword: FileRule = {
  id: "lex-deprecated-keyword",
  severity: "hint",
  over: "file",
  summary: "A keyword that has a newer name or is not needed any more.",
  why: "It still works, but keepalived reports most of these, so its configuration test fails, and a later release may not know it.",
  basis: "keepalived.conf(5) and keepalived's history; the keyword's entry in the schema names the place.",
  bad: () => [
    { input: file(instance("«vmac_garp_intvl» 10")), fixed: file(instance("garp_extra_if 10")) },
    { input: file(instance("«native_ipv6»")) },
    {
      input: routes("192.0.2.0/24 «gw» 10.0.0.1 dev eth0"),
      fixed: routes("192.0.2.0/24 via 10.0.0.1 dev eth0"),
    },
    {
      input: routes("192.0.2.0/24 via 10.0.0.1 «or» 10.0.0.2 dev eth0 no_track"),
      fixed: routes("192.0.2.0/24 dev eth0 no_track nexthop via 10.0.0.1 nexthop via 10.0.0.2"),
    },
    {
      input: routes("«default6» via fe80::1 dev eth0"),
      fixed: routes("::/0 via fe80::1 dev eth0"),
    },
  ],
  good: () => [file(instance("garp_extra_if 10"))],
  check: eachStatement((statement, report, host) => {
    for (const old of oldWords(statement)) reportWord(host, statement, old, report);
    const { entry, data } = statement;
    const deprecated = data ? undefined : entry?.deprecated;
    if (!entry || !deprecated || olderThan(host.target, deprecated.since ?? "0")) return;
    report(
      keywordPlace(statement),
      `${entry.name} is out of date${since(deprecated)}. It still works, but keepalived may report it or drop it one day. ${advice(deprecated, "the line")}`,
      { fixes: renaming(statement, deprecated.use, host.target) },
    );
  }),
};

interface OldWord {
  readonly word: Word;
  readonly deprecated: Deprecation;
}

/** The options and closed words of a statement that have a newer form. */
function oldWords(statement: Statement): readonly OldWord[] {
  const { options = [], bound = [] } = bind(statement) ?? {};
  return [
    ...options.map(({ word, option }) => ({ word, deprecated: option.deprecated })),
    ...bound.map(({ word, arg }) => ({ word, deprecated: choiceOf(arg.value, word.text)?.deprecated })),
  ].flatMap(({ word, deprecated }) => (deprecated && !word.unknown ? [{ word, deprecated }] : []));
}

function reportWord(host: Home, statement: Statement, { word, deprecated }: OldWord, report: Report): void {
  if (olderThan(host.target, deprecated.since ?? "0")) return;
  const fixes =
    deprecated.use === "nexthop"
      ? nexthops(statement, word)
      : fix(`Write ${deprecated.use}`, true, deprecated.use ? replaceWord(word, deprecated.use) : undefined);
  report(
    word.at,
    `${word.text} is an old word${since(deprecated)}. It still works, but keepalived may report it or drop it one day. ${advice(deprecated, "it")}`,
    { fixes },
  );
}

function since(deprecated: Deprecation): string {
  return deprecated.since === undefined ? "" : ` (since release ${deprecated.since})`;
}

function advice({ use }: Deprecation, what: string): string {
  return use === "" ? `Delete ${what}; nothing has to take its place.` : `Write ${use} instead.`;
}

/** The gateways of `via A or B` as nexthops, which stand at the end of the line. */
function nexthops({ words }: Statement, word: Word): readonly Fix[] {
  const index = words.indexOf(word);
  const [via, first, , second] = words.slice(index - 2, index + 2);
  const last = words.at(-1);
  const start = words[index - 3];
  const unclear = words.some(({ exact, via: from, text }) => !exact || from || text === "nexthop");
  if (unclear || !start || !first || !second || !last || (via?.text !== "via" && via?.text !== "gw"))
    return [];
  if (words.indexOf(word) !== words.findLastIndex(({ text }) => text === word.text)) return [];
  const { file } = last.at;
  const old = { start: start.at.span.end, end: second.at.span.end };
  const end = { start: last.at.span.end, end: last.at.span.end };
  const text = ` nexthop via ${first.text} nexthop via ${second.text}`;
  if (second === last) return fix("Write nexthop", true, { at: { file, span: old }, text });
  return fix("Write nexthop", true, { at: { file, span: old }, text: "" }, { at: { file, span: end }, text });
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
