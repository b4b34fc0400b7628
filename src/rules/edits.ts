/** Edits that fixes are made of. Each is undefined where the text is not what it seems: from a variable, for instance. */
import type { Edit, Fix, Place } from "../diagnostic.ts";
import { lineEndOf, wholeLines } from "../lines.ts";
import type { Host } from "../model/host.ts";
import { inside, type Statement } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import type { Text } from "../text.ts";

/** What an edit needs of a host: the texts it stands in. */
type Files = Pick<Host, "sources">;

/** A fix made of these edits, or none when one of them cannot be made. */
export function fix(title: string, safe: boolean, ...edits: readonly (Edit | undefined)[]): readonly Fix[] {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length > 0 && made.length === edits.length ? [{ title, safe, edits: made }] : [];
}

/** The word with another text, its quotes kept. */
export function replaceWord(word: Word | undefined, text: string): Edit | undefined {
  if (!word?.exact || word.via) return undefined;
  return { at: word.at, text: word.quoted ? `"${text}"` : text };
}

/** The text of a file of the host. */
function textOf(host: Files, file: string): Text | undefined {
  return host.sources.find((source) => source.path === file)?.text;
}

/** Where a statement stands: from its first word to its last, or to the brace that closes it. */
function extentOf(statement: Statement): Place | undefined {
  const first = statement.words[0];
  const last = lastPlace(statement);
  if (!first?.exact || first.via || !last) return undefined;
  const end = statement.body ? statement.body.close : last;
  if (!end || end.file !== first.at.file || end.span.end < first.at.span.start) return undefined;
  return { file: end.file, span: { start: first.at.span.start, end: end.span.end } };
}

/** Where the last word stands: one from a definition where it is used, unless the definition brings more lines. */
function lastPlace(statement: Statement): Place | undefined {
  const word = statement.words.at(-1);
  const via = word?.via;
  if (!word?.exact || !via) return word?.exact ? word.at : undefined;
  const brought = (other: Statement) =>
    other.words.some((each) => each.via?.file === via.file && each.via.span.start === via.span.start);
  const siblings = statement.parent ? inside(statement.parent) : [];
  return siblings.includes(statement) && siblings.filter(brought).length === 1 ? via : undefined;
}

interface Lines {
  readonly file: string;
  readonly text: Text;
  /** Blank and condition before the first word. */
  readonly lead: string;
  /** From the start of the first line to behind the end of the last. */
  readonly start: number;
  readonly end: number;
}

/** The whole lines of a statement that shares them with nothing but a condition in front and a comment behind. */
function linesOf(host: Files, statement: Statement): Lines | undefined {
  const extent = extentOf(statement);
  const text = extent && textOf(host, extent.file);
  if (!extent || text === undefined) return undefined;
  const { start, end } = wholeLines(text, extent.span);
  const lead = text.slice(start, extent.span.start);
  const alone =
    /^\s*(@\S+\s+)?$/.test(lead) && /^\s*([#!].*)?$/.test(text.slice(extent.span.end, end).trimEnd());
  return alone ? { file: extent.file, text, lead, start, end } : undefined;
}

/** Deletes the lines of a statement, its block included. */
export function deleteLines(host: Files, statement: Statement): Edit | undefined {
  const lines = linesOf(host, statement);
  return lines && { at: { file: lines.file, span: { start: lines.start, end: lines.end } }, text: "" };
}

/** Deletes the lines of a statement, and the block around it where nothing but comments would be left there. */
export function deleteWithBlock(host: Files, statement: Statement): Edit | undefined {
  const { parent } = statement;
  const extent = extentOf(statement);
  const [open, close] = [parent?.body?.open, parent?.body?.close];
  const text = extent && textOf(host, extent.file);
  const isOneFile = open?.file === extent?.file && close?.file === extent?.file;
  if (!parent || !extent || !open || !close || text === undefined || !isOneFile)
    return deleteLines(host, statement);
  const before = text.slice(open.span.end, extent.span.start);
  const behind = text.slice(extent.span.end, close.span.start);
  const isAll =
    /^(\s|[#!][^\n]*\n)*(@\S+\s+)?$/.test(before) && /^([ \t]*[#!][^\n]*)?(\s|[#!][^\n]*\n)*$/.test(behind);
  return deleteLines(host, isAll ? parent : statement);
}

/** A new line under the same condition and with the same indentation, before a statement. */
export function insertBefore(host: Files, statement: Statement, line: string): Edit | undefined {
  const lines = linesOf(host, statement);
  if (!lines) return undefined;
  const { start } = lines;
  return { at: { file: lines.file, span: { start, end: start } }, text: withLead(lines, line) };
}

/** A new line under the same condition and with the same indentation, after a statement. */
export function insertAfter(host: Files, statement: Statement, line: string): Edit | undefined {
  const lines = linesOf(host, statement);
  if (!lines) return undefined;
  const { end } = lines;
  const newline = lines.text.slice(end - 1, end) === "\n" ? "" : lineEndOf(lines.text);
  return { at: { file: lines.file, span: { start: end, end } }, text: newline + withLead(lines, line) };
}

function withLead(lines: Lines, line: string): string {
  const lineEnd = lineEndOf(lines.text);
  return line
    .split("\n")
    .map((each) => lines.lead + each + lineEnd)
    .join("");
}

/** New lines at the top of a block. */
export function insertAtTop(host: Files, block: Statement, text: string): Edit | undefined {
  const first = block.body?.statements[0];
  if (first && first.line.condition === block.line.condition) return insertBefore(host, first, text);
  const lines = linesOf(host, block);
  const open = block.body?.open;
  if (!lines || !open || first) return undefined;
  const at = open.span.end;
  const eol = lineEndOf(lines.text);
  const added = text.split("\n").map((line) => `${eol}${lines.lead}    ${line}`);
  const { end } = wholeLines(lines.text, { start: at, end: at });
  const rest = /^[ \t]*\r?\n/.test(lines.text.slice(at, end)) ? "" : eol + lines.lead;
  return { at: { file: lines.file, span: { start: at, end: at } }, text: added.join("") + rest };
}

/** Moves the lines of one statement to before another. */
export function moveBefore(host: Files, moved: Statement, before: Statement): readonly (Edit | undefined)[] {
  const from = linesOf(host, moved);
  const to = linesOf(host, before);
  if (!from || !to || from.file !== to.file) return [undefined];
  const text = from.text.slice(from.start, from.end);
  const eol = lineEndOf(to.text);
  const separator = moved.body ? eol : "";
  return [
    {
      at: { file: to.file, span: { start: to.start, end: to.start } },
      text: `${text.trimEnd()}${eol}${separator}`,
    },
    { at: { file: from.file, span: { start: from.start, end: from.end } }, text: "" },
  ];
}

/** Starts a new line before a word of a line, with the line's own indentation. */
export function breakBefore(host: Files, line: Statement, index: number): Edit | undefined {
  const [before, word, first] = [line.words[index - 1], line.words[index], line.words[0]];
  const text = first && textOf(host, first.at.file);
  if (!before?.exact || !word?.exact || !first || text === undefined) return undefined;
  if (before.via || word.via || before.at.file !== word.at.file || line.line.condition) return undefined;
  const { start } = wholeLines(text, first.at.span);
  const lead = /^[ \t]*/.exec(text.slice(start, first.at.span.start))?.[0] ?? "";
  const alone = start + lead.length === first.at.span.start;
  const span = { start: before.at.span.end, end: word.at.span.start };
  return { at: { file: word.at.file, span }, text: `${lineEndOf(text)}${alone ? lead : `${lead}    `}` };
}
