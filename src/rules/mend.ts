/** Applies safe fixes until none is left. Who reads and writes the texts is somebody else's business. */
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { applyFixes, compatibleFixes } from "../edits.ts";

/** One mend may uncover the next; more rounds than this means that two rules disagree. */
const mostRounds = 20;

/** Texts that can be judged and changed. */
export interface Mendable {
  /** The texts that may be changed, by path, and what is wrong in them now; called once per round. */
  judge(): { readonly texts: ReadonlyMap<string, string>; readonly diagnostics: readonly Diagnostic[] };
  /** Takes the new texts of a round, and the fixes that made them. */
  change(texts: ReadonlyMap<string, string>, fixes: readonly Fix[]): void;
}

/** A round that leads back to texts that were there before is left out, so fixes that undo each other end. */
export function mend(mendable: Mendable): void {
  const seen = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const { texts, diagnostics } = mendable.judge();
    seen.add(stateOf(texts));
    const possible = diagnostics.flatMap(safeFix).filter((fix) => isHere(fix, texts));
    const fixes = compatibleFixes(possible);
    const after = applyFixes(texts, fixes);
    if (after.size === 0 || seen.has(stateOf(new Map([...texts, ...after])))) return;
    mendable.change(after, fixes);
  }
}

function safeFix(diagnostic: Diagnostic): readonly Fix[] {
  const fix = diagnostic.fixes.find(({ safe }) => safe);
  return fix ? [fix] : [];
}

function isHere(fix: Fix, texts: ReadonlyMap<string, string>): boolean {
  return fix.edits.every((edit) => texts.has(edit.at.file));
}

function stateOf(texts: ReadonlyMap<string, string>): string {
  return JSON.stringify([...texts]);
}
