/** Quotes that are none for keepalived, values that a comment sign cuts, and typographic characters. */
import type { Edit, Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { bind } from "../../schema/bind.ts";
import { type Statement, walk } from "../../schema/statement.ts";
import { recognise } from "../../syntax/parse.ts";
import type { Part } from "../../syntax/tree.ts";
import { isWritten, type Mistake, placeOf } from "./mistake.ts";
import { partText, type WrittenLine, wordAt, writtenLines } from "./written.ts";

/** What look-alikes stand for in plain text. */
const plain: ReadonlyMap<string, string> = new Map([
  ...[..."“”„‟″＂"].map((character) => [character, '"'] as const),
  ...[..."‘’‚‛′＇"].map((character) => [character, "'"] as const),
  ...[..."‐‑‒–—―−－"].map((character) => [character, "-"] as const),
  ...[..."\u00a0\u2007\u202f\u3000\u2002\u2003\u2009"].map((character) => [character, " "] as const),
  ...[..."\u200b\ufeff\u2060"].map((character) => [character, ""] as const),
  ...[..."０１２３４５６７８９"].map((character, digit) => [character, String(digit)] as const),
  ["；", ";"],
  ["，", ","],
  ["：", ":"],
  ["．", "."],
  ["／", "/"],
  ["＝", "="],
  ["｛", "{"],
  ["｝", "}"],
  ["＃", "#"],
]);

const blankLike = /[\u00a0\u2007\u202f\u3000\u2002\u2003\u2009\u200b\ufeff\u2060]/;
const quoteLike = /^[“”„‟″＂‘‚‛]|[“”‟″＂]$/;
const opensQuote = /^[“”„‟″＂‘‚‛]/;
const closesQuote = /[“”‟″＂’]$/;
const dashBefore = /^[‐‑‒–—―−－][0-9A-Za-z]/;
const lookAlike = new RegExp(`[${[...plain.keys()].join("")}]`);

/** Words with typographic quotes, dashes and blanks where keepalived wants plain ones. */
export function smartCharacters(host: Host): Mistake[] {
  // A word too long or too many is not one because of its characters.
  const broken = host.findings.filter(({ kind }) => kind !== "too-long" && kind !== "extra-words");
  const faulty = new Set(broken.map((finding) => keyOf(finding.word?.at ?? finding.at)));
  return writtenLines(host).flatMap((line) => {
    if (!lookAlike.test(line.line.text)) return [];
    const words = line.line.parts.filter((part) => part.kind === "word");
    const mistakes: Mistake[] = [];
    let done = 0;
    for (const [index, part] of words.entries()) {
      const text = partText(line, part);
      const start = line.line.start + part.start;
      if (start < done || !isWrong(text, faulty.has(`${start} ${line.source.path}`))) continue;
      // A quoted value of several words is one mistake.
      const later = words.slice(index).find((other) => closesQuote.test(partText(line, other)));
      const last = opensQuote.test(text) && later ? later : part;
      done = line.line.start + last.end;
      mistakes.push(smartMistake(line, start, done));
    }
    return mistakes;
  });
}

function keyOf({ file, span }: Place): string {
  return `${span.start} ${file}`;
}

function isWrong(text: string, faulty: boolean): boolean {
  if (blankLike.test(text) || quoteLike.test(text) || dashBefore.test(text)) return true;
  return faulty && lookAlike.test(text);
}

function smartMistake(line: WrittenLine, start: number, end: number): Mistake {
  const file = line.source.path;
  const at = placeOf(file, start, end);
  const old = line.source.text.slice(start, end);
  const statement = line.statements.find((one) => one.words.some((word) => word.at.span.start === start));
  const edits = [{ at, text: inPlain(old) }];
  return { rule: "lex-smart-quotes", at, claims: [at], subject: old, statement, edits };
}

/** The text with plain characters; quotes that are not a pair are left out. */
function inPlain(text: string): string {
  const replaced = [...text].map((character) => plain.get(character) ?? character).join("");
  const quotes = replaced.split('"').length - 1;
  if (quotes % 2 === 1) return replaced.replaceAll('"', "");
  return /^'[^'"]*'$/.test(replaced) ? `"${replaced.slice(1, -1)}"` : replaced;
}

/** Values in single quotes, which become part of the value everywhere but in scripts. */
export function singleQuotes(host: Host): Mistake[] {
  return [...walk(host.statements)].flatMap((statement) => {
    if (takesCommand(statement)) return [];
    const first = statement.data ? 0 : 1;
    const words = statement.words.slice(first);
    const from = words.findIndex((word) => isWritten(word) && word.text.startsWith("'"));
    const opening = words[from];
    if (!opening) return [];
    const closing = words
      .slice(from)
      .find((word) => isWritten(word) && word.text.length > 1 && word.text.endsWith("'"));
    if (!closing || closing.at.file !== opening.at.file || (closing === opening && opening.text === "'"))
      return [];
    const at = placeOf(opening.at.file, opening.at.span.start, closing.at.span.end);
    const old = sourceText(host, at);
    const clear = !old.slice(1, -1).includes('"') && !old.slice(1, -1).includes("'");
    const edits = clear ? [{ at, text: `"${old.slice(1, -1)}"` }] : undefined;
    return [{ rule: "lex-single-quotes", at, claims: [at], subject: old, statement, word: opening, edits }];
  });
}

function takesCommand(statement: Statement): boolean {
  const args = statement.data ? statement.parent?.entry?.lines?.args : statement.entry?.args;
  return args?.some((arg) => arg.value.is === "command") ?? false;
}

function sourceText(host: Host, { file, span }: Place): string {
  return host.sources.find((source) => source.path === file)?.text.slice(span.start, span.end) ?? "";
}

/** Programs whose quotes do not match, in the line or in the quoted program itself: keepalived runs nothing. */
export function brokenCommands(host: Host): Mistake[] {
  return [...walk(host.statements)].flatMap((statement) => {
    const [, first] = statement.words;
    const last = statement.words.at(-1);
    if (!first || !last || !takesCommand(statement) || statement.words.some((word) => word.unknown))
      return [];
    const commands = bind(statement)?.bound.filter((one) => one.arg.value.is === "command");
    if (commands?.every((one) => recognise("commandLine", one.word.text))) return [];
    const whole = first.at.file === last.at.file && first.at.span.start <= last.at.span.end;
    const at = whole ? placeOf(first.at.file, first.at.span.start, last.at.span.end) : first.at;
    return [{ rule: "lex-unmatched-quote", at, claims: [at], statement }];
  });
}

/** `Bob Smith <bob@example.org>` in a list of addresses: keepalived takes each word for an address. */
export function displayNames(host: Host): Mistake[] {
  return [...walk(host.statements)].flatMap((statement) => {
    const [first] = statement.words;
    const last = statement.words.at(-1);
    if (!statement.data || statement.parent?.entry?.lines?.args[0]?.value.is !== "email") return [];
    if (!first || !last || first.text.includes("@") || !/^<.+@.+>$/.test(last.text)) return [];
    if (!statement.words.every(isWritten) || first.at.file !== last.at.file) return [];
    const at = placeOf(first.at.file, first.at.span.start, last.at.span.end);
    const edits = [{ at, text: `"${sourceText(host, at)}"` }];
    return [{ rule: "lex-unquoted-spaces", at, claims: [at], statement, subject: first.text, edits }];
  });
}

/** Kinds of values in which a comment sign may be meant as a character. Numbers and addresses never hold one. */
const freeKinds: ReadonlySet<string> = new Set(["text", "name", "path", "command", "email", "user", "group"]);

/** Values that end at a `#` or `!` written inside them. */
export function cutValues(host: Host): Mistake[] {
  return writtenLines(host).flatMap((line) => {
    const { parts, text } = line.line;
    const index = parts.findIndex((part) => part.kind === "comment");
    const comment = parts[index];
    const before = parts[index - 1];
    const keyword = before?.kind === "blank" ? parts[index - 2] : undefined;
    if (comment && keyword && isWhollyCut(line, keyword, text.slice(comment.start, comment.end).trimEnd()))
      return [whollyCut(line, keyword, comment)];
    if (!comment || !before || !isValue(line, before.kind, line.line.start + before.start)) return [];
    // A sign with a blank behind it begins a comment that was meant as one.
    const rest = /^\\?[#!]+[^\s#!]\S*|^\\?[#!]+$/.exec(text.slice(comment.start, comment.end).trimEnd())?.[0];
    if (rest === undefined) return [];
    const start = line.line.start + before.start;
    const at = placeOf(line.source.path, start, line.line.start + comment.start + rest.length);
    const old = line.source.text.slice(at.span.start, at.span.end);
    const found = wordAt(line, start);
    const claims = [placeOf(line.source.path, start, line.at.span.end)];
    const edits = quoting(at, old);
    const subject = partText(line, before);
    return [{ rule: "lex-hash-or-bang-in-value", at, claims, subject, statement: found?.statement, edits }];
  });
}

/** `auth_pass #secret`: all of the value is a comment, and one word that is no remark. */
function isWhollyCut(line: WrittenLine, keyword: Part, comment: string): boolean {
  if (keyword.kind !== "word" || !/^[#!][^\s#!]\S*$/.test(comment)) return false;
  const statement = wordAt(line, line.line.start + keyword.start)?.statement;
  const [first] = statement?.entry?.args ?? [];
  const bare = statement?.words.length === 1 && statement.body === undefined;
  return bare && first !== undefined && !first.optional && freeKinds.has(first.value.is);
}

function whollyCut(line: WrittenLine, keyword: Part, comment: Part): Mistake {
  const start = line.line.start + comment.start;
  const old = line.line.text.slice(comment.start, comment.end).trimEnd();
  const at = placeOf(line.source.path, start, start + old.length);
  const claims = [placeOf(line.source.path, line.line.start + keyword.start, line.at.span.end)];
  const statement = wordAt(line, line.line.start + keyword.start)?.statement;
  return { rule: "lex-hash-or-bang-in-value", at, claims, statement, edits: quoting(at, old) };
}

function isValue(line: WrittenLine, kind: string, start: number): boolean {
  if (kind === "definitionValue") return true;
  if (kind !== "word") return false;
  const found = wordAt(line, start);
  const bound = found && bind(found.statement)?.bound.find((one) => one.word.at.span.start === start);
  return bound !== undefined && freeKinds.has(bound.arg.value.is);
}

function quoting(at: Place, text: string): readonly Edit[] | undefined {
  const bare = /^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
  return /["\s]/.test(bare) ? undefined : [{ at, text: `"${bare.replaceAll(/\\([#!])/g, "$1")}"` }];
}
