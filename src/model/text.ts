/** From a file's text to checked statements; after an edit only the sections that it touches are read again. */
import type { Place } from "../diagnostic.ts";
import { checkStatements } from "../schema/check.ts";
import { rootKeywords } from "../schema/index.ts";
import type { Finding, Statement } from "../schema/statement.ts";
import { buildTree } from "../schema/tree.ts";
import { type Expansion, expand, type IncludeReader } from "../syntax/expand.ts";
import { parseLines, parseSource } from "../syntax/parse.ts";
import type { PhysicalLine, SourceFile, SyntaxFinding } from "../syntax/tree.ts";
import { endOf, moveBy, type Section, startOf } from "./sections.ts";

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
}

/** Reads a text. */
export function readText(text: string, options: TextOptions): ReadText {
  const { path, configId, include } = options;
  const source = parseSource(path, text);
  const expansion = expand(source, { configId, include });
  const tree = buildTree(expansion, rootKeywords);
  const separable = isSeparable(expansion, tree.statements, tree.findings) && hasPlainText(text);
  const sections = separable ? divide(source.lines, tree, expansion) : undefined;
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
  };
}

/**
 * Reads a text that came out of an earlier one by an edit, giving what `readText` gives. What the edit does not touch is
 * taken over as it is, and its places move along: the earlier one must not be used any more. Undefined, and the earlier
 * one untouched, where the edit may change the meaning of other lines.
 */
export function rereadText(
  text: string,
  before: ReadText,
  include: IncludeReader | undefined,
): ReadText | undefined {
  const { sections } = before;
  const options = { ...before.options, include };
  const old = before.sources[0]?.text;
  if (!sections || old === undefined || !hasPlainText(text)) return undefined;
  const edit = difference(old, text);
  const first = sections.findIndex((section) => endOf(section) >= edit.start);
  const last = sections.findLastIndex((section) => startOf(section) <= edit.end);
  if (first === -1 || last < first) return undefined;
  const [from, to] = [startOf(sections[first] as Section), endOf(sections[last] as Section)];
  const offset = text.length - old.length;
  const again = readLines(text, from, to + offset, options);
  if (!again) return undefined;
  const [above, below] = [sections.slice(0, first), sections.slice(last + 1)];
  const all = [...above, ...again, ...below];
  const configIds = union(all.map((section) => section.configIds));
  if (configIds.length !== before.configIds.length) return undefined;
  if (configIds.some((id, index) => id !== before.configIds[index])) return undefined;
  if (offset !== 0) for (const section of below) moveBy(section, offset);
  return joined(text, all, { ...before, options, configIds });
}

function joined(text: string, sections: readonly Section[], before: ReadText): ReadText {
  const { options, configIds, uncertain } = before;
  const statements: Statement[] = [];
  const structure: Finding[] = [];
  const values: Finding[] = [];
  const textual: SyntaxFinding[] = [];
  const linewise: SyntaxFinding[] = [];
  const lines: PhysicalLine[] = [];
  for (const section of sections) {
    for (const line of section.lines) lines.push(line);
    for (const statement of section.statements) statements.push(statement);
    for (const finding of section.structure) structure.push(finding);
    for (const finding of section.values) values.push(finding);
    for (const finding of section.textFindings) textual.push(finding);
    for (const finding of section.lineFindings) linewise.push(finding);
  }
  return {
    options,
    sources: [{ path: options.path, text, lines }],
    statements,
    structure,
    values,
    syntaxFindings: [...textual, ...linewise],
    configIds,
    uncertain,
    sections,
  };
}

/** Reads some lines by themselves; undefined where they mean something else than among the others. */
function readLines(
  text: string,
  from: number,
  to: number,
  options: TextOptions,
): readonly Section[] | undefined {
  const { path, configId, include } = options;
  const lines = from === to ? [] : parseLines(text, from, to);
  const expansion = expand({ path, text, lines }, { configId, include });
  const tree = buildTree(expansion, rootKeywords);
  return isSeparable(expansion, tree.statements, tree.findings) ? divide(lines, tree, expansion) : undefined;
}

/** Encodings and marks that concern a whole text, and texts that are one line, are read as a whole. */
function hasPlainText(text: string): boolean {
  return !text.startsWith("\uFEFF") && text.includes("\n") && !text.includes("\0");
}

/**
 * Whether each block by itself gives what it gives among the others: nothing is defined, included or repeated, every
 * block is closed, and keepalived reads the lines as they are meant.
 */
function isSeparable(
  { selfContained, literal, lines, uncertain }: Expansion,
  statements: readonly Statement[],
  findings: readonly Finding[],
): boolean {
  if (!selfContained || uncertain || literal !== lines) return false;
  if (findings.some(({ kind }) => kind !== "unknown-keyword")) return false;
  return statements.every(
    ({ entry, body }) => body?.close !== undefined || !(entry?.keywords || entry?.lines),
  );
}

/** Cuts lines where top-level statements begin. */
function divide(
  lines: readonly PhysicalLine[],
  tree: { readonly statements: readonly Statement[]; readonly findings: readonly Finding[] },
  { findings, conditions }: Expansion,
): readonly Section[] {
  const first = lines[0]?.start ?? 0;
  const starts = [...new Set([first, ...tree.statements.map(({ line }) => line.reported.span.start)])];
  const isTextual = ({ kind }: SyntaxFinding) => kind === "line-too-long";
  const startOfItem = ({ at }: { readonly at: Place }) => at.span.start;
  const cutBy = <T>(items: readonly T[], place: (item: T) => number) => cut(items, place, starts);
  const linesIn = cutBy(lines, ({ start }) => start);
  const statementsIn = cutBy(tree.statements, ({ line }) => line.reported.span.start);
  const textual = cutBy(findings.filter(isTextual), startOfItem);
  const linewise = cutBy(
    findings.filter((finding) => !isTextual(finding)),
    startOfItem,
  );
  const structure = cutBy(tree.findings, startOfItem);
  const conditionsIn = cutBy(conditions, ({ line }) => line);
  return starts.flatMap((_, index) => {
    const statements = statementsIn[index] ?? [];
    const section = {
      lines: linesIn[index] ?? [],
      statements,
      textFindings: textual[index] ?? none,
      lineFindings: linewise[index] ?? none,
      structure: structure[index] ?? none,
      values: checkStatements(statements),
      configIds: union([(conditionsIn[index] ?? []).map(({ id }) => id)]),
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

interface Edit {
  readonly start: number;
  /** Behind the replaced stretch of the old text. */
  readonly end: number;
}

/** The shortest stretch of the old text that differs in the new one. */
function difference(old: string, text: string): Edit {
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < most - start &&
    old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same)
  )
    same++;
  return { start, end: old.length - same };
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  const all = new Set<string>();
  for (const list of lists) for (const one of list) all.add(one);
  return [...all];
}
