/** Which keywords may stand where a statement stands. */
import { rootKeywords } from "../../schema/index.ts";
import type { Statement } from "../../schema/statement.ts";
import type { Keyword } from "../../schema/types.ts";

/**
 * The keywords of the block a statement stands in. Inside an unknown block keepalived goes on with the vocabulary of the
 * block around it.
 */
export function vocabularyOf(statement: Statement): readonly Keyword[] {
  for (let block = statement.parent; block; block = block.parent) {
    if (block.entry) return block.entry.keywords ?? [];
  }
  return rootKeywords;
}

/** The entry a name would have where a statement stands. */
export function knownHere(statement: Statement, name: string): Keyword | undefined {
  return vocabularyOf(statement).find((keyword) => keyword.name === name);
}

/** The innermost known block around a statement, undefined at the top level. */
export function blockOf(statement: Statement): Statement | undefined {
  for (let block = statement.parent; block; block = block.parent) if (block.entry) return block;
  return undefined;
}
