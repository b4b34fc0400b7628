/** What may stand inside a block, looked up by name. */
import type { DataLines, Keyword } from "./types.ts";

export interface Vocabulary {
  /** The entry of a keyword here. */
  find(name: string): Keyword | undefined;
  names(): Iterable<string>;
  /** Set when the block holds lines of data. */
  readonly data: DataLines | undefined;
  /** Nothing is known about the block, so everything is accepted. */
  readonly anything: boolean;
}

const known = new WeakMap<object, Vocabulary>();

/** The vocabulary of a list of keywords, of a keyword's block, or (undefined) of a block nothing is known about. */
export function vocabularyOf(of: readonly Keyword[] | Keyword | undefined): Vocabulary {
  if (of === undefined) return anything;
  const found = known.get(of);
  if (found) return found;
  const made = isList(of) ? ofKeywords(of, undefined) : ofKeywords(of.keywords ?? [], of.lines);
  known.set(of, made);
  return made;
}

function ofKeywords(keywords: readonly Keyword[], data: DataLines | undefined): Vocabulary {
  const byName = new Map(keywords.map((keyword) => [keyword.name, keyword]));
  return { find: (name) => byName.get(name), names: () => byName.keys(), data, anything: false };
}

const anything: Vocabulary = { find: () => undefined, names: () => [], data: undefined, anything: true };

function isList(of: readonly Keyword[] | Keyword): of is readonly Keyword[] {
  return Array.isArray(of);
}
