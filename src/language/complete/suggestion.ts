/** One thing that may be written as a word or a line of data. */
import type { Deprecation } from "../../schema/types.ts";

export interface Suggestion {
  readonly text: string;
  /** Why it is offered, in a few words. */
  readonly detail: string;
  readonly doc?: string;
  /** The order among suggestions: lower ones come first. */
  readonly rank: number;
  readonly kind: "value" | "choice" | "name" | "interface" | "option" | "line";
  readonly since?: string;
  readonly deprecated?: Deprecation;
}

/** Ranks, from what the other hosts make likely to what is merely allowed. */
export const rank = { best: 0, peer: 1, here: 2, elsewhere: 3, plain: 4, default: 5 } as const;

/** Each text once, as its best suggestion has it, with what the others say about it. */
export function withoutRepeats(all: readonly Suggestion[]): readonly Suggestion[] {
  const best = new Map<string, Suggestion>();
  for (const each of all) {
    const known = best.get(each.text);
    if (!known) best.set(each.text, each);
    else best.set(each.text, each.rank < known.rank ? merged(each, known) : merged(known, each));
  }
  return [...best.values()];
}

function merged(best: Suggestion, other: Suggestion): Suggestion {
  const doc = best.doc ?? other.doc;
  const details = new Set([best.detail, other.detail].filter((detail) => detail !== ""));
  return { ...best, detail: [...details].join(" · "), ...(doc !== undefined && { doc }) };
}
