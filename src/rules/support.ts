/** Small helpers that rules share. What makes edits is in edits.ts, what compares hosts in across.ts. */
import type { Place } from "../diagnostic.ts";
import type { Definition, Host, Instance, Spot, SyncGroup, Tracker } from "../model/host.ts";
import { isOlder } from "../model/release.ts";
import { nearest } from "../schema/nearest.ts";
import { inside, named, type Statement } from "../schema/statement.ts";
import { commandWords } from "../syntax/command.ts";
import type { Word } from "../syntax/tree.ts";
import { inStatements } from "./each.ts";

/** The last line of an instance or group with this keyword, the one that counts where the last wins. */
export function lineOf(of: Instance | SyncGroup, keyword: string): Statement | undefined {
  return inside(of.block).findLast(({ data, words }) => !data && words[0]?.text === keyword);
}

/**
 * Whether a block mentions a keyword in any way: also mistyped, with punctuation, or behind another keyword on its line.
 * Then the keyword is not missing; how it is written is the mistake, and another rule reports it.
 */
export function mentions(of: { readonly block: Statement }, keyword: string): boolean {
  return inside(of.block).some(({ words, entry }) =>
    words.some(({ text }, index) => {
      const bare = text.replace(/[^a-z_0-9].*$/i, "");
      return bare === keyword || (index === 0 && !entry && nearest(bare, [keyword]) !== undefined);
    }),
  );
}

/**
 * Whether what is not in an instance is really missing: nothing in its block was unreadable, and no line of it was lost
 * to a mistake of writing, such as an unmatched quote or a condition without a name.
 */
export function isWhole(host: Pick<Host, "syntaxFindings">, instance: Instance): boolean {
  const { block, uncertain } = instance;
  return !uncertain && !host.syntaxFindings.some((finding) => liesInside(block, finding.at));
}

function liesInside(block: Statement, { file, span }: Place): boolean {
  const [start, end] = [block.line.at, block.body?.close];
  if (file !== start.file || span.start < start.span.start) return false;
  return end === undefined || end.file !== file || span.start < end.span.end;
}

/** The lines inside all blocks of an instance or group with this keyword, such as the lines of virtual_ipaddress. */
export function linesOf(of: Instance | SyncGroup, keyword: string): readonly Statement[] {
  return named(inside(of.block), keyword).flatMap(inside);
}

/** The place of a statement's keyword. */
export function keywordPlace(statement: Statement): Place {
  return statement.words[0]?.at ?? statement.line.at;
}

/** The text at a place, empty when the file is not among the host's. */
export function textAt(host: Pick<Host, "sources">, { file, span }: Place): string {
  return host.sources.find((source) => source.path === file)?.text.slice(span.start, span.end) ?? "";
}

/** From the first of these words to the last, when they stand on one line of one file. */
export function spanOf(words: readonly Word[], otherwise: Place): Place {
  const [first, last] = [words[0]?.at, words.at(-1)?.at];
  if (!first || !last || first.file !== last.file || last.span.end < first.span.start)
    return first ?? otherwise;
  return { file: first.file, span: { start: first.span.start, end: last.span.end } };
}

/** Whether the user named the host's release and it is older than another: `olderThan(host.target, "2.3.0")`. */
export function olderThan(release: string | undefined, other: string): boolean {
  return release !== undefined && isOlder(release, other);
}

/** Words that say no in other products' files. */
const no = new Set(["off", "false", "no", "0", "disable", "disabled"]);

/** Whether a word behind a keyword asks to switch it off. */
export function saysNo(word: string): boolean {
  return no.has(word.toLowerCase());
}

/**
 * Whether a flag is on only because keepalived does not look at the `off` behind it. The author does not want it: one
 * rule says so, and what follows from the flag is no mistake of its own.
 */
export function isUnwanted({ statement }: Spot<boolean>): boolean {
  const word = statement?.words[1];
  return word !== undefined && !word.unknown && saysNo(word.text);
}

/** A line that names a program to run, and the program's words as keepalived passes them on. */
export interface Command {
  readonly statement: Statement;
  /** The word that holds program and parameters; keepalived runs nothing of what follows it. */
  readonly word: Word;
  readonly text: string;
}

/** Every line of a host that names a program to run: scripts, notify_* and the checkers' misc_path. */
export const commandsOf: (host: Host) => readonly Command[] = inStatements(commandIn);

function commandIn(statement: Statement): Command | undefined {
  const first = statement.entry?.args[0];
  if (statement.data || first?.value.is !== "command") return undefined;
  const word = commandWords(statement.line)[0];
  return word && !word.unknown ? { statement, word, text: word.text } : undefined;
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[], last = "and"): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}

/** The trackers of an instance, its group's among them, whose failure changes the priority instead of meaning FAULT. */
export function weighted(host: Pick<Host, "groups">, instance: Instance): readonly Tracker[] {
  const group = host.groups.find((each) => each.name === instance.group);
  return [...instance.trackers, ...(group?.trackers ?? [])].filter(
    ({ ignored, weight }) => !ignored && !weight.unknown && weight.value !== 0,
  );
}

/**
 * The whole number that a mistyped word clearly means: `51;` and `=51` are 51, `0x33` is 51. Undefined when it may mean
 * anything, as a unit does.
 */
export function meantNumber(text: string): string | undefined {
  const plain = /^=?([+-]?\d+)[;,:.]*$/.exec(text)?.[1];
  if (plain !== undefined) return plain;
  return /^0x[0-9a-f]{1,8}$/i.test(text) ? String(Number.parseInt(text, 16)) : undefined;
}

/** The definition a tracker names when it stands below the tracker, where keepalived does not know it yet. */
export function definitionBelow(
  host: Pick<Host, "definitions">,
  { kind, name, ignored }: Tracker,
): Definition | undefined {
  if (ignored !== "undefined-name") return undefined;
  return host.definitions.find(
    (each) => each.kind === kind && each.name === name && each.ignored !== "incomplete",
  );
}

/** The name of a definition that a tracker probably means. */
export function nearestDefinition(
  host: Pick<Host, "definitions">,
  { kind, name }: Pick<Tracker, "kind" | "name">,
): string | undefined {
  const names = host.definitions.filter((each) => each.kind === kind).map((each) => each.name);
  const bare = name.replace(/[,;]+$/, "");
  return names.includes(bare) ? bare : nearest(name, names);
}

/** The name, or with the next number that makes it free. */
export function freeName(example: string, taken: ReadonlySet<string>): string {
  const [, stem = example, number] = /^(.*?)(\d+)$/.exec(example) ?? [];
  const start = number === undefined ? `${stem}_` : stem;
  let [name, next] = [example, Number(number ?? 1)];
  while (taken.has(name)) name = `${start}${++next}`;
  return name;
}
