/** One mistake in the braces costs many lines; in a text for people they are told together. JSON keeps each. */
import type { Diagnostic } from "../diagnostic.ts";
import { lexLineLost } from "../rules/lex-line-lost.ts";

/** Keeps the first of the lost lines that have one cause, and names the others in its message. */
export function foldLostLines(
  diagnostics: readonly Diagnostic[],
  lineOf: (diagnostic: Diagnostic) => number,
): Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = groupOf(diagnostic);
    if (key) groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
  }
  return diagnostics.flatMap((diagnostic) => {
    const key = groupOf(diagnostic);
    const [first, ...others] = (key && groups.get(key)) || [diagnostic];
    if (diagnostic !== first) return [];
    const lines = [...new Set(others.map(lineOf))].filter((line) => line !== lineOf(diagnostic));
    if (lines.length === 0) return [diagnostic];
    const more = `The same goes for line${lines.length > 1 ? "s" : ""} ${ranges(lines)}.`;
    return [{ ...diagnostic, message: `${diagnostic.message} ${more}` }];
  });
}

function groupOf({ rule, at, related }: Diagnostic): string | undefined {
  const cause = related[0]?.at;
  return rule === lexLineLost.id && cause ? `${at.file} ${cause.file} ${cause.span.start}` : undefined;
}

/** `3, 5 to 9 and 12`. */
function ranges(lines: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs[runs.length - 1];
    if (last && line === last[1] + 1) last[1] = line;
    else runs.push([line, line]);
  }
  const words = runs.map(([from, to]) =>
    from === to ? `${from}` : from + 1 === to ? `${from}, ${to}` : `${from} to ${to}`,
  );
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}
