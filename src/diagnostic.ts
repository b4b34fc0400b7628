/**
 * What every reader of the model reports, and where. Offsets are UTF-16 code units, ends exclusive:
 * JavaScript's and the language server protocol's own unit. Lines appear only at the edges (lines.ts).
 */

/** A half-open range of UTF-16 offsets in one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file. `file` is the path as the user gave it, or as the including file names it. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

/**
 * error: keepalived rejects, ignores or silently changes what is written, or the hosts together fail.
 * warning: works today, will bite. info and hint: worth knowing.
 */
export type Severity = "error" | "warning" | "info" | "hint";

export const severities: readonly Severity[] = ["error", "warning", "info", "hint"];

/** Replaces the text at a place; an empty span inserts, an empty text deletes. */
export interface Edit {
  readonly at: Place;
  readonly text: string;
}

/** Edits that belong together. `safe` fixes keep or restore what the author meant and `--fix` applies them. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** Another place that explains a diagnostic, often in a peer's file. */
export interface Related {
  readonly at: Place;
  readonly message: string;
}

/** How something comes about that only happens in time. */
export interface Course {
  /** What happens, a line each. */
  readonly events: readonly string[];
  /** What to call `vrrp-run` with to see it happen. */
  readonly replay: readonly string[];
}

export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, why it matters on the network, what to do: one to three sentences. */
  readonly message: string;
  readonly at: Place;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  /** Only what was found by exploring has one. */
  readonly course?: Course;
}
