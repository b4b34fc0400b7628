/** From a file's text to checked statements; after an edit only the sections that it touches are read again. */
import type { Place } from "../diagnostic.ts";
import { checkStatements } from "../schema/check.ts";
import { rootKeywords } from "../schema/index.ts";
import { causes, freshStarts } from "../schema/literal.ts";
import type { Finding, Statement } from "../schema/statement.ts";
import { buildTree, type Tree } from "../schema/tree.ts";
import { type Expansion, expand, type IncludeReader } from "../syntax/expand.ts";
import { parseLines, parseSource } from "../syntax/parse.ts";
import type { PhysicalLine, SourceFile, SyntaxFinding } from "../syntax/tree.ts";
import type { Text } from "../text.ts";
import { endOf, moveBy, type Section } from "./sections.ts";
import { stretchesOf } from "./stretches.ts";

/** What reading needs to know beside the text. */
export interface TextOptions {
  readonly path: string;
  readonly configId: string | undefined;
  readonly include: IncludeReader | undefined;
}

/** A text as far as its statements. */
export interface ReadText {
  readonly options: TextOptions;
  readonly sources: readonly SourceFile[];
  readonly statements: readonly Statement[];
  /** Structure findings first, then those of values. */
  readonly structure: readonly Finding[];
  readonly values: readonly Finding[];
  readonly syntaxFindings: readonly SyntaxFinding[];
  readonly configIds: readonly string[];
  readonly uncertain: boolean;
  /** Present where each part of the text means the same whatever stands around it. */
  readonly sections: readonly Section[] | undefined;
  /** The latest text that had sections: where a brace is missing for a while, it is soon the next one again. */
  readonly divided: Divided | undefined;
}

interface Divided {
  readonly text: Text;
  readonly sections: readonly Section[];
  readonly configIds: readonly string[];
}

/** Reads a text. `before` is what an earlier text gave that could not be read again. */
export function readText(text: Text, options: TextOptions, before?: ReadText): ReadText {
  const { path, configId, include } = options;
  const source = parseSource(path, text);
  const expansion = expand(source, { configId, include });
  const tree = buildTree(expansion, rootKeywords);
  const sections = hasPlainText(text) ? divide(source.lines, expansion, tree) : undefined;
  const values = sections?.flatMap((section) => section.values) ?? checkStatements(tree.statements);
  return {
    options,
    sources: expansion.sources,
    statements: tree.statements,
    structure: tree.findings,
    values,
    syntaxFindings: expansion.findings,
    configIds: expansion.configIds,
    uncertain: expansion.uncertain,
    sections,
    divided: sections ? { text, sections, configIds: expansion.configIds } : before?.divided,
  };
}

/**
 * Reads a text that came out of an earlier one by an edit, giving what `readText` gives. What the edit does not touch is
 * taken over as it is, and its places move along: the earlier one must not be used any more. Undefined, and the earlier
 * one untouched, where the edit may change the meaning of other lines.
 */
export function rereadText(
  text: Text,
  before: ReadText,
  include: IncludeReader | undefined,
): ReadText | undefined {
  const options = { ...before.options, include };
  if (!before.divided || !hasPlainText(text)) return undefined;
  const { text: old, sections, configIds } = before.divided;
  const stretches = stretchesOf(sections, old, text);
  if (stretches.length === 0) return undefined;
  const again = stretches.map(({ from, to }) => readLines(text, from, to, options));
  if (!again.every((each) => each !== undefined)) return undefined;
  const all: Section[] = [];
  const moves: [Section, number][] = [];
  let kept = 0;
  let offset = 0;
  const keepUpTo = (end: number) => {
    for (let index = kept; index < end; index++) {
      const section = sections[index] as Section;
      all.push(section);
      if (offset !== 0) moves.push([section, offset]);
    }
  };
  for (const [index, { first, behind, to }] of stretches.entries()) {
    keepUpTo(first);
    for (const section of again[index] ?? none) all.push(section);
    [kept, offset] = [behind, to - endOf(sections[behind - 1] as Section)];
  }
  keepUpTo(sections.length);
  const ids = union(all.map((section) => section.configIds));
  if (ids.length !== configIds.length || ids.some((id, index) => id !== configIds[index])) return undefined;
  for (const move of moves) moveBy(...move);
  return joined(text, options, all, configIds);
}

function joined(
  text: Text,
  options: TextOptions,
  sections: readonly Section[],
  configIds: readonly string[],
): ReadText {
  const statements: Statement[] = [];
  const structure: Finding[] = [];
  const lost: Finding[] = [];
  const values: Finding[] = [];
  const textual: SyntaxFinding[] = [];
  const linewise: SyntaxFinding[] = [];
  for (const section of sections) {
    for (const statement of section.statements) statements.push(statement);
    for (const finding of section.structure) structure.push(finding);
    for (const finding of section.lost) lost.push(finding);
    for (const finding of section.values) values.push(finding);
    for (const finding of section.textFindings) textual.push(finding);
    for (const finding of section.lineFindings) linewise.push(finding);
  }
  return {
    options,
    sources: [sourceFrom(options.path, text, sections)],
    statements,
    structure: [...structure, ...lost],
    values,
    syntaxFindings: [...textual, ...linewise],
    configIds,
    uncertain: false,
    sections,
    divided: { text, sections, configIds },
  };
}

/** A source whose lines are put together when somebody asks for them, which hardly anything does after a keystroke. */
function sourceFrom(path: string, text: Text, sections: readonly Section[]): SourceFile {
  let lines: readonly PhysicalLine[] | undefined;
  return {
    path,
    text,
    get lines() {
      lines ??= sections.flatMap((section) => section.lines);
      return lines;
    },
  };
}

/** Reads some lines by themselves; undefined where they mean something else than among the others. */
function readLines(
  text: Text,
  from: number,
  to: number,
  options: TextOptions,
): readonly Section[] | undefined {
  const { path, configId, include } = options;
  const lines = from === to ? [] : parseLines(text, from, to);
  const expansion = expand({ path, text, lines }, { configId, include });
  return divide(lines, expansion, buildTree(expansion, rootKeywords));
}

/** Encodings and marks that concern a whole text, and texts that are one line, are read as a whole. */
function hasPlainText(text: Text): boolean {
  return text.slice(0, 1) !== "\uFEFF" && text.includes("\n") && !text.includes("\0");
}

/** Findings of the tree that say nothing about the blocks behind. */
const contained: ReadonlySet<Finding["kind"]> = new Set([
  "unknown-keyword",
  "unknown-block",
  "wrong-block",
  "missing-open",
  "lost-line",
]);

/**
 * Cuts lines where top-level statements begin that mean the same without the lines above. Undefined where such cuts
 * cannot be made: something is defined, included or repeated, or braces do not match.
 */
function divide(
  lines: readonly PhysicalLine[],
  expansion: Expansion,
  { statements, findings }: Tree,
): readonly Section[] | undefined {
  const { selfContained, uncertain, literal } = expansion;
  if (!selfContained || uncertain || literal !== expansion.lines) return undefined;
  if (!findings.every(({ kind }) => contained.has(kind))) return undefined;
  const damaged = findings.some(({ kind }) => causes.has(kind));
  const fresh = damaged ? freshStarts(expansion.lines, rootKeywords) : undefined;
  if (fresh && !fresh.has(undefined)) return undefined;
  const starting = statements.filter(
    (statement, index) => (!fresh || fresh.has(statement.line)) && isBehind(statement, statements[index - 1]),
  );
  const first = lines[0]?.start ?? 0;
  const starts = [...new Set([first, ...starting.map(({ line }) => line.reported.span.start)])];
  const sections = sectionsFrom(starts, lines, expansion, { statements, findings });
  return sections.every(explainsItself) ? sections : undefined;
}

/** Whether a statement begins on a line below the one on which another ends. */
function isBehind({ line }: Statement, before: Statement | undefined): boolean {
  if (!before) return true;
  const { start } = line.reported.span;
  const end = before.body ? before.body.close?.span.end : before.line.reported.span.end;
  return end !== undefined && end <= start;
}

/** Whether a line that is lost has its cause in the same section. */
function explainsItself({ structure, lost }: Section): boolean {
  return lost.every(({ at, related = [] }) => {
    const [cause] = related;
    const known = structure.some((finding) => causes.has(finding.kind) && finding.at === cause?.at);
    return known && cause !== undefined && cause.at.span.start <= at.span.end;
  });
}

function sectionsFrom(
  starts: readonly number[],
  lines: readonly PhysicalLine[],
  expansion: Expansion,
  tree: Tree,
): readonly Section[] {
  const isTextual = ({ kind }: SyntaxFinding) => kind === "line-too-long";
  const isLost = ({ kind }: Finding) => kind === "lost-line";
  const startOfItem = ({ at }: { readonly at: Place }) => at.span.start;
  const cutBy = <T>(items: readonly T[], place: (item: T) => number) => cut(items, place, starts);
  const found = <T extends { readonly at: Place }>(items: readonly T[], isWanted: (item: T) => boolean) =>
    cutBy(items.filter(isWanted), startOfItem);
  const linesIn = cutBy(lines, ({ start }) => start);
  const statementsIn = cutBy(tree.statements, ({ line }) => line.reported.span.start);
  const textual = found(expansion.findings, isTextual);
  const linewise = found(expansion.findings, (finding) => !isTextual(finding));
  const structure = found(tree.findings, (finding) => !isLost(finding));
  const lost = found(tree.findings, isLost);
  const conditionsIn = cutBy(expansion.conditions, ({ line }) => line);
  return starts.flatMap((_, index) => {
    const statements = statementsIn[index] ?? none;
    const section = {
      lines: linesIn[index] ?? none,
      statements,
      textFindings: textual[index] ?? none,
      lineFindings: linewise[index] ?? none,
      structure: structure[index] ?? none,
      lost: lost[index] ?? none,
      values: checkStatements(statements),
      configIds: union([(conditionsIn[index] ?? none).map(({ id }) => id)]),
    };
    return section.lines.length > 0 ? [section] : [];
  });
}

const none: readonly never[] = [];

/** The items, in the order of their places, that lie from each start up to the next. */
function cut<T>(
  items: readonly T[],
  place: (item: T) => number,
  starts: readonly number[],
): readonly (readonly T[] | undefined)[] {
  const parts: T[][] = [];
  let index = 0;
  for (const item of items) {
    while (index + 1 < starts.length && (starts[index + 1] as number) <= place(item)) index++;
    const part = parts[index];
    if (part) part.push(item);
    else parts[index] = [item];
  }
  return parts;
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  const all = new Set<string>();
  for (const list of lists) for (const one of list) all.add(one);
  return [...all];
}
