/** keepalived's first step on a line: cut the comment, trim. */
import type { Place } from "../diagnostic.ts";
import { recognise } from "./parse.ts";
import type { Traced } from "./traced.ts";

export interface Code {
  readonly code: Traced;
  /** The lone backslash in which the line ends, be it before or behind a comment. */
  readonly backslash: Place | undefined;
  /** The offset of an opening quote that never closes, in the line given. */
  readonly openQuote: number | undefined;
}

/** Cuts comment and outer blanks of a line without line end (keepalived lib/parser.c, decomment). */
export function decomment(line: Traced): Code {
  const parts = recognise("line", line.text)?.children ?? [];
  const body = parts.find((part) => part.rule === "code");
  const last = parts.find((part) => part.rule === "continuation");
  const inner = body?.children ?? [];
  const openQuote = inner.find((part) => part.rule === "openString")?.start;
  const whole = trimmed(line.slice(0, body?.end ?? 0));
  // A backslash just before the comment is the last character once the comment is cut.
  const { length } = whole.text;
  const cut = whole.text.endsWith("\\") ? whole.origin(length - 1, length).at : undefined;
  const code = cut ? trimmed(whole.slice(0, length - 1)) : whole;
  return { code, backslash: cut ?? (last && line.origin(last.start, last.end).at), openQuote };
}

function trimmed(code: Traced): Traced {
  const { text } = code;
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return code.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
