/**
 * A file as a row of sections: a top-level block with the comments behind it, or several that share a line. When one
 * line is edited, the other sections stay the very same objects; only their offsets move along. So what an editor
 * needs after a keystroke is worked out for one section, and remembered for the rest.
 */
import type { Span } from "../diagnostic.ts";
import type { Finding, Statement } from "../schema/statement.ts";
import { walk } from "../schema/statement.ts";
import type { PhysicalLine, SyntaxFinding } from "../syntax/tree.ts";
import { headerOf } from "./spots.ts";

/** Whole lines of the main file, and all that reading makes of them. */
export interface Section {
  readonly lines: readonly PhysicalLine[];
  readonly statements: readonly Statement[];
  /** What is wrong with the lines as text, and what their expansion finds. */
  readonly textFindings: readonly SyntaxFinding[];
  readonly lineFindings: readonly SyntaxFinding[];
  readonly structure: readonly Finding[];
  /** The lines that keepalived does not read as they are meant. */
  readonly lost: readonly Finding[];
  readonly values: readonly Finding[];
  readonly configIds: readonly string[];
}

/** The offset at which a section starts. */
export function startOf({ lines }: Section): number {
  return lines[0]?.start ?? 0;
}

/** The offset behind a section's last line. */
export function endOf({ lines }: Section): number {
  const last = lines.at(-1);
  return last ? last.start + last.text.length : 0;
}

const known = new WeakMap<Section, readonly Span[]>();

/** Moves a section whose lines stay the same, because text above it was edited. */
export function moveBy(section: Section, offset: number): void {
  for (const line of section.lines) (line as Mutable<PhysicalLine>).start += offset;
  let spans = known.get(section);
  if (!spans) {
    spans = [...spansOf(section)];
    known.set(section, spans);
  }
  for (const span of spans as readonly Mutable<Span>[]) {
    span.start += offset;
    span.end += offset;
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Every span of the section once; words, lines and findings share many of them. */
function spansOf(section: Section): ReadonlySet<Span> {
  const spans = new Set<Span>();
  for (const statement of walk(section.statements)) {
    const { line, words, body } = statement;
    for (const { at, via } of words) {
      spans.add(at.span);
      if (via) spans.add(via.span);
    }
    spans.add(line.at.span).add(line.reported.span);
    for (const stretch of line.traced.stretches()) spans.add(stretch);
    if (body?.open) spans.add(body.open.span);
    if (body?.close) spans.add(body.close.span);
  }
  for (const statement of section.statements) spans.add(headerOf(statement).span);
  for (const { at, related = [], word } of findingsOf(section)) {
    spans.add(at.span);
    for (const other of related) spans.add(other.at.span);
    // The words of a command are not those of its line.
    if (word) spans.add(word.at.span);
    if (word?.via) spans.add(word.via.span);
  }
  return spans;
}

function findingsOf(section: Section): readonly Pick<Finding, "at" | "related" | "word">[] {
  const { textFindings, lineFindings, structure, lost, values } = section;
  const findings: readonly Finding[] = [...structure, ...lost, ...values];
  return [...textFindings, ...lineFindings, ...findings];
}
