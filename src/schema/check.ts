/** Checks the words of statements against their schema entries. */
import type { Place } from "../diagnostic.ts";
import type { Word } from "../syntax/tree.ts";
import { type Binding, type Bound, bind, type Missing } from "./bind.ts";
import { lawFinding } from "./line_laws.ts";
import { nearest } from "./nearest.ts";
import { type Finding, type Statement, walk } from "./statement.ts";
import type { Arg } from "./types.ts";
import { faultOf, integerExpected, oneOf } from "./values.ts";

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
function checkStatement(statement: Statement): Finding[] {
  const binding = bind(statement);
  if (!binding || [...statement.words, ...binding.words].some((word) => word.unknown)) return [];
  const { bound, missing, surplus } = binding;
  const findings = bound.flatMap((one) => wrongWord(statement, one));
  findings.push(...missing.map((one) => missingWord(statement, one)), ...missingHeader(statement));
  if (surplus.length > 0) findings.push(surplusWords(statement, binding));
  const lines = statement.data ? statement.parent?.entry?.lines : undefined;
  const law = findings.length === 0 ? lawFinding(statement, binding, lines) : undefined;
  return law ? [law] : findings;
}

/**
 * Whether a word may come next on a line of which it and more words may still be missing: it brings no finding that
 * more words could not mend. Scripts have words of their own and are not judged.
 */
export function mayFollow(line: Statement, word: Word): boolean {
  if (!line.data && line.entry?.args.some(({ value }) => value.is === "command")) return true;
  const faults = (words: readonly Word[]) =>
    checkStatement({ ...line, words }).filter((finding) => !isUnfinished(finding)).length;
  return faults([...line.words, word]) <= faults(line.words);
}

/** What a line lacks may still be written. */
function isUnfinished({ kind, expected }: Finding): boolean {
  const lacks = kind === "missing-value" || kind === "incomplete-line" || kind === "lacks-companion";
  return lacks || (kind === "bad-option" && expected?.includes(" after ") === true);
}

function wrongWord(statement: Statement, { word, arg }: Bound): Finding[] {
  const fault = faultOf(arg.value, word.text);
  if (!fault) return [];
  const { kind, expected, suggestion } = fault;
  const finding = { kind, at: word.at, statement, word, expected };
  return [suggestion === undefined ? finding : { ...finding, suggestion }];
}

function missingWord(statement: Statement, { arg, option, after }: Missing): Finding {
  const inAnyOrder = statement.data && statement.parent?.entry?.lines?.anyOrder;
  if (after && (option || inAnyOrder)) {
    const expected = `${expectedOf(arg)} after ${after.text}`;
    return { kind: "bad-option", at: after.at, statement, word: after, expected };
  }
  const keyword = after ?? statement.words[0];
  const at = keyword?.at ?? statement.line.at;
  return {
    kind: "missing-value",
    at,
    statement,
    ...(keyword && { word: keyword }),
    expected: expectedOf(arg),
  };
}

/** Nothing at all behind a keyword whose forms are all optional. */
function missingHeader(statement: Statement): Finding[] {
  const { words, data, entry, line } = statement;
  const [keyword, value] = words;
  if (data || value || entry?.needs === undefined) return [];
  const at = keyword?.at ?? line.at;
  return [{ kind: "missing-value", at, statement, ...(keyword && { word: keyword }), expected: entry.needs }];
}

/** What a positional word should be: `a whole number from 1 to 255`, else its name. */
function expectedOf({ name, value }: Arg): string {
  switch (value.is) {
    case "int":
      return integerExpected(value);
    case "word":
      return oneOf(value.of.map((choice) => choice.word));
    case "bool":
      return "on or off";
    default:
      return name;
  }
}

function surplusWords(statement: Statement, { surplus: words, allowed, closing }: Binding): Finding {
  const { args, options } = allowed;
  const word = words[0] as Word;
  const at = spanOf(words);
  if (!statement.data && statement.entry?.flag) {
    return { kind: "flag-with-argument", at, statement, word, expected: "no value" };
  }
  if (options.length === 0 && args.length === 0 && opensBlock(statement)) {
    return { kind: "block-extra-words", at, statement, word, expected: "an opening brace" };
  }
  if (options.length === 0) {
    const values = args.length === 1 ? "one value" : `at most ${args.length} values`;
    return { kind: "extra-words", at, statement, word, expected: args.length === 0 ? "no value" : values };
  }
  const names = options.map((option) => option.name);
  if (closing && (names.includes(word.text) || nearest(word.text, names) === undefined)) {
    const expected = closing.word.text;
    return { kind: "misplaced-option", at: word.at, statement, word, expected };
  }
  const suggestion = nearest(word.text, names);
  const finding: Finding = { kind: "bad-option", at: word.at, statement, word, expected: oneOf(names) };
  return suggestion === undefined ? finding : { ...finding, suggestion };
}

function opensBlock({ data, entry }: Statement): boolean {
  return !data && (entry?.keywords !== undefined || entry?.lines !== undefined);
}

/** From the first word to the last when both stand in one file and in this order, else the first word. */
function spanOf(words: readonly Word[]): Place {
  const first = (words[0] as Word).at;
  const last = (words[words.length - 1] as Word).at;
  if (first.file !== last.file || last.span.end < first.span.start) return first;
  return { file: first.file, span: { start: first.span.start, end: last.span.end } };
}
