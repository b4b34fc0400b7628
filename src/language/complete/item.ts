/** The shape of what is offered, for keywords, values and everything else alike. */
import type { Span } from "../../diagnostic.ts";
import type { Piece } from "../snippet.ts";

/** What an item's documentation is looked up by when it is asked for. */
export type Subject = { readonly keyword: string } | { readonly rule: string };

export interface Item {
  readonly label: string;
  readonly kind:
    | "keyword"
    | "block"
    | "value"
    | "choice"
    | "name"
    | "interface"
    | "option"
    | "line"
    | "variable"
    | "rule"
    | "file"
    | "reference";
  readonly detail: string;
  /** What is inserted, where clients know no snippets or the rest of the line stands already. */
  readonly text: string;
  /** What is inserted as a snippet; absent where that is no more than the text. */
  readonly snippet?: readonly Piece[];
  /** What the client compares with the typed word, where that is not the label. */
  readonly filter?: string;
  readonly doc?: string;
  readonly subject?: Subject;
  readonly deprecated: boolean;
  /** Items are shown in the order of these texts. */
  readonly sort: string;
}

export interface Completion {
  /** What every item replaces. */
  readonly span: Span;
  readonly items: readonly Item[];
}

/** A text by which items sort: first by rank, then by their order. */
export function sortText(rank: number, order: number): string {
  return `${rank}${`${order}`.padStart(4, "0")}`;
}
