/** What every kind of report needs to know about files and diagnostics. */
import type { Diagnostic, Place, Severity } from "../diagnostic.ts";
import { type LineMap, lineMap } from "../lines.ts";
import type { Fleet } from "../model/host.ts";

/** The files of a fleet, for everybody who has to show a place. */
export interface Shown {
  readonly text: string;
  readonly lines: LineMap;
}

/** The texts of all files that were read, by path, in the order of the hosts. */
export function shownFiles(fleet: Fleet): ReadonlyMap<string, Shown> {
  const result = new Map<string, Shown>();
  for (const { path, text } of fleet.hosts.flatMap((host) => host.sources))
    if (!result.has(path)) result.set(path, { text: text.toString(), lines: lineMap(text) });
  return result;
}

/** Where something begins and ends: lines and columns from 1, ends exclusive. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The range of a place; the start of a file whose text is not there. */
export function rangeOf({ file, span }: Place, files: ReadonlyMap<string, Shown>): Range {
  const lines = files.get(file)?.lines;
  const start = lines?.positionAt(span.start) ?? { line: 1, column: 1 };
  const end = lines?.positionAt(span.end) ?? start;
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** How many diagnostics there are of each severity. */
export function countBySeverity(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const count: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of diagnostics) count[severity]++;
  return count;
}

/** Whether `--fix` can mend it. */
export function isFixable(diagnostic: Diagnostic): boolean {
  return diagnostic.fixes.some((fix) => fix.safe);
}
