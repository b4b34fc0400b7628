/** The lines of a host's files as they stand there, each with the statements that keepalived makes of it. */
import type { Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { type Finding, type Statement, walk } from "../../schema/statement.ts";
import type { Part, PhysicalLine, SourceFile, Word } from "../../syntax/tree.ts";
import { placeOf } from "./mistake.ts";
import { partAt } from "./parts.ts";

export interface WrittenLine {
  readonly source: SourceFile;
  readonly line: PhysicalLine;
  /** The line without its line end. */
  readonly at: Place;
  /** Empty where nothing of the line reaches keepalived: comments, definitions, conditions that do not hold. */
  readonly statements: readonly Statement[];
}

const known = new WeakMap<Host, readonly WrittenLine[]>();

/** Every line of every file of the host that has more on it than blanks and a comment. */
export function writtenLines(host: Host): readonly WrittenLine[] {
  const before = known.get(host);
  if (before) return before;
  const byStart = new Map<string, Statement[]>();
  for (const statement of walk(host.statements)) {
    const { file, span } = statement.line.reported;
    const key = `${span.start} ${file}`;
    const there = byStart.get(key);
    if (there) there.push(statement);
    else byStart.set(key, [statement]);
  }
  const lines = host.sources.flatMap((source) =>
    source.lines.filter(hasCode).map((line) => {
      const end = line.start + line.text.replace(/\r?\n$/, "").length;
      const at = placeOf(source.path, line.start, end);
      return { source, line, at, statements: byStart.get(`${line.start} ${source.path}`) ?? [] };
    }),
  );
  known.set(host, lines);
  return lines;
}

const silentParts: ReadonlySet<string> = new Set(["blank", "comment", "lineEnd", "bom"]);

function hasCode(line: PhysicalLine): boolean {
  return line.parts.some((part) => !silentParts.has(part.kind));
}

/** The line that a place lies on; undefined for lines without code. */
export function lineAt(host: Host, place: Place): WrittenLine | undefined {
  const lines = linesByFile(partAt(host, place)).get(place.file) ?? [];
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] as WrittenLine).at.span.start <= place.span.start) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  if (!line || line.at.span.start > place.span.start || place.span.start > line.at.span.end) return undefined;
  return line;
}

const knownByFile = new WeakMap<Host, ReadonlyMap<string, readonly WrittenLine[]>>();

function linesByFile(host: Host): ReadonlyMap<string, readonly WrittenLine[]> {
  const before = knownByFile.get(host);
  if (before) return before;
  const byFile = new Map<string, WrittenLine[]>();
  for (const line of writtenLines(host)) {
    const lines = byFile.get(line.source.path);
    if (lines) lines.push(line);
    else byFile.set(line.source.path, [line]);
  }
  knownByFile.set(host, byFile);
  return byFile;
}

const findingsKnown = new WeakMap<Host, ReadonlyMap<Statement, readonly Finding[]>>();

/** What the tree and the values show about one statement. */
export function findingsOf(host: Host, statement: Statement): readonly Finding[] {
  let byStatement = findingsKnown.get(host);
  if (!byStatement) {
    const made = new Map<Statement, Finding[]>();
    for (const finding of host.findings) {
      if (!finding.statement) continue;
      const others = made.get(finding.statement);
      if (others) others.push(finding);
      else made.set(finding.statement, [finding]);
    }
    byStatement = made;
    findingsKnown.set(host, made);
  }
  return byStatement.get(statement) ?? [];
}

/** The place of a part of a line. */
export function partPlace({ source, line }: WrittenLine, part: Part): Place {
  return placeOf(source.path, line.start + part.start, line.start + part.end);
}

/** The text of a part of a line. */
export function partText({ line }: WrittenLine, part: Part): string {
  return line.text.slice(part.start, part.end);
}

/** The statement and word that stand at an offset of the line's file, written there and not brought by a variable. */
export function wordAt(
  { statements, source }: WrittenLine,
  offset: number,
): { readonly statement: Statement; readonly word: Word; readonly index: number } | undefined {
  for (const statement of statements) {
    const index = statement.words.findIndex(
      (word) => word.exact && !word.via && word.at.file === source.path && word.at.span.start === offset,
    );
    const word = statement.words[index];
    if (word) return { statement, word, index };
  }
  return undefined;
}

/** Where the code of a line ends: before its comment and the blanks in front of that. */
export function codeEnd({ line }: WrittenLine): number {
  const last = line.parts.findLast((part) => !silentParts.has(part.kind));
  return line.start + (last?.end ?? 0);
}
