import type { Fix } from "../diagnostic.ts";
import { bind } from "../schema/bind.ts";
import type { Finding, Statement } from "../schema/statement.ts";
import { faultOf } from "../schema/values.ts";
import type { Word } from "../syntax/tree.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import { spanOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-route-invalid";
const routes = (...lines: string[]) => file(instance(block("virtual_routes", ...lines)));
const rules = (...lines: string[]) => file(instance(block("virtual_rules", ...lines)));

export const vrrpRouteInvalid: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A route or a routing rule that keepalived does not take as written.",
  why: "keepalived drops the line, and the master cannot reach what lies behind the route. Where a value is missing it stops reading the file altogether and does not start.",
  basis: "keepalived/vrrp/vrrp_iproute.c and vrrp_iprule.c (v2.2.7, v2.4.3); keepalived -t: exit code 2.",
  bad: () => [
    { input: routes("10.9.0.0/24 via «10.0.0.999»") },
    {
      input: routes("10.9.0.0/24 via «10.0.0.1/24» dev eth0"),
      fixed: routes("10.9.0.0/24 via 10.0.0.1 dev eth0"),
    },
    { input: routes("10.9.0.0/24 via 10.0.0.1 dev eth0 «metric»") },
    { input: routes("10.9.0.0/24 via 10.0.0.1 dev eth0 «track»") },
    {
      input: routes("10.9.0.0/24 via 10.0.0.1 dev eth0 «metrik» 5"),
      fixed: routes("10.9.0.0/24 via 10.0.0.1 dev eth0 metric 5"),
    },
    { input: routes("10.9.0.0/24 via 10.0.0.1 dev eth0 metric «high»") },
    {
      input: routes("via 10.0.0.1 dev eth0 «default»"),
      fixed: routes("via 10.0.0.1 dev eth0 0.0.0.0/0"),
    },
    { input: routes("10.9.0.0/24 via «2001:db8::1» dev eth0") },
    { input: routes("«via 10.0.0.1 dev eth0»") },
    {
      input: routes("«inet6» default via fe80::1 dev eth0"),
      fixed: routes("default via fe80::1 dev eth0"),
    },
    { input: routes("10.9.0.0/24 nexthop via 10.0.0.1 nexthop via 10.0.0.2 «table» 100") },
    {
      input: rules("«inet6» fwmark 5 table 100 preference 100"),
      fixed: rules("inet6 inet6 fwmark 5 table 100 preference 100"),
    },
    { input: rules("«from 10.0.0.0/24 preference 100»") },
    { input: rules("from 10.0.0.0/24 table 100 «blackhole» preference 100") },
    { input: rules("from 10.0.0.0/24 «goto» 90 preference 100") },
  ],
  good: () => [
    routes("10.9.0.0/24 via 10.0.0.1 dev eth0 metric 100"),
    routes("src 10.0.0.100 10.9.0.0/24 via 10.0.0.1 dev eth0"),
    routes("10.9.0.0/24 via inet 10.0.0.1 dev eth0 mtu lock 1400 no_track"),
    routes("10.9.0.0/24 dev eth0 table office nexthop via 10.0.0.1 weight 2 nexthop via 10.0.0.2"),
    rules("from 10.0.0.0/24 to 192.0.2.0/24 fwmark 0x10/0xff lookup office preference 0x100"),
  ],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const { at, statement, related = [] } = finding;
      const skipping = statement && skippingWord(statement, finding);
      if (skipping) {
        const [word, skipped] = skipping;
        report(word.at, skippingMessage(word, skipped, whatOf(statement)), {
          fixes: withoutSkipping(statement, word, skipped),
        });
      } else {
        const where = finding.kind === "incomplete-line" && statement ? spanOf(statement.words, at) : at;
        report(where, message(finding), { related, fixes: repair(finding) });
      }
    }
  },
};

/** What a line of the block is: a route or a rule. */
function whatOf(statement: Statement | undefined): string {
  return statement?.parent?.entry?.lines?.what ?? "route";
}

const networkEffect = "and the master cannot reach what lies behind it";

function message(finding: Finding): string {
  const { kind, statement, word, expected = "" } = finding;
  const what = whatOf(statement);
  const text = shown(word?.text ?? "");
  const effect = what === "route" ? `the route is dropped, ${networkEffect}` : "the rule is dropped";
  switch (kind) {
    case "bad-option":
      return expected.includes(" after ")
        ? missingMessage(text, statement, word)
        : `keepalived does not know the word ${text} in a ${what}: ${effect}. ${advice(finding)}`;
    case "misplaced-option":
      return `Behind ${expected} keepalived takes only what belongs to it, so ${text} makes it refuse the line. Put ${text} in front of the first ${expected}.`;
    case "incomplete-line":
      return `This ${what} lacks ${expected}: ${effect}. Add it.`;
    case "second-option":
      return `${text} is a second action, and a rule has one: ${effect}. Delete one of them.`;
    case "lacks-companion":
      return `${text} counts only together with ${expected}, so keepalived does not take the ${what} as written. Add that or delete ${text}.`;
    case "mixed-families":
      return expected.endsWith(" before all addresses")
        ? `keepalived refuses ${text} behind a word that says IPv4 or IPv6: ${effect}. Write it at the beginning of the line, or as a network.`
        : `${text} does not fit in here, the words before it allow ${expected}: ${effect}. Use addresses of one family.`;
    default:
      return `keepalived does not take ${text === "" ? "an empty word" : text} here: ${effect}. Write ${expected}.`;
  }
}

function missingMessage(text: string, statement: Statement | undefined, word: Word | undefined): string {
  const taken = statement && bind(statement)?.options.find((one) => one.word === word);
  const effect =
    taken?.option.withoutValue === "skipped"
      ? "keepalived does not set up the route as written"
      : "keepalived stops at this line and does not start, and all virtual addresses of this host are down";
  return `The value of ${text} is missing: ${effect}. Add the value or delete the word.`;
}

function advice({ suggestion }: Finding): string {
  return suggestion === undefined
    ? "Delete it, or write the option that is meant."
    : `Is ${suggestion} meant?`;
}

function repair({ kind, word, suggestion, related = [], statement }: Finding): readonly Fix[] {
  if (suggestion !== undefined) {
    const safe = word?.text.toLowerCase() === suggestion.toLowerCase();
    return fix(`Write ${suggestion}`, safe, replaceWord(word, suggestion));
  }
  if (kind !== "mixed-families") return cleaned(statement, word);
  if (!word || !allAddresses.has(word.text)) return [];
  const settling = statement?.words.find(({ at }) => at === related[0]?.at)?.text ?? "";
  const network = settling.includes(":") || settling.endsWith("6") ? "::/0" : "0.0.0.0/0";
  return fix(`Write ${network}`, true, replaceWord(word, network));
}

/** The word without punctuation behind it, or an address without the prefix length that it must not have. */
function cleaned(statement: Statement | undefined, word: Word | undefined): readonly Fix[] {
  const value = statement && bind(statement)?.bound.find((one) => one.word === word)?.arg.value;
  if (!word || !value) return [];
  const bare = word.text.replace(/[,;]+$/, "");
  const meant = [bare, bare.replace(/\/\d+$/, "")].find((text) => !faultOf(value, text));
  return meant === undefined || meant === word.text
    ? []
    : fix(`Write ${meant}`, true, replaceWord(word, meant));
}

const allAddresses = new Set(["default", "any", "all"]);

/** `inet` or `inet6` and the word that keepalived reads past, where that word is what the line lacks. */
function skippingWord(statement: Statement, { kind, word }: Finding): readonly [Word, Word] | undefined {
  const binding = bind(statement);
  const skipped = binding?.bound.find(({ option }) => option?.skips && option.family)?.word;
  const index = skipped ? statement.words.indexOf(skipped) : -1;
  const before = statement.words[index - 1];
  if (!skipped || !before) return undefined;
  const next = statement.words[index + 1];
  const isCause =
    kind === "incomplete-line" || (kind === "bad-option" && word !== undefined && word === next);
  return isCause ? [before, skipped] : undefined;
}

function skippingMessage(word: Word, skipped: Word, what: string): string {
  return `keepalived reads past the word behind ${word.text}: ${shown(skipped.text)} does not count, and the ${what} is dropped. Delete ${word.text} where an address on the line says the family, else write ${word.text} twice.`;
}

/** The family said in a way that keepalived reads. */
function withoutSkipping({ words }: Statement, word: Word, skipped: Word): readonly Fix[] {
  const isSix = word.text === "inet6";
  const said = words.some(({ text }) => (isSix ? /:.*:/.test(text) : /^\d+\.\d+\./.test(text)));
  if (!word.exact || word.via || !skipped.exact || skipped.via || word.at.file !== skipped.at.file) return [];
  const { start } = word.at.span;
  const edit = (end: number, text: string) => ({ at: { file: word.at.file, span: { start, end } }, text });
  if (said) return fix(`Delete ${word.text}`, true, edit(skipped.at.span.start, ""));
  const network = isSix ? "::/0" : "0.0.0.0/0";
  return allAddresses.has(skipped.text)
    ? fix(`Write ${network}`, true, edit(skipped.at.span.end, network))
    : fix(`Write ${word.text} twice`, true, edit(word.at.span.end, `${word.text} ${word.text}`));
}
