/** Which line of several counts, and what its words say. */
import { named, type Statement } from "../../schema/statement.ts";
import type { Word } from "../../syntax/tree.ts";

/** The line that keepalived takes of those with this keyword: its first or its last, as the schema knows. */
export function lineOf(lines: readonly Statement[], keyword: string): Statement | undefined {
  const all = named(lines, keyword);
  return all[0]?.entry?.wins === "first" ? all[0] : all.at(-1);
}

/** The word behind a keyword in the line that counts; undefined when its value is not known here. */
export function wordOf(lines: readonly Statement[], keyword: string): Word | undefined {
  const word = lineOf(lines, keyword)?.words[1];
  return word?.unknown ? undefined : word;
}

/** The words of a line as text, without those whose value is not known. */
export function textsOf(statement: Statement): readonly string[] {
  return statement.words.filter(({ unknown }) => !unknown).map(({ text }) => text);
}
