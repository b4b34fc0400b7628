/** Laws of `--format sarif` over any findings. */

import fc from "fast-check";
import type { Region } from "sarif";
import { expect, test } from "vitest";
import { sarifReport } from "../../src/cli/sarif.ts";
import { rangeOf, shownFiles } from "../../src/cli/shown.ts";
import type { Edit } from "../../src/diagnostic.ts";
import { applyFixes } from "../../src/edits.ts";
import { lineMap } from "../../src/lines.ts";
import { anyDiagnostics, anyText, oddTexts, outcomeOf } from "../support/outcome.ts";
import { readSarif } from "../support/sarif.ts";

test("the schema holds, and a reader gets every finding as it was", () => {
  fc.assert(
    fc.property(anyDiagnostics, fc.array(anyText, { maxLength: 2 }), (diagnostics, problems) => {
      const outcome = outcomeOf(oddTexts, diagnostics, { problems });
      const { results = [], invocations = [], artifacts = [] } = readSarif(sarifReport(outcome));
      const files = shownFiles(outcome.fleet);
      const regionOf = (at: Edit["at"]) => {
        const { line, column, endLine, endColumn } = rangeOf(at, files);
        return { startLine: line, startColumn: column, endLine, endColumn };
      };
      expect(results).toHaveLength(diagnostics.length);
      for (const [index, { rule, message, at, related }] of diagnostics.entries()) {
        const result = results[index];
        expect(result?.ruleId).toBe(rule);
        expect(result?.message.text?.startsWith(message)).toBe(true);
        const place = result?.locations?.[0]?.physicalLocation;
        expect(decodeURIComponent(place?.artifactLocation?.uri ?? "")).toBe(at.file);
        expect(artifacts[place?.artifactLocation?.index ?? -1]?.location).toEqual(place?.artifactLocation);
        expect(place?.region).toEqual(regionOf(at));
        expect((result?.relatedLocations ?? []).map((each) => [each.id, each.message?.text])).toEqual(
          related.map((each, number) => [number + 1, each.message]),
        );
        for (const number of related.keys()) expect(result?.message.text).toContain(`](${number + 1}) `);
      }
      const notes = invocations[0]?.toolExecutionNotifications ?? [];
      expect(notes.map((note) => note.message.text)).toEqual(problems);
      expect(invocations[0]?.executionSuccessful).toBe(problems.length === 0);
    }),
    // The list of all rules is held against the schema each time.
    { numRuns: 40 },
  );
});

/** The offsets of a region, as a reader finds them who splits the text at CR LF and LF. */
function offsetsOf(text: string, { startLine = 1, startColumn = 1, endLine = 1, endColumn = 1 }: Region) {
  const lines = text.split(/(?<=\n)/);
  const offset = (line: number, column: number) => lines.slice(0, line - 1).join("").length + column - 1;
  return { start: offset(startLine, startColumn), end: offset(endLine, endColumn) };
}

test("the safe fixes, and no others, change the texts as --fix does", () => {
  fc.assert(
    fc.property(anyDiagnostics, (diagnostics) => {
      const { results = [] } = readSarif(sarifReport(outcomeOf(oddTexts, diagnostics)));
      for (const [index, { fixes }] of diagnostics.entries()) {
        const written = (results[index]?.fixes ?? []).map((fix) => ({
          title: fix.description?.text ?? "",
          safe: true,
          edits: fix.artifactChanges.flatMap(({ artifactLocation, replacements }) => {
            const file = decodeURIComponent(artifactLocation.uri ?? "");
            return replacements.map(({ deletedRegion, insertedContent }) => ({
              at: { file, span: offsetsOf(oddTexts[file] ?? "", deletedRegion) },
              text: insertedContent?.text ?? "",
            }));
          }),
        }));
        const safe = fixes.filter((fix) => fix.safe);
        expect(written.map(({ title }) => title)).toEqual(safe.map(({ title }) => title));
        const texts = new Map(Object.entries(oddTexts));
        for (const [number, fix] of safe.entries())
          expect(applyFixes(texts, written.slice(number, number + 1))).toEqual(applyFixes(texts, [fix]));
      }
    }),
    { numRuns: 40 },
  );
});

test("regions are those of the line map", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(oddTexts)), fc.nat(60), (text, at) => {
      const offset = Math.min(at, text.length);
      const { line, column } = lineMap(text).positionAt(offset);
      expect(offsetsOf(text, { startLine: line, startColumn: column }).start).toBe(offset);
    }),
  );
});
