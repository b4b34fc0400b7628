/** `--fix`: applies safe fixes to the texts in memory, and says what was changed where. */
import type { Diagnostic, Fix } from "../diagnostic.ts";
import type { Fleet } from "../model/host.ts";
import { mend } from "../rules/mend.ts";
import { type Shown, shownFiles } from "./shown.ts";
import type { Texts } from "./texts.ts";

/** One applied fix: where it stood when it was applied. */
export interface Change {
  readonly file: string;
  readonly line: number;
  readonly title: string;
}

/** Changes the texts in memory. `again` reads and judges them anew; it is called once per round. */
export function fixAll(
  texts: Texts,
  again: () => { readonly fleet: Fleet; readonly diagnostics: readonly Diagnostic[] },
): Change[] {
  const changes: Change[] = [];
  let files: ReadonlyMap<string, Shown> = new Map();
  mend({
    judge: () => {
      const { fleet, diagnostics } = again();
      files = shownFiles(fleet);
      const mendable = [...files].filter(([path]) => texts.canChange(path));
      return { texts: new Map(mendable.map(([path, { text }]) => [path, text])), diagnostics };
    },
    change: (after, fixes) => {
      for (const [path, text] of after) texts.change(path, text);
      changes.push(...fixes.flatMap((fix) => changeOf(fix, files)));
    },
  });
  return changes;
}

function changeOf(fix: Fix, files: ReadonlyMap<string, Shown>): Change[] {
  const first = new Map(fix.edits.map((edit) => [edit.at.file, edit]));
  return [...first.values()].map(({ at }) => {
    const line = files.get(at.file)?.lines.positionAt(at.span.start).line ?? 1;
    return { file: at.file, line, title: fix.title };
  });
}
