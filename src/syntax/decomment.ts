/** keepalived's first step on a line: cut the comment, free escaped comment signs, trim. */
import { recognise } from "./parse.ts";
import { Traced } from "./traced.ts";

export interface Code {
  readonly code: Traced;
  /** The line ends in a lone backslash, be it behind a comment. */
  readonly continued: boolean;
  /** The offset of an opening quote that never closes, in the line given. */
  readonly openQuote: number | undefined;
}

/** Cuts comment and outer blanks of a line without line end (keepalived lib/parser.c, decomment). */
export function decomment(line: Traced): Code {
  const parts = recognise("line", line.text)?.children ?? [];
  const body = parts.find((part) => part.rule === "code");
  const last = parts.some((part) => part.rule === "continuation");
  const inner = body?.children ?? [];
  const openQuote = inner.find((part) => part.rule === "openString")?.start;
  const whole = trimmed(
    withoutEscapes(
      line,
      body?.end ?? 0,
      inner.filter((part) => part.rule === "escapedSign"),
    ),
  );
  // A backslash just before the comment is the last character once the comment is cut.
  const cut = whole.text.endsWith("\\");
  const code = cut ? trimmed(whole.slice(0, whole.text.length - 1)) : whole;
  return { code, continued: last || cut, openQuote };
}

function withoutEscapes(line: Traced, end: number, escapes: readonly { readonly start: number }[]): Traced {
  if (escapes.length === 0) return line.slice(0, end);
  const kept: Traced[] = [];
  let at = 0;
  for (const sign of escapes) {
    kept.push(line.slice(at, sign.start));
    at = sign.start + 1;
  }
  kept.push(line.slice(at, end));
  return Traced.joined(kept);
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
