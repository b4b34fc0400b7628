/** The shape in which mistakes of writing are found, before their rules put them into words. */
import type { Edit, Place } from "../../diagnostic.ts";
import type { Finding, Statement } from "../../schema/statement.ts";
import type { SyntaxFinding, Word } from "../../syntax/tree.ts";

/** One mistake, and the one rule that speaks about it. */
export interface Mistake {
  readonly rule: string;
  readonly at: Place;
  /** What lies here is said with it: no other finding that touches these places is reported. */
  readonly claims: readonly Place[];
  /** keepalived does what was meant all the same. */
  readonly harmless?: boolean | undefined;
  /** The changes that put it right, where they are clear. */
  readonly edits?: readonly Edit[] | undefined;
  /** The name or text the message is about. */
  readonly subject?: string | undefined;
  readonly statement?: Statement | undefined;
  readonly word?: Word | undefined;
  readonly finding?: Finding | undefined;
  readonly syntax?: SyntaxFinding | undefined;
}

/** Whether two places have a character in common; an empty span touches what it stands in or at the edge of. */
export function touches(one: Place, other: Place): boolean {
  if (one.file !== other.file) return false;
  const [a, b] = [one.span, other.span];
  if (a.start === a.end || b.start === b.end) return a.start <= b.end && b.start <= a.end;
  return a.start < b.end && b.start < a.end;
}

/** Whether a word stands in the file as keepalived reads it: no quotes, no variable, nothing escaped. */
export function isWritten(word: Word): boolean {
  return word.exact && !word.via && !word.quoted;
}

/** A place by its offsets. */
export function placeOf(file: string, start: number, end: number): Place {
  return { file, span: { start, end } };
}
