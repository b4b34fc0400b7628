/** What is told about a diagnostic besides its message, as plain text; every kind of report lays it out its own way. */
import type { Diagnostic, Place, Related } from "../diagnostic.ts";
import { rangeOf, type Shown } from "./shown.ts";

/** `FILE:LINE:COLUMN`. */
export function placeText(at: Place, files: ReadonlyMap<string, Shown>): string {
  const { line, column } = rangeOf(at, files);
  return `${at.file}:${line}:${column}`;
}

/** A message that begins with the name of its file goes on from the place, which names the file already. */
export function wordsAt({ at, message }: Related): string {
  return message.startsWith(at.file) ? message.slice(at.file.length).replace(/^:? /, "") : message;
}

/** What mends it: the safe fix before others. */
export function fixText({ fixes }: Diagnostic): string | undefined {
  const fix = fixes.find(({ safe }) => safe) ?? fixes[0];
  return fix && (fix.safe ? `fix: ${fix.title} (--fix does it)` : `possible fix: ${fix.title}`);
}

/** The call of vrrp-run that plays the course of a diagnostic, as a shell takes it. */
export function callText(replay: readonly string[]): string {
  return ["vrrp-run", ...replay.map(quoted)].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The message and, on lines of their own, the other places, the story and the fix. `placed` writes a place. */
export function wholeText(diagnostic: Diagnostic, placed: (at: Place, index: number) => string): string {
  const { message, related, course } = diagnostic;
  const fix = fixText(diagnostic);
  return [
    message,
    ...related.map((each, index) => `${placed(each.at, index)} ${wordsAt(each)}`),
    ...(course ? ["the story:", ...course.events.map((event) => `  ${event}`)] : []),
    ...(course ? ["to see it:", `  ${callText(course.replay)}`] : []),
    ...(fix === undefined ? [] : [fix]),
  ].join("\n");
}
