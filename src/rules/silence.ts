/**
 * Comments that silence rules: `# vrrp-lint-disable-next-line RULE…` for one line, and above all else in a file
 * `# vrrp-lint-disable RULE…` for the whole file. Without a rule's name they silence every rule.
 */
import type { Diagnostic, Edit, Place } from "../diagnostic.ts";
import type { SourceFile } from "../syntax/tree.ts";

/** One rule name (or "every rule") of one silencing comment. */
export interface Silencer {
  /** The rule's name in the comment, or the directive's word when it names none. */
  readonly at: Place;
  /** Undefined silences every rule. */
  readonly rule: string | undefined;
  /** The text it reaches over: a line, or the file. Undefined where a comment stands that reaches nothing. */
  readonly reach: Place | undefined;
}

const directive = /vrrp-lint-disable(-next-line)?(?![\w-])/;

/** The silencers of a file, in its order. A file-wide one below the first statement reaches nothing. */
export function silencersOf(source: SourceFile): readonly Silencer[] {
  if (!source.text.includes("vrrp-lint-disable")) return [];
  const silencers: Silencer[] = [];
  let head = true;
  for (const [index, line] of source.lines.entries()) {
    const comment = line.parts.find((part) => part.kind === "comment");
    const text = comment ? line.text.slice(comment.start, comment.end) : "";
    const found = directive.exec(text);
    if (comment && found) {
      const next = source.lines[index + 1];
      const nextLine = next && { start: next.start, end: next.start + next.text.length };
      const whole = head ? { start: 0, end: source.text.length } : undefined;
      const span = found[1] === undefined ? whole : nextLine;
      const start = line.start + comment.start + found.index;
      const reach = span && { file: source.path, span };
      silencers.push(...named(source.path, text.slice(found.index), start, reach));
    }
    if (line.parts.some((part) => !["blank", "bom", "comment", "lineEnd"].includes(part.kind))) head = false;
  }
  return silencers;
}

function named(file: string, text: string, start: number, reach: Place | undefined): Silencer[] {
  const [word = "", ...rules] = text.split(/[\s,]+/).filter((part) => part !== "");
  const reason = rules.findIndex((rule) => !/^[a-z]+-[a-z0-9-]+:?$/.test(rule));
  const names = (reason === -1 ? rules : rules.slice(0, reason)).map((rule) => rule.replace(/:$/, ""));
  if (names.length === 0)
    return [{ at: { file, span: { start, end: start + word.length } }, rule: undefined, reach }];
  let at = word.length;
  return names.map((rule) => {
    const offset = text.indexOf(rule, at);
    at = offset + rule.length;
    return { at: { file, span: { start: start + offset, end: start + at } }, rule, reach };
  });
}

/** Whether a silencer covers a diagnostic; it goes by the line the diagnostic starts on. */
export function silences({ rule, reach }: Silencer, diagnostic: Diagnostic): boolean {
  if (reach === undefined || (rule !== undefined && rule !== diagnostic.rule)) return false;
  const { file, span } = diagnostic.at;
  return file === reach.file && span.start >= reach.span.start && span.start <= reach.span.end;
}

/**
 * The edit that takes a silencer out of its comment: the whole line where it holds nothing else. Undefined where more than
 * silencers stands on the line, which its author has to look at.
 */
export function withoutSilencer({ at, rule }: Silencer, text: string): Edit | undefined {
  const { start, end } = at.span;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline === -1 ? text.length : newline + 1;
  const [before, behind] = [text.slice(lineStart, start), text.slice(end, lineEnd)];
  if (
    !/^\uFEFF?[ \t]*[#!][ \t]*(?:vrrp-lint-disable(?:-next-line)?[\s,]+(?:[a-z]+-[a-z0-9-]+[\s,]+)*)?$/.test(
      before,
    )
  )
    return undefined;
  const deletion = (from: number, to: number): Edit => ({
    at: { file: at.file, span: { start: from, end: to } },
    text: "",
  });
  const isFirst = rule === undefined || /vrrp-lint-disable(?:-next-line)?[\s,]+$/.test(before);
  const more = /^[\s,]*/.exec(behind)?.[0].length ?? 0;
  if (!isFirst) return deletion(start - (/[\s,]+$/.exec(before)?.[0].length ?? 0), end);
  if (more < behind.length)
    return /^[a-z]+-[a-z0-9-]/.test(behind.slice(more)) ? deletion(start, end + more) : undefined;
  const bom = before.startsWith("\uFEFF") ? 1 : 0;
  return deletion(lineStart + bom, lineEnd);
}
