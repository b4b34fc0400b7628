/**
 * The shapes between text and meaning. A physical line is cut into parts that together give back the line
 * (parse.ts); expansion (expand.ts) turns physical lines into the logical lines that keepalived acts on.
 */
import type { Place, Related } from "../diagnostic.ts";
import type { Text } from "../text.ts";
import type { Traced } from "./traced.ts";

/**
 * What a stretch of a physical line is.
 * `reference` is `$NAME` or `${NAME}`; `bad` is text no rule accepts,
 * an unclosed quote for instance. Every character of a line belongs to exactly one part.
 */
export type PartKind =
  | "blank"
  | "bom"
  | "condition"
  | "definitionName"
  | "definitionValue"
  | "continuation"
  | "sequence"
  | "includeKeyword"
  | "includePath"
  | "word"
  | "quoted"
  | "reference"
  | "open"
  | "close"
  | "comment"
  | "bad"
  | "lineEnd";

/** A part of one line; offsets count from the start of the line, so equal lines share one parse. */
export interface Part {
  readonly kind: PartKind;
  readonly start: number;
  readonly end: number;
  /** References inside a word or quoted string. */
  readonly inner?: readonly Part[];
}

/** One physical line with its line end. */
export interface PhysicalLine {
  /** Offset of the line in the file's text. */
  readonly start: number;
  readonly text: string;
  readonly parts: readonly Part[];
}

/** A file that was read: the text as given, and its lines. Joining the lines' texts gives `text`. */
export interface SourceFile {
  readonly path: string;
  readonly text: Text;
  readonly lines: readonly PhysicalLine[];
}

/**
 * A word as keepalived sees it, with the place where it was written.
 *
 * `at` is the text that an author would change: the word itself (with its quotes), or the part of a definition's
 * value when the whole word comes from there; then `via` is the place of the reference that brought it here. A word
 * put together from several places (`${NET}.5`) has the place of its line's text from first to last character.
 */
export interface Word {
  /** Quotes removed, variables substituted. */
  readonly text: string;
  readonly at: Place;
  readonly via?: Place;
  readonly quoted: boolean;
  /** The text at `at` is the word itself (with or without quotes), so an edit of `at` changes just this word. */
  readonly exact: boolean;
  /** Holds a variable whose value is not known here: rules that need the value stay silent. */
  readonly unknown: boolean;
}

/** One line as keepalived's reader hands it on: words, or a brace, which always stands alone. */
export interface LogicalLine {
  readonly is: "words" | "open" | "close";
  /** The words; for a brace one word that is the brace. Never empty. */
  readonly words: readonly Word[];
  readonly at: Place;
  /** The line's text after substitution, for values with quoting rules of their own (scripts). */
  readonly text: string;
  /** `text` with the place of each character. */
  readonly traced: Traced;
  /** The physical line that keepalived would name in a message about this line, without its line end. */
  readonly reported: Place;
  /** Columns of leading blank on the physical line, a hint where a brace is missing. */
  readonly indent: number;
  /** The config-id condition it stands under, if any, such as `@main` or `@^main`. */
  readonly condition?: string;
}

/** What reading finds wrong before any keyword is looked up. */
export type SyntaxFindingKind =
  | "unmatched-quote" // an odd number of double quotes on the line
  | "backslash-outside-definition" // a line that ends in `\` and is no definition
  | "condition-syntax" // `@name` alone, `@ name x`
  | "definition-syntax" // `$NAME =x`, `$A-B=`, `$1=`
  | "undefined-variable" // `$NAME` or `${NAME}` that nothing defines above
  | "variable-needs-braces" // `$NAME/24`: defined, but only `${NAME}` is replaced there
  | "sequence-syntax" // ~SEQ or ~LST that keepalived rejects
  | "include-not-found"
  | "include-quoted"
  | "include-directory"
  | "include-cycle"
  | "include-with-variable"
  | "include-not-read" // no reader for includes: what depends on them is unknown
  | "byte-order-mark"
  | "utf16"
  | "nul-byte"
  | "cr-only"
  | "line-too-long";

export interface SyntaxFinding {
  readonly kind: SyntaxFindingKind;
  readonly at: Place;
  /** The name or value the finding is about: the variable, the pattern, the config-id. */
  readonly subject?: string;
  readonly related?: readonly Related[];
}
