/** What may be written at an offset: a keyword, an argument of one, a line of data, a variable, a config-id … */
import type { Span } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { type Allowed, type Expected, expectedAfter } from "../schema/bind.ts";
import { rootKeywords } from "../schema/index.ts";
import type { Statement } from "../schema/statement.ts";
import type { DataLines, Keyword } from "../schema/types.ts";
import { vocabularyOf } from "../schema/vocabulary.ts";
import { parseSource } from "../syntax/parse.ts";
import type { Part, Word } from "../syntax/tree.ts";
import { cursorAt, lineOf } from "./cursor.ts";
import type { FileView } from "./file-view.ts";

/** A place for a word of a keyword's line or of a line of data. */
export interface WordSlot {
  readonly is: "word";
  readonly host: Host;
  /** The block around the line. */
  readonly block: Statement | undefined;
  /** The statement that is being written, where the reader sees one. */
  readonly statement: Statement | undefined;
  /** The keyword of the line; undefined on a line of data. */
  readonly keyword: Keyword | undefined;
  readonly lines: DataLines | undefined;
  /** The words of the line in front, without the keyword. */
  readonly before: readonly Word[];
  /** Words follow on the line. */
  readonly followed: boolean;
  readonly expected: Expected;
  /** What is replaced: the word at the offset without its quotes, or nothing. */
  readonly span: Span;
  readonly quoted: boolean;
}

/** A place for a keyword. */
export interface KeywordSlot {
  readonly is: "keyword";
  readonly host: Host;
  readonly block: Statement | undefined;
  readonly statement: Statement | undefined;
  readonly keywords: readonly Keyword[];
  readonly followed: boolean;
  readonly span: Span;
}

export type Slot =
  | WordSlot
  | KeywordSlot
  | { readonly is: "nothing" }
  | { readonly is: "comment"; readonly text: string; readonly span: Span; readonly line: number }
  | { readonly is: "variable"; readonly span: Span; readonly braced: boolean; readonly startsLine: boolean }
  | { readonly is: "config-id"; readonly span: Span }
  | { readonly is: "include"; readonly span: Span };

const nothing: Slot = { is: "nothing" };

/** Looks at an offset of a file; nothing may be written where no host reads the file. */
export function slotAt(view: FileView, offset: number): Slot {
  const line = lineOf(view, offset);
  const text = view.text.slice(line.span.start, line.span.end);
  const parts = parseSource(view.file, text).lines[0]?.parts ?? [];
  const at = offset - line.span.start;
  if (at > text.length) return nothing;
  const here = { view, offset, start: line.span.start, text, parts, at };
  const inside = parts.find(({ start, end }) => start < at && at <= end);
  if (inside?.kind === "comment") return commentSlot(here, inside, line.line);
  if (inside?.kind === "definitionName") return nothing;
  const special = variableSlot(here) ?? conditionSlot(here, inside) ?? includeSlot(here);
  return special ?? (isClosed(inside) ? nothing : lineSlot(here));
}

interface Here {
  readonly view: FileView;
  readonly offset: number;
  /** Where the physical line begins. */
  readonly start: number;
  readonly text: string;
  readonly parts: readonly Part[];
  /** The offset in the line. */
  readonly at: number;
}

/** Values of definitions are not ours to complete. */
function isClosed(inside: Part | undefined): boolean {
  return inside !== undefined && ["definitionValue", "continuation", "sequence"].includes(inside.kind);
}

function commentSlot({ text, at, start }: Here, comment: Part, line: number): Slot {
  const from = at - (/[\w-]*$/.exec(text.slice(comment.start, at))?.[0].length ?? 0);
  const to = at + (/^[\w-]*/.exec(text.slice(at))?.[0].length ?? 0);
  const span = { start: start + from, end: start + to };
  return { is: "comment", text: text.slice(comment.start, from), span, line };
}

/** Behind `$` or `${`, whatever the parts of an unfinished reference look like. */
function variableSlot({ text, at, start, parts }: Here): Slot | undefined {
  const found = /\$(\{?)(\w*)$/.exec(text.slice(0, at));
  if (!found) return undefined;
  const [whole, brace, name = ""] = found;
  const end = at + (/^\w*/.exec(text.slice(at))?.[0].length ?? 0);
  const first = parts.find(({ kind }) => kind !== "blank" && kind !== "condition" && kind !== "bom");
  return {
    is: "variable",
    span: { start: start + at - name.length, end: start + end },
    braced: brace !== "",
    startsLine: first?.start === at - whole.length && brace === "",
  };
}

function conditionSlot({ text, at, start }: Here, inside: Part | undefined): Slot | undefined {
  if (inside?.kind !== "condition") return undefined;
  const sign = text.startsWith("@^", inside.start) ? 2 : 1;
  if (at < inside.start + sign) return nothing;
  // The blank behind it belongs to the condition.
  const end = inside.start + text.slice(inside.start, inside.end).trimEnd().length;
  if (at > end) return undefined;
  return { is: "config-id", span: { start: start + inside.start + sign, end: start + end } };
}

/** Behind `include`, which the reader takes for a keyword only when a path follows. */
function includeSlot({ text, at, start, parts }: Here): Slot | undefined {
  const shown = parts.filter(({ kind }) => kind !== "blank" && kind !== "condition" && kind !== "bom");
  const [first, path] = shown;
  if (!first || text.slice(first.start, first.end) !== "include" || at <= first.end) return undefined;
  if (path?.kind !== "includePath")
    return path ? undefined : { is: "include", span: { start: start + at, end: start + at } };
  const [from, to] = [path.start, path.end];
  if (at < from || at > to) return nothing;
  return { is: "include", span: { start: start + from, end: start + to } };
}

/** The words around an offset that belong to one statement: braces separate statements. */
function lineSlot(here: Here): Slot {
  const { view, offset, at } = here;
  const cursor = cursorAt(view, offset);
  if (!cursor) return nothing;
  const { host, block } = cursor;
  const tokens = statementTokens(here);
  const touched = tokens.find(({ start, end }) => start <= at && at <= end);
  const before = tokens.filter((token) => token !== touched && token.end < at);
  const followed = tokens.some((token) => token !== touched && token.start > at) || opensBehind(here);
  const { span, quoted } = replacedAt(here, touched);
  const around = { host, block, statement: cursor.statement, followed, span };
  const keywords = block ? (block.entry?.keywords ?? []) : rootKeywords;
  const lines = block?.entry?.lines;
  if (!lines && before.length === 0) return quoted ? nothing : { is: "keyword", keywords, ...around };
  const words = before.map((token) => wordOf(here, token));
  const keyword = lines ? undefined : vocabularyOf(keywords).find(words[0]?.text ?? "");
  const allowed: Allowed | undefined = lines
    ? { ...lines, options: lines.options ?? [] }
    : keyword && { args: keyword.args, options: keyword.options ?? [] };
  if (!allowed) return nothing;
  const own = lines ? words : words.slice(1);
  return {
    is: "word",
    ...around,
    keyword,
    lines,
    before: own,
    expected: expectedAfter(own, allowed),
    quoted,
  };
}

function opensBehind({ parts, at }: Here): boolean {
  return parts.find(({ kind, start }) => start >= at && kind !== "blank")?.kind === "open";
}

/** Words as spans in the line, between the braces around the offset; parts that touch are one word. */
function statementTokens({ parts, at }: Here): readonly Span[] {
  const tokens: { start: number; end: number }[] = [];
  const braces = parts.filter(({ kind }) => kind === "open" || kind === "close");
  const from = braces.findLast(({ end }) => end <= at)?.end ?? 0;
  const to = braces.find(({ start }) => start >= at)?.start ?? Number.POSITIVE_INFINITY;
  for (const { kind, start, end } of parts) {
    if (start < from || end > to) continue;
    if (kind !== "word" && kind !== "quoted" && kind !== "reference" && kind !== "bad") continue;
    const last = tokens.at(-1);
    if (last?.end === start) last.end = end;
    else tokens.push({ start, end });
  }
  return tokens;
}

function replacedAt(
  { text, at, start, offset }: Here,
  token: Span | undefined,
): Pick<WordSlot, "span" | "quoted"> {
  if (!token) return { span: { start: offset, end: offset }, quoted: false };
  const raw = text.slice(token.start, token.end);
  const closed = raw.length > 1 && raw.endsWith('"');
  const [from, to] = [token.start + 1, token.end - (closed ? 1 : 0)];
  if (raw.startsWith('"') && at >= from && at <= to)
    return { span: { start: start + from, end: start + to }, quoted: true };
  return { span: { start: start + token.start, end: start + token.end }, quoted: false };
}

/** A word as far as one line shows it. */
function wordOf({ view, text, start }: Here, token: Span): Word {
  const raw = text.slice(token.start, token.end);
  const quoted = raw.startsWith('"');
  return {
    text: raw.replaceAll('"', ""),
    at: { file: view.file, span: { start: start + token.start, end: start + token.end } },
    quoted,
    exact: true,
    unknown: raw.includes("$"),
  };
}
