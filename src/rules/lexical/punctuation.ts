/** Punctuation of other languages: `name = value`, `name: value`, `value;`, `address, address`. */
import type { Edit, Place } from "../../diagnostic.ts";
import { lineEndOf } from "../../lines.ts";
import type { Host } from "../../model/host.ts";
import { parseAddress } from "../../schema/address.ts";
import { bind } from "../../schema/bind.ts";
import { type Finding, type Statement, walk } from "../../schema/statement.ts";
import { faultOf } from "../../schema/values.ts";
import type { Word } from "../../syntax/tree.ts";
import { isWritten, type Mistake, placeOf } from "./mistake.ts";
import { knownHere } from "./vocabulary.ts";
import { findingsOf } from "./written.ts";

const id = "lex-assignment-or-punctuation";

/** Every statement that is written with punctuation keepalived does not know. */
export function punctuation(host: Host): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const statement of walk(host.statements)) {
    const found = findingsOf(host, statement);
    const mistake = statement.data
      ? (inData(host, statement, found) ?? trailing(statement, found))
      : inKeyword(statement, found);
    if (mistake) mistakes.push(mistake);
  }
  return mistakes;
}

function inKeyword(statement: Statement, findings: readonly Finding[]): Mistake | undefined {
  const [keyword, second] = statement.words;
  if (!keyword || !isWritten(keyword)) return undefined;
  if (!statement.entry) return unknownName(statement, keyword);
  if (second && isWritten(second) && /^:?=$|^:$/.test(second.text)) {
    if (statement.words.length < 3 && findings.length === 0) return undefined;
    return mistakeOf(statement, spanFrom(second, second), [deletion(second), ...semicolon(statement)]);
  }
  if (
    second &&
    isWritten(second) &&
    /^:?=./.test(second.text) &&
    findings.some((one) => one.word === second)
  ) {
    return mistakeOf(statement, second.at, [replacement(second, second.text.replace(/^:?=/, ""))]);
  }
  return trailing(statement, findings);
}

/** `priority=100`, `priority: 100`, `nopreempt;`: keywords once the punctuation is gone. */
function unknownName(statement: Statement, keyword: Word): Mistake | undefined {
  const match = /^([A-Za-z_0-9]+)(?:(:?=|:)(.*)|[;,]+)$/.exec(keyword.text);
  const [, name = "", sign, value = ""] = match ?? [];
  if (!match || !knownHere(statement, name)) return undefined;
  const next = statement.words[1];
  const edits: (Edit | undefined)[] = [];
  if (sign && value === "" && next && isWritten(next) && /^:?=$/.test(next.text)) edits.push(deletion(next));
  const text = value === "" ? name : `${name} ${value.replace(/[;,]+$/, "")}`;
  edits.push(replacement(keyword, text), ...semicolon(statement));
  return mistakeOf(statement, keyword.at, edits);
}

/** Values of numbers, words, addresses and interfaces that are right without the `;` or `,` behind them. */
function trailing(statement: Statement, findings: readonly Finding[]): Mistake | undefined {
  const binding = bind(statement);
  const alone = binding?.surplus.length ? binding.surplus : undefined;
  if (alone?.every((word) => isWritten(word) && /^[;,]+$/.test(word.text))) {
    const at = spanFrom(alone[0] as Word, alone[alone.length - 1] as Word);
    const found = mistakeOf(statement, at, alone.map(deletion));
    return {
      ...found,
      harmless: statement.entry?.flag || findings.every((one) => one.kind === "extra-words"),
    };
  }
  for (const { word, arg } of binding?.bound ?? []) {
    const bare = word.text.replace(/[;,]+$/, "");
    if (bare === word.text || !isWritten(word) || faultOf(arg.value, bare)) continue;
    const wrong = closedNames.has(arg.value.is) || (faultOf(arg.value, word.text) && !hasOwnRule(statement));
    if (wrong) return mistakeOf(statement, word.at, [replacement(word, bare)]);
  }
  return undefined;
}

function hasOwnRule({ data, entry, parent }: Statement): boolean {
  return (data ? (parent?.entry?.lines?.rule ?? parent?.entry?.rule) : entry?.rule) !== undefined;
}

/** Names of things outside the file, which never end in a `;`. */
const closedNames: ReadonlySet<string> = new Set(["interface", "user", "group"]);

/** Addresses with commas between them. */
function inData(host: Host, statement: Statement, findings: readonly Finding[]): Mistake | undefined {
  const first = statement.words[0];
  const last = statement.words[statement.words.length - 1];
  if (findings.length === 0 || !first || !last || first === last)
    return oneWordList(host, statement, findings);
  if (!statement.words.every(isWritten) || !statement.words.some((word) => word.text.includes(",")))
    return undefined;
  return addressList(host, statement, spanFrom(first, last));
}

function oneWordList(host: Host, statement: Statement, findings: readonly Finding[]): Mistake | undefined {
  const [word] = statement.words;
  if (findings.length === 0 || !word || !isWritten(word) || !/,./.test(word.text)) return undefined;
  return addressList(host, statement, word.at);
}

function addressList(host: Host, statement: Statement, at: Place): Mistake | undefined {
  const text = statement.words.map((word) => word.text).join(" ");
  const addresses = text.split(/[\s,;]+/).filter((one) => one !== "");
  if (addresses.length < 2 || !addresses.every((one) => parseAddress(one))) return undefined;
  const source = host.sources.find((one) => one.path === at.file)?.text ?? "";
  const lead = /[^\n]*$/.exec(source.slice(0, at.span.start))?.[0] ?? "";
  const edits = /^\s*$/.test(lead) ? [{ at, text: addresses.join(lineEndOf(source) + lead) }] : undefined;
  return { rule: id, at, claims: [at], subject: addresses[0], statement, edits };
}

/** A `;` that ends the line, which goes with the other punctuation. */
function semicolon(statement: Statement): readonly (Edit | undefined)[] {
  const last = statement.words[statement.words.length - 1];
  if (!last || last === statement.words[0] || !isWritten(last) || !/[;,]$/.test(last.text)) return [];
  const bare = last.text.replace(/[;,]+$/, "");
  return [bare === "" ? deletion(last) : replacement(last, bare)];
}

function mistakeOf(statement: Statement, at: Place, edits: readonly (Edit | undefined)[]): Mistake {
  const made = edits.filter((edit) => edit !== undefined);
  const claims = [at, ...made.map((edit) => edit.at), ...statement.words.slice(1).map((word) => word.at)];
  return { rule: id, at, claims, statement, subject: statement.words[0]?.text, edits: made };
}

function replacement(word: Word, text: string): Edit {
  return { at: word.at, text };
}

/** Takes a word away, with the blank in front of it. */
function deletion(word: Word): Edit {
  const { file, span } = word.at;
  return { at: placeOf(file, span.start - 1, span.end), text: "" };
}

function spanFrom(first: Word, last: Word): Place {
  return placeOf(first.at.file, first.at.span.start, last.at.span.end);
}
