/** Edits that put lines into the block where they belong. */
import type { Edit, Place } from "../diagnostic.ts";
import { lineEndOf } from "../lines.ts";
import type { Host } from "../model/host.ts";
import { inside, named, type Statement } from "../schema/statement.ts";
import { deleteLines, insertAfter, insertAtTop } from "./edits.ts";
import { keywordPlace, textAt } from "./support.ts";

/** Statements that follow one another, with what is said about each. */
export interface Run<T> {
  readonly statements: readonly Statement[];
  readonly all: readonly T[];
  /** No other run above it in the same block has its key: a block that is made for it is not made twice. */
  readonly isFirst: boolean;
}

interface Keyed {
  readonly statement: Statement;
  readonly key: string;
}

/** Things in the order of the file, together where their statements follow one another and their keys are the same. */
export function runsOf<T extends Keyed>(host: Host, all: readonly T[]): readonly Run<T>[] {
  const runs: T[][] = [];
  const places = new Map<Statement, number>();
  for (const parent of new Set(all.map(({ statement }) => statement.parent)))
    for (const [index, each] of beside(host, parent).entries()) places.set(each, index);
  for (const one of all) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const isNext =
      before?.key === one.key &&
      before.statement.parent === one.statement.parent &&
      (places.get(before.statement) ?? 0) + 1 === places.get(one.statement);
    if (isNext) run?.push(one);
    else runs.push([one]);
  }
  const seen = new Map<Statement | undefined, Set<string>>();
  return runs.map((run) => {
    const [{ statement, key }] = run as [T];
    const keys = seen.get(statement.parent) ?? new Set();
    seen.set(statement.parent, keys);
    const isFirst = !keys.has(key);
    keys.add(key);
    return { statements: run.map((one) => one.statement), all: run, isFirst };
  });
}

function beside(host: Host, parent: Statement | undefined): readonly Statement[] {
  return parent ? inside(parent) : host.statements;
}

/** Puts statements that follow one another into the block of this name: the one that stands beside them, else a new one. */
export function putInto(
  host: Host,
  name: string,
  statements: readonly Statement[],
): readonly (Edit | undefined)[] {
  const [first] = statements;
  if (!first) return [];
  const there = named(beside(host, first.parent), name).find(({ body }) => body?.open && body.close);
  return there ? movedInto(host, there, statements) : [wrapped(host, name, statements)].flat();
}

function movedInto(
  host: Host,
  block: Statement,
  statements: readonly Statement[],
): readonly (Edit | undefined)[] {
  const deleted = statements.map((statement) => deleteLines(host, statement));
  const isPlain = [...statements, block].every(({ line }) => line.condition === undefined);
  if (!isPlain) return [undefined];
  const text = deleted.map((edit) => (edit ? textAt(host, edit.at).trim() : "")).join("\n");
  const last = inside(block).at(-1);
  return [last ? insertAfter(host, last, text) : insertAtTop(host, block, text), ...deleted];
}

/** A new block around whole lines, or around the words of a statement that shares its line with braces. */
function wrapped(
  host: Host,
  name: string,
  statements: readonly Statement[],
): Edit | undefined | readonly (Edit | undefined)[] {
  const [first, last] = [statements[0], statements.at(-1)];
  const from = first && deleteLines(host, first)?.at;
  const to = last && deleteLines(host, last)?.at;
  if (!from || !to) return statements.length === 1 && first ? around(first, `${name} { `, " }") : undefined;
  if (from.file !== to.file || to.span.end < from.span.start) return undefined;
  const at: Place = { file: from.file, span: { start: from.span.start, end: to.span.end } };
  const text = textAt(host, at);
  const eol = lineEndOf(text);
  const lead = /^[ \t]*/.exec(text)?.[0] ?? "";
  const unit = lead.includes("\t") ? "\t" : "    ";
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const inner = lines.map((line) => (line.trim() === "" ? line : unit + line));
  const end = text.endsWith("\n") ? eol : "";
  return { at, text: [`${lead}${name} {`, ...inner, `${lead}}`].join(eol) + end };
}

/** Texts in front of the first word of a statement and behind its last. */
function around({ words }: Statement, before: string, behind: string): readonly (Edit | undefined)[] {
  const [first, last] = [words[0], words.at(-1)];
  if (!first?.exact || first.via || !last?.exact || last.via) return [undefined];
  const insertion = ({ file }: Place, offset: number, text: string): Edit => ({
    at: { file, span: { start: offset, end: offset } },
    text,
  });
  return [insertion(first.at, first.at.span.start, before), insertion(last.at, last.at.span.end, behind)];
}

/** Makes a line the header of a block without lines. */
export function asHeader(host: Host, name: string, statement: Statement): readonly (Edit | undefined)[] {
  const lines = deleteLines(host, statement)?.at;
  if (!lines) return [undefined];
  const text = textAt(host, lines);
  const lead = textAt(host, {
    file: lines.file,
    span: { start: lines.span.start, end: keywordPlace(statement).span.start },
  });
  return /^[ \t]*$/.test(lead) ? around(statement, `${name} `, ` {${lineEndOf(text)}${lead}}`) : [undefined];
}
