/** `--fix`: applies safe fixes until none is left, then writes the files. */
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { applyFixes, compatibleFixes } from "../edits.ts";
import type { Fleet } from "../model/host.ts";
import { type Shown, shownFiles } from "./shown.ts";
import type { Texts } from "./texts.ts";

/** One applied fix: where it stood when it was applied. */
export interface Change {
  readonly file: string;
  readonly line: number;
  readonly title: string;
}

/** One mend may uncover the next; more rounds than this means that two rules disagree. */
const mostRounds = 20;

/**
 * Changes the texts in memory. `again` reads and judges them anew; it is called once per round. A round that leads
 * back to texts that were there before is taken back, so fixes that undo each other end.
 */
export function fixAll(
  texts: Texts,
  again: () => { readonly fleet: Fleet; readonly diagnostics: readonly Diagnostic[] },
): Change[] {
  const changes: Change[] = [];
  const seen = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const { fleet, diagnostics } = again();
    const files = shownFiles(fleet);
    const mendable = [...files].filter(([path]) => texts.canChange(path));
    const before = new Map(mendable.map(([path, { text }]) => [path, text]));
    seen.add(stateOf(before));
    const fixes = compatibleFixes(diagnostics.flatMap(safeFix).filter((fix) => isHere(fix, before)));
    const after = applyFixes(before, fixes);
    if (after.size === 0 || seen.has(stateOf(new Map([...before, ...after])))) break;
    for (const [path, text] of after) texts.change(path, text);
    changes.push(...fixes.flatMap((fix) => changeOf(fix, files)));
  }
  return changes;
}

function safeFix(diagnostic: Diagnostic): readonly Fix[] {
  const fix = diagnostic.fixes.find(({ safe }) => safe);
  return fix ? [fix] : [];
}

function isHere(fix: Fix, texts: ReadonlyMap<string, string>): boolean {
  return fix.edits.every((edit) => texts.has(edit.at.file));
}

function changeOf(fix: Fix, files: ReadonlyMap<string, Shown>): Change[] {
  const first = new Map(fix.edits.map((edit) => [edit.at.file, edit]));
  return [...first.values()].map(({ at }) => {
    const line = files.get(at.file)?.lines.positionAt(at.span.start).line ?? 1;
    return { file: at.file, line, title: fix.title };
  });
}

function stateOf(texts: ReadonlyMap<string, string>): string {
  return JSON.stringify([...texts]);
}
