/** Findings as a log of SARIF 2.1.0, as GitHub's code scanning and others read it. */
import { pathToFileURL } from "node:url";
import type { Artifact, ArtifactLocation, Location, Log, Region, Result, Fix as SarifFix } from "sarif";
import type { Diagnostic, Edit, Fix, Place } from "../diagnostic.ts";
import type { Outcome } from "./documents.ts";
import { explorationJson } from "./json.ts";
import { lineHashes } from "./line-hash.ts";
import { overrides, ruleIndices, sarifLevels, sarifRules } from "./sarif-rules.ts";
import { rangeOf, type Shown, shownFiles } from "./shown.ts";
import { placeText, wholeText } from "./telling.ts";
import { standardInput } from "./texts.ts";
import { aboutPage, version } from "./version.ts";

const schema = "https://json.schemastore.org/sarif-2.1.0.json";
/** The name that readers know for the root of the repository. */
const sourceRoot = "%SRCROOT%";

/** The log of one call. */
export function sarifReport(outcome: Outcome): string {
  return `${JSON.stringify(new Writer(outcome).log(), null, 2)}\n`;
}

class Writer {
  readonly #outcome: Outcome;
  readonly #files: ReadonlyMap<string, Shown>;
  /** The numbers of the files among the artifacts. */
  readonly #indices: ReadonlyMap<string, number>;
  readonly #root: string;
  readonly #hashes = new Map<string, readonly string[]>();

  constructor(outcome: Outcome) {
    this.#outcome = outcome;
    this.#files = shownFiles(outcome.fleet);
    this.#indices = new Map([...this.#files.keys()].map((file, index) => [file, index]));
    this.#root = pathToFileURL(`${outcome.repository.root}/`).href;
  }

  log(): Log {
    const { diagnostics, coverage, problems, exitCode, levels } = this.#outcome;
    const driver = {
      name: "vrrp-lint",
      semanticVersion: version,
      informationUri: aboutPage,
      rules: sarifRules(),
    };
    const notes = problems.map((text) => ({ level: "error" as const, message: { text } }));
    const changed = overrides(levels);
    const invocation = {
      executionSuccessful: problems.length === 0,
      exitCode,
      ...(changed.length > 0 && { ruleConfigurationOverrides: changed }),
      ...(notes.length > 0 && { toolExecutionNotifications: notes }),
    };
    const run = {
      tool: { driver },
      invocations: [invocation],
      originalUriBaseIds: { [sourceRoot]: { uri: this.#root } },
      columnKind: "utf16CodeUnits" as const,
      artifacts: [...this.#files.keys()].map((file) => this.#artifact(file)),
      results: diagnostics.map((diagnostic) => this.#result(diagnostic)),
      ...(coverage && { properties: { exploration: explorationJson(coverage, diagnostics) } }),
    };
    return { $schema: schema, version: "2.1.0", runs: [run] };
  }

  #result(diagnostic: Diagnostic): Result {
    const { rule, severity, at, related, course } = diagnostic;
    const fixes = diagnostic.fixes.filter(({ safe }) => safe).map((fix) => this.#fix(fix));
    // Code scanning shows other places only where the message links to them, by their numbers.
    const link = (place: Place, index: number) =>
      `[${placeText(place, this.#files).replaceAll(/[\\[\]]/g, "\\$&")}](${index + 1})`;
    return {
      ruleId: rule,
      ruleIndex: ruleIndices.get(rule) as number,
      level: sarifLevels[severity],
      message: { text: wholeText(diagnostic, link) },
      locations: [this.#location(at)],
      ...(related.length > 0 && {
        relatedLocations: related.map((each, index) => ({
          id: index + 1,
          ...this.#location(each.at),
          message: { text: each.message },
        })),
      }),
      partialFingerprints: this.#fingerprints(at),
      ...(fixes.length > 0 && { fixes }),
      ...(course && { properties: { story: course.events, replay: course.replay } }),
    };
  }

  #fix({ title, edits }: Fix): SarifFix {
    const files = [...new Set(edits.map(({ at }) => at.file))];
    const replacement = ({ at, text }: Edit) => ({
      deletedRegion: this.#region(at),
      ...(text !== "" && { insertedContent: { text } }),
    });
    return {
      description: { text: title },
      artifactChanges: files.map((file) => ({
        artifactLocation: this.#artifactLocation(file),
        replacements: edits.filter(({ at }) => at.file === file).map(replacement),
      })),
    };
  }

  #location(at: Place): Location {
    const artifactLocation = this.#artifactLocation(at.file);
    return { physicalLocation: { artifactLocation, region: this.#region(at) } };
  }

  #region(at: Place): Region {
    const { line, column, endLine, endColumn } = rangeOf(at, this.#files);
    return { startLine: line, startColumn: column, endLine, endColumn };
  }

  #artifact(file: string): Artifact {
    return { location: this.#artifactLocation(file), roles: ["analysisTarget"] };
  }

  #artifactLocation(file: string): ArtifactLocation {
    const index = this.#indices.get(file);
    return { ...this.#address(file), ...(index !== undefined && { index }) };
  }

  #address(file: string): ArtifactLocation {
    if (file === standardInput) return { uri: file, description: { text: "standard input" } };
    const { href } = pathToFileURL(this.#outcome.repository.absolute(file));
    if (!href.startsWith(this.#root)) return { uri: href };
    // A colon in the first part of a path would make it a scheme.
    return { uri: href.slice(this.#root.length).replaceAll(":", "%3A"), uriBaseId: sourceRoot };
  }

  /** The line whatever its number, and the column from its first word on, whatever its indent. */
  #fingerprints(at: Place): Record<string, string> {
    const shown = this.#files.get(at.file);
    if (!shown) return {};
    const { line, column } = rangeOf(at, this.#files);
    const { start, end } = shown.lines.lineSpan(line);
    const indent = /^[ \t]*/.exec(shown.text.slice(start, end))?.[0].length ?? 0;
    const hash = this.#hashesOf(at.file, shown)[line - 1];
    return {
      ...(hash !== undefined && { primaryLocationLineHash: hash }),
      primaryLocationStartColumnFingerprint: `${column - 1 - indent}`,
    };
  }

  #hashesOf(file: string, { text }: Shown): readonly string[] {
    const known = this.#hashes.get(file) ?? lineHashes(text);
    this.#hashes.set(file, known);
    return known;
  }
}
