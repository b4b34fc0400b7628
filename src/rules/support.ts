/** Small helpers that rules share. What makes edits is in edits.ts, what compares hosts in across.ts. */
import type { Place } from "../diagnostic.ts";
import type { Host, Instance, SyncGroup } from "../model/host.ts";
import { inside, named, type Statement, walk } from "../schema/statement.ts";
import { commandWords } from "../syntax/command.ts";
import type { Word } from "../syntax/tree.ts";

/** The last line of an instance or group with this keyword, the one that counts where the last wins. */
export function lineOf(of: Instance | SyncGroup, keyword: string): Statement | undefined {
  return named(inside(of.block), keyword).at(-1);
}

/** The lines inside all blocks of an instance or group with this keyword, such as the lines of virtual_ipaddress. */
export function linesOf(of: Instance | SyncGroup, keyword: string): readonly Statement[] {
  return named(inside(of.block), keyword).flatMap(inside);
}

/** The place of a statement's keyword. */
export function keywordPlace(statement: Statement): Place {
  return statement.words[0]?.at ?? statement.line.at;
}

/** From the first of these words to the last, when they stand on one line of one file. */
export function spanOf(words: readonly Word[], otherwise: Place): Place {
  const [first, last] = [words[0]?.at, words.at(-1)?.at];
  if (!first || !last || first.file !== last.file || last.span.end < first.span.start)
    return first ?? otherwise;
  return { file: first.file, span: { start: first.span.start, end: last.span.end } };
}

/** Whether a release is known and older than another: `olderThan("2.2.7", "2.3.0")`. */
export function olderThan(release: string | undefined, other: string): boolean {
  if (release === undefined) return false;
  const [ours, theirs] = [release, other].map((text) => text.replace(/^v/, "").split(".").map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (ours?.[index] ?? 0) - (theirs?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** A line that names a program to run, and the program's words as keepalived passes them on. */
export interface Command {
  readonly statement: Statement;
  /** The word that holds program and parameters; keepalived runs nothing of what follows it. */
  readonly word: Word;
  readonly text: string;
}

/** Every line of a host that names a program to run: scripts, notify_* and the checkers' misc_path. */
export function commandsOf(host: Host): readonly Command[] {
  return [...walk(host.statements)].flatMap((statement) => {
    const first = statement.entry?.args[0];
    if (statement.data || first?.value.is !== "command") return [];
    const word = commandWords(statement.line)[0];
    return word && !word.unknown ? [{ statement, word, text: word.text }] : [];
  });
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[], last = "and"): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}
