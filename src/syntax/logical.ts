/** From the code of a line to the words and braces that keepalived acts on. */
import type { Place } from "../diagnostic.ts";
import { recognise } from "./parse.ts";
import type { Traced } from "./traced.ts";
import type { LogicalLine, Part, SyntaxFinding, Word } from "./tree.ts";

/** What all logical lines from one line of code share. */
export interface Around {
  readonly reported: Place;
  readonly indent: number;
  readonly condition: string | undefined;
}

/** Splits code, cut into parts by parse.ts, at braces outside double quotes, and each stretch into words. */
export function logicalLines(code: Traced, parts: readonly Part[], around: Around): Split {
  return split(code, parts, around);
}

/** The same with `${NAME}` taken literally, as keepalived does when nothing defines NAME: its braces are braces. */
export function literalLines(code: Traced, around: Around): LogicalLine[] {
  const kinds = {
    open: "open",
    close: "close",
    literalQuoted: "quoted",
    literalWord: "word",
    unclosed: "bad",
  } as const;
  const parts: Part[] = [];
  for (const match of recognise("literalWords", code.text)?.children ?? []) {
    const kind = kinds[match.rule as keyof typeof kinds];
    if (kind) parts.push({ kind, start: match.start, end: match.end });
  }
  return split(code, parts, around).lines;
}

interface Split {
  readonly lines: LogicalLine[];
  readonly findings: SyntaxFinding[];
}

function split(code: Traced, parts: readonly Part[], around: Around): Split {
  const lines: LogicalLine[] = [];
  const findings: SyntaxFinding[] = [];
  let words: Word[] = [];
  let start = 0;
  const flush = (end: number) => {
    // A list that grew has room for a dozen more, and of words most lines have two.
    if (words.length > 0) lines.push(lineOf("words", words.slice(), code.slice(start, end), around));
    words = [];
  };
  let end = 0;
  for (const part of parts) {
    if (part.kind === "word" || part.kind === "quoted") {
      if (words.length === 0) start = part.start;
      words.push(wordOf(code, part));
      end = part.end;
    } else if (part.kind === "open" || part.kind === "close") {
      flush(end);
      lines.push(lineOf(part.kind, [wordOf(code, part)], code.slice(part.start, part.end), around));
    } else if (part.kind === "bad" && code.text[part.start] === '"') {
      findings.push({ kind: "unmatched-quote", at: code.origin(part.start, part.end).at });
      // The words stop here, but a script line is split again by rules of its own.
      end = part.end;
    }
  }
  flush(end);
  return { lines, findings };
}

function lineOf(is: LogicalLine["is"], words: readonly Word[], traced: Traced, around: Around): LogicalLine {
  const { reported, indent, condition } = around;
  const { at, via } = traced.origin(0, traced.text.length);
  const place = words.length === 1 ? (words[0] as Word).at : spanning(words, via ?? at);
  const line = { is, words, at: place, text: traced.text, traced, reported, indent };
  return condition === undefined ? line : { ...line, condition };
}

/** From the first to the last word when both are in one file, else where the line's text is used. */
function spanning(words: readonly Word[], otherwise: Place): Place {
  const first = (words[0] as Word).at;
  const last = (words[words.length - 1] as Word).at;
  if (first.file !== last.file || last.span.end < first.span.start) return otherwise;
  return { file: first.file, span: { start: first.span.start, end: last.span.end } };
}

function wordOf(code: Traced, part: Part): Word {
  const quoted = part.kind === "quoted";
  const text = code.text.slice(part.start, part.end);
  const { at, via, exact, unknown } = code.origin(part.start, part.end);
  const word = { text: quoted ? text.slice(1, -1) : text, at, quoted, exact, unknown };
  return via ? { ...word, via } : word;
}
