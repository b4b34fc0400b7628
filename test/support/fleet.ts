/** Fleets from texts, for tests. */
import type { Diagnostic } from "../../src/diagnostic.ts";
import { applyFixes } from "../../src/edits.ts";
import { formFleet } from "../../src/model/fleet.ts";
import type { Fleet } from "../../src/model/host.ts";
import { readHost } from "../../src/model/read.ts";
import { lint } from "../../src/rules/run.ts";
import type { BadExample, Example, Rule } from "../../src/rules/types.ts";
import type { IncludeReader } from "../../src/syntax/include.ts";

/** The release of all hosts, or of each by its file. */
type Target = BadExample["target"];

/** Texts by file name; a single text is `keepalived.conf`. */
export function textsOf(example: Example): Readonly<Record<string, string>> {
  return typeof example === "string" ? { "keepalived.conf": example } : example;
}

/**
 * A complete fleet of these files, one host each. Files in a directory are no hosts but what includes find; without any
 * such file, includes are not looked up.
 */
export function fleetOf(example: Example, target?: Target): Fleet {
  const texts = textsOf(example);
  const include = Object.keys(texts).some(isPart) ? readerOf(texts) : undefined;
  const hosts = Object.entries(texts)
    .filter(([path]) => !isPart(path))
    .map(([path, text]) => {
      const release = typeof target === "string" ? target : target?.[path];
      return readHost({ path, text, target: release, include });
    });
  return formFleet(hosts, { complete: true });
}

const isPart = (path: string) => path.includes("/");

function readerOf(texts: Readonly<Record<string, string>>): IncludeReader {
  return (pattern) => {
    const [before = "", after] = pattern.split("*");
    const found = Object.entries(texts).filter(([path]) =>
      after === undefined ? path === pattern : path.startsWith(before) && path.endsWith(after),
    );
    const isDirectory = Object.keys(texts).some((path) => path.startsWith(`${pattern}/`));
    return {
      files: found.map(([path, text]) => ({ path, text })),
      directories: isDirectory ? [pattern] : [],
    };
  };
}

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
): Diagnostic[] {
  return lint(fleetOf(texts, target), rule ? { rules: [rule] } : {});
}

/** The texts after the first fix of every diagnostic. */
export function withFirstFixes(texts: Readonly<Record<string, string>>, diagnostics: readonly Diagnostic[]) {
  const fixes = diagnostics.flatMap(({ fixes: [first] }) => first ?? []);
  return { ...texts, ...Object.fromEntries(applyFixes(new Map(Object.entries(texts)), fixes)) };
}
