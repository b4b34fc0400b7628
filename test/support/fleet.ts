/** Fleets from texts, for tests. */
import type { Diagnostic } from "../../src/diagnostic.ts";
import { applyFixes } from "../../src/edits.ts";
import { fleetOf, type Target, textsOf } from "../../src/rules/example-fleet.ts";
import { lint } from "../../src/rules/run.ts";
import type { Example, Rule } from "../../src/rules/types.ts";

export { fleetOf, textsOf };

/** `file:start-end` of each diagnostic of one rule, sorted. */
export function placesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ at }) => `${at.file}:${at.span.start}-${at.span.end}`).sort();
}

/** The texts without `«` and `»`, and the places that they enclose. */
export function unmarked(example: Example): { texts: Record<string, string>; places: string[] } {
  const texts: Record<string, string> = {};
  const places: string[] = [];
  for (const [file, marked] of Object.entries(textsOf(example))) {
    let text = "";
    const open: number[] = [];
    for (const character of marked) {
      if (character === "«") open.push(text.length);
      else if (character === "»") places.push(`${file}:${open.pop()}-${text.length}`);
      else text += character;
    }
    texts[file] = text;
  }
  return { texts, places: places.sort() };
}

/** Lints with one rule, or with all. */
export function lintTexts(
  texts: Readonly<Record<string, string>>,
  rule?: Rule,
  target?: Target,
): readonly Diagnostic[] {
  return lint(fleetOf(texts, target), rule ? { rules: [rule] } : {});
}

/** The texts after the first fix of every diagnostic. */
export function withFirstFixes(texts: Readonly<Record<string, string>>, diagnostics: readonly Diagnostic[]) {
  const fixes = diagnostics.flatMap(({ fixes: [first] }) => first ?? []);
  return { ...texts, ...Object.fromEntries(applyFixes(new Map(Object.entries(texts)), fixes)) };
}
