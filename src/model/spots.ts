/** Values with the place where they were written. */
import type { Place } from "../diagnostic.ts";
import type { Statement } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import type { Spot } from "./host.ts";

/** A value that a word gives. A word with an unknown variable makes the spot unknown. */
export function writtenAt<T>(word: Word, value: T, statement: Statement): Spot<T> {
  const spot = { value, at: word.at, written: true, statement };
  return word.unknown ? { ...spot, unknown: true } : spot;
}

/** A value that the presence of a keyword gives; its place is the keyword. */
export function flagAt<T>(statement: Statement, value: T): Spot<T> {
  return { value, at: keywordOf(statement).at, written: true, statement };
}

/** A default: nothing is written, the place is the header of the block that lacks it. */
export function defaultAt<T>(header: Place, value: T): Spot<T> {
  return { value, at: header, written: false };
}

/** The same place with the value keepalived makes of it. */
export function changedTo<T>(spot: Spot<unknown>, value: T): Spot<T> {
  return { ...spot, value };
}

/** The first word of a statement. */
export function keywordOf(statement: Statement): Word {
  const word = statement.words[0];
  if (!word) throw new Error("a statement without words");
  return word;
}

const headers = new WeakMap<Statement, Place>();

/** From the first to the second word, when both stand in one file; a block's header. The same object each time. */
export function headerOf(statement: Statement): Place {
  const known = headers.get(statement);
  if (known) return known;
  const made = header(statement);
  headers.set(statement, made);
  return made;
}

function header(statement: Statement): Place {
  const [keyword, name] = statement.words;
  const from = keywordOf(statement).at;
  if (!keyword || !name || name.via || name.at.file !== from.file || name.at.span.end < from.span.end)
    return from;
  return { file: from.file, span: { start: from.span.start, end: name.at.span.end } };
}
