/**
 * One layout for every file: indentation by blocks, one blank between words, no blanks at the ends of lines, at most one
 * empty line. Comments stay where they are. A line whose blanks may mean something keeps them.
 */
import type { Edit, Span } from "../diagnostic.ts";
import { expand } from "../syntax/expand.ts";
import { parseSource } from "../syntax/parse.ts";
import type { Part, PhysicalLine, SourceFile } from "../syntax/tree.ts";
import { alignedWidths } from "./align.ts";

export interface FormatOptions {
  /** One step of indentation: some blanks, or a tab. */
  readonly indent: string;
  /** Values of neighbouring lines begin in one column. */
  readonly alignValues: boolean;
}

/** A line as it should be, or undefined for an empty line too many. */
type Laid = string | undefined;

/**
 * The edits that give a text its layout, each within one line or over whole lines; only lines that a span touches are
 * changed when there is one. None where the text would mean something else afterwards, which is never the case for a
 * text that keepalived can read.
 */
export function format(file: string, text: string, options: FormatOptions, within?: Span): readonly Edit[] {
  const source = parseSource(file, text);
  const laid = layout(source, options);
  const edits = source.lines.flatMap((line, index) => editsOf(file, line, laid[index]));
  const chosen = within ? edits.filter(({ at }) => touches(at.span, within)) : edits;
  return sameMeaning(source, chosen) ? chosen : [];
}

/** Whole lines are selected up to the start of the next one, which is not meant. */
function touches(edit: Span, within: Span): boolean {
  const isBefore = within.start === within.end ? edit.start <= within.end : edit.start < within.end;
  return isBefore && within.start <= edit.end;
}

function editsOf(file: string, { start, text }: PhysicalLine, wanted: Laid): Edit[] {
  if (wanted === undefined) return [{ at: { file, span: { start, end: start + text.length } }, text: "" }];
  const content = text.replace(/\r?\n$/, "");
  if (content === wanted) return [];
  return [{ at: { file, span: { start, end: start + content.length } }, text: wanted }];
}

function layout({ lines }: SourceFile, options: FormatOptions): readonly Laid[] {
  const depths = depthsOf(lines);
  const widths = options.alignValues ? alignedWidths(lines, depths) : new Map<number, number>();
  let continued = false;
  let empty = false;
  return lines.map((line, index): Laid => {
    const keep = continued;
    continued = line.parts.some(({ kind }) => kind === "continuation");
    const content = line.text.replace(/\r?\n$/, "");
    // What stands in a continued definition is its value, blanks and all.
    if (keep) {
      empty = false;
      return content;
    }
    const isEmpty = content.trim() === "";
    const tooMany = isEmpty && empty && line.text.endsWith("\n");
    empty = isEmpty;
    if (tooMany) return undefined;
    if (isEmpty) return "";
    return options.indent.repeat(depths[index] ?? 0) + wordsOf(line, widths.get(index));
  });
}

/** The text of a line behind its indentation. */
function wordsOf({ text, parts }: PhysicalLine, width: number | undefined): string {
  const code = parts.filter(({ kind }) => kind !== "lineEnd");
  const bom = code[0]?.kind === "bom" ? text.slice(code[0].start, code[0].end) : "";
  const rest = code.filter(({ kind }) => kind !== "bom");
  const from = rest.find(({ kind }) => kind !== "blank")?.start ?? text.length;
  const plain = text.slice(from).replace(/\s+$/, "");
  if (!mayCloseUp(text, rest)) return bom + plain;
  const comment = rest.find(({ kind }) => kind === "comment");
  const words = joined(
    text,
    rest.filter((part) => part !== comment),
  );
  const padded = width === undefined ? words : [(words[0] ?? "").padEnd(width), ...words.slice(1)];
  const line = padded.join(" ");
  if (!comment) return bom + line;
  const note = text.slice(comment.start, comment.end).replace(/\s+$/, "");
  // The column of a comment behind code is its author's.
  const before = text.slice(0, comment.start);
  const gap = line === "" ? "" : (/[ \t]+$/.exec(before)?.[0] ?? "");
  return `${bom}${line}${gap}${note}`;
}

/** Whether blanks between the words of a line mean nothing: not in definitions, sequences and programs' quotes. */
function mayCloseUp(text: string, parts: readonly Part[]): boolean {
  const open: ReadonlySet<Part["kind"]> = new Set([
    "word",
    "quoted",
    "reference",
    "open",
    "close",
    "blank",
    "comment",
    "condition",
  ]);
  return parts.every(({ kind }) => open.has(kind)) && !/['\\\v\f\r](?!\n?$)/.test(text);
}

/** Words and braces; parts that touch are one word, but braces stand alone. */
function joined(text: string, parts: readonly Part[]): string[] {
  const words: string[] = [];
  let end = -1;
  for (const { kind, start, end: stop } of parts) {
    if (kind === "blank") continue;
    const piece = text.slice(start, stop).trim();
    const apart = start !== end || kind === "open" || kind === "close" || kind === "condition";
    if (apart || words.length === 0) words.push(piece);
    else words[words.length - 1] += piece;
    end = kind === "open" || kind === "close" || kind === "condition" ? -1 : stop;
  }
  return words;
}

/** How deep each line stands. Lines under conditions that open one block in several ways count once. */
function depthsOf(lines: readonly PhysicalLine[]): readonly number[] {
  let depth = 0;
  let waysBefore = false;
  return lines.map(({ parts }) => {
    const braces = parts.filter(({ kind }) => kind === "open" || kind === "close");
    const first = parts.find(({ kind }) => !["blank", "bom", "condition"].includes(kind));
    const here = Math.max(0, first?.kind === "close" ? depth - 1 : depth);
    const change = braces.reduce((sum, { kind }) => sum + (kind === "open" ? 1 : -1), 0);
    const conditional = parts.some(({ kind }) => kind === "condition");
    const again = conditional && waysBefore && change > 0;
    if (!again) depth = Math.max(0, depth + change);
    if (first) waysBefore = conditional && change > 0;
    return again ? Math.max(0, depth - 1) : here;
  });
}

/** Whether a text is read as before, by every host that it may be for. */
function sameMeaning(source: SourceFile, edits: readonly Edit[]): boolean {
  const { path, text } = source;
  const after = parseSource(path, changed(text.toString(), edits));
  const { configIds } = expand(source);
  return [undefined, ...configIds].every(
    (configId) => meaning(source, configId) === meaning(after, configId),
  );
}

/** Text after edits that are in order and do not overlap. */
function changed(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.at.span.start) + edit.text;
    at = edit.at.span.end;
  }
  return result + text.slice(at);
}

function meaning(source: SourceFile, configId: string | undefined): string {
  const { lines, findings, truncated } = expand(source, { configId });
  const words = lines.map((line) => [
    line.is,
    line.condition,
    line.words.map(({ text, quoted }) => [text, quoted]),
  ]);
  return JSON.stringify([words, findings.map(({ kind, subject }) => [kind, subject]), truncated]);
}
