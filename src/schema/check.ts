/** Checks the words of statements against their schema entries. */
import type { Place } from "../diagnostic.ts";
import { commandWords } from "../syntax/command.ts";
import type { Word } from "../syntax/tree.ts";
import { nearest } from "./nearest.ts";
import { type Finding, type Statement, walk } from "./statement.ts";
import type { Arg, DataLines, Keyword, Option } from "./types.ts";
import { type Fault, faultOf, oneOf } from "./values.ts";

/** What may stand on a line, after the keyword or from the start of a data line. */
interface Allowed {
  readonly args: readonly Arg[];
  readonly options: readonly Option[];
  readonly severalPerLine: boolean;
  /** Words that nothing takes are not reported: the tree reports words before a brace itself. */
  readonly surplus: "report" | "ignore";
}

/**
 * The value findings of a statement tree: missing and surplus words, numbers, words, addresses and options that
 * keepalived does not take as written. A statement with a word whose value is not known here has none.
 */
export function checkStatements(statements: readonly Statement[]): Finding[] {
  const findings: Finding[] = [];
  for (const statement of walk(statements)) findings.push(...checkStatement(statement));
  return findings;
}

/** The value findings of one statement, without those inside its block. */
export function checkStatement(statement: Statement): Finding[] {
  const lines = statement.parent?.entry?.lines;
  if (statement.data) return lines && !lines.unchecked ? checkLine(statement, lines) : [];
  const { entry } = statement;
  return entry ? checkKeyword(statement, entry) : [];
}

function checkLine(statement: Statement, lines: DataLines): Finding[] {
  const { args, options = [], severalPerLine = false } = lines;
  return checkWords(statement, statement.words, { args, options, severalPerLine, surplus: "report" });
}

function checkKeyword(statement: Statement, entry: Keyword): Finding[] {
  const { args, options = [] } = entry;
  const takesCommand = args.some((arg) => arg.value.is === "command");
  const words = takesCommand ? commandWords(statement.line) : statement.words.slice(1);
  // A command whose quotes do not match is given up as a whole; the syntax has a finding of its own for that.
  if (takesCommand && words.length === 0 && statement.words.length > 1) return [];
  const [first] = words;
  if (entry.flag && first && !options.some((option) => option.name === first.text)) {
    if (words.some((word) => word.unknown)) return [];
    return [{ kind: "flag-with-argument", at: spanOf(words), statement, word: first, expected: "no value" }];
  }
  const surplus = entry.lines && args.length === 0 ? "ignore" : "report";
  return checkWords(statement, words, { args, options, severalPerLine: false, surplus });
}

/** Goes through the words once: positional ones, then options; `at` is the next word. */
function checkWords(statement: Statement, words: readonly Word[], allowed: Allowed): Finding[] {
  if (statement.words.some((word) => word.unknown) || words.some((word) => word.unknown)) return [];
  const findings: Finding[] = [];
  let at = 0;
  do {
    const before = at;
    at = takeArgs(statement, words, at, allowed, findings);
    at = takeOptions(statement, words, at, allowed.options, findings);
    if (at === before) break;
  } while (allowed.severalPerLine && at < words.length);
  const surplus = words.slice(at);
  if (surplus.length > 0 && allowed.surplus === "report")
    findings.push(surplusFinding(statement, surplus, allowed));
  return findings;
}

function takeArgs(
  statement: Statement,
  words: readonly Word[],
  start: number,
  { args, options }: Allowed,
  findings: Finding[],
): number {
  let at = start;
  for (const arg of args) {
    const word = words[at];
    if (arg.optional && (!word || options.some((option) => option.name === word.text))) continue;
    if (!word) {
      findings.push(missing(statement, arg));
      return at;
    }
    const taken = arg.rest ? words.slice(at) : [word];
    for (const one of taken) findings.push(...wordFindings(statement, arg, one));
    at += taken.length;
  }
  return at;
}

function missing(statement: Statement, arg: Arg): Finding {
  const keyword = statement.words[0];
  const expected = expectedOf(arg);
  const at = keyword?.at ?? statement.line.at;
  return { kind: "missing-value", at, statement, ...(keyword && { word: keyword }), expected };
}

/** What a positional word should be: `a whole number from 1 to 255`, else its name. */
function expectedOf(arg: Arg): string {
  const { value } = arg;
  switch (value.is) {
    case "int":
      return `a whole number from ${value.min} to ${value.max}`;
    case "word":
      return oneOf(value.of.map((choice) => choice.word));
    case "bool":
      return "on or off";
    default:
      return arg.name;
  }
}

function wordFindings(statement: Statement, arg: Arg, word: Word): Finding[] {
  const fault = faultOf(arg.value, word.text);
  return fault ? [faultFinding(statement, word, fault)] : [];
}

function faultFinding(statement: Statement, word: Word, fault: Fault): Finding {
  const { kind, expected, suggestion } = fault;
  const finding = { kind, at: word.at, statement, word, expected };
  return suggestion === undefined ? finding : { ...finding, suggestion };
}

function takeOptions(
  statement: Statement,
  words: readonly Word[],
  start: number,
  options: readonly Option[],
  findings: Finding[],
): number {
  let at = start;
  while (at < words.length) {
    const name = words[at] as Word;
    const option = options.find((one) => one.name === name.text);
    if (!option) return at;
    at++;
    for (const arg of option.args) {
      const word = words[at];
      if (arg.optional && (!word || options.some((one) => one.name === word.text))) continue;
      if (!word) {
        const expected = `${expectedOf(arg)} after ${name.text}`;
        findings.push({ kind: "bad-option", at: name.at, statement, word: name, expected });
        return at;
      }
      findings.push(...wordFindings(statement, arg, word));
      at++;
    }
  }
  return at;
}

function surplusFinding(statement: Statement, words: readonly Word[], { args, options }: Allowed): Finding {
  const word = words[0] as Word;
  const at = spanOf(words);
  if (options.length === 0) {
    const expected =
      args.length === 0 ? "no value" : args.length === 1 ? "one value" : `at most ${args.length} values`;
    return { kind: "extra-words", at, statement, word, expected };
  }
  const names = options.map((option) => option.name);
  const suggestion = nearest(word.text, names);
  const finding: Finding = { kind: "bad-option", at: word.at, statement, word, expected: oneOf(names) };
  return suggestion === undefined ? finding : { ...finding, suggestion };
}

/** From the first word to the last when both stand in one file and in this order, else the first word. */
function spanOf(words: readonly Word[]): Place {
  const first = (words[0] as Word).at;
  const last = (words[words.length - 1] as Word).at;
  if (first.file !== last.file || last.span.end < first.span.start) return first;
  return { file: first.file, span: { start: first.span.start, end: last.span.end } };
}
