/** What the linter says about a fleet, in the order in which it is shown. */
import { type Diagnostic, type Severity, severities } from "../diagnostic.ts";
import { type LineMap, lineMap } from "../lines.ts";
import type { Fleet } from "../model/host.ts";
import { lint } from "../rules/run.ts";
import type { Level } from "./settings.ts";

/** The files of a fleet, for everybody who has to show a place. */
export interface Shown {
  readonly text: string;
  readonly lines: LineMap;
}

/** The texts of all files that were read, by path, in the order of the hosts. */
export function shownFiles(fleet: Fleet): ReadonlyMap<string, Shown> {
  const result = new Map<string, Shown>();
  for (const { path, text } of fleet.hosts.flatMap((host) => host.sources))
    if (!result.has(path)) result.set(path, { text, lines: lineMap(text) });
  return result;
}

/** Lints; file by file as given, from top to bottom. What two hosts that share a file have in common comes once. */
export function judge(fleet: Fleet, levels: Readonly<Record<string, Level>>): Diagnostic[] {
  const order = new Map([...shownFiles(fleet).keys()].map((path, index) => [path, index]));
  const seen = new Set<string>();
  const place = ({ at }: Diagnostic) => order.get(at.file) ?? order.size;
  return lint(fleet, { severities: levels })
    .filter((diagnostic) => {
      const { rule, message, at } = diagnostic;
      const key = JSON.stringify([rule, message, at.file, at.span.start, at.span.end]);
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => place(a) - place(b) || a.at.span.start - b.at.span.start || bySeverity(a, b));
}

function bySeverity(a: Diagnostic, b: Diagnostic): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
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
