/** Blocks that are written in a way that changes what keepalived reads: on one line, or under a condition. */
import type { Edit, Place } from "../../diagnostic.ts";
import { lineEndOf } from "../../lines.ts";
import type { Host } from "../../model/host.ts";
import { bind } from "../../schema/bind.ts";
import { inside, type Statement, walk } from "../../schema/statement.ts";
import type { Keyword } from "../../schema/types.ts";
import type { SourceFile, Word } from "../../syntax/tree.ts";
import { type Mistake, placeOf } from "./mistake.ts";
import { codeEnd, lineAt, partText, type WrittenLine, writtenLines } from "./written.ts";

/** Blocks on one line whose inside keepalived takes for one statement: all but its first value is lost. */
export function blocksOnOneLine(host: Host): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const block of walk(host.statements)) {
    const keywords = block.entry?.keywords;
    const open = block.body?.open;
    if (!keywords || !open) continue;
    const line = lineAt(host, open);
    if (!line || line.at.span.start > block.line.at.span.start) continue;
    const joined = [...walk(inside(block))].filter((statement) => sameLine(statement, line));
    const first = block.words[0];
    if (
      !joined.some((statement) => statement.parent === block && swallows(statement, keywords)) ||
      !first?.exact ||
      first.via
    )
      continue;
    const close = block.body?.close;
    const closedHere = close?.file === line.source.path && close.span.end <= line.at.span.end;
    const at = placeOf(line.source.path, first.at.span.start, closedHere ? close.span.end : codeEnd(line));
    const edits = closedHere ? spread(line, block, at.span.start, at.span.end) : undefined;
    const claims = joined.map((statement) => statement.line.at);
    mistakes.push({
      rule: "lex-block-on-one-line",
      at,
      claims,
      statement: block,
      subject: first.text,
      edits,
    });
  }
  return mistakes;
}

function sameLine(statement: Statement, line: WrittenLine): boolean {
  return (
    statement.line.reported.file === line.at.file && statement.line.reported.span.start === line.at.span.start
  );
}

/** Whether a statement has words too many, or takes the next keyword of its block for a value. */
function swallows(statement: Statement, keywords: readonly Keyword[]): boolean {
  if ((bind(statement)?.surplus.length ?? 0) > 0) return true;
  return statement.words.some(
    ({ text, quoted }, index) => index > 0 && !quoted && keywords.some(({ name }) => name === text),
  );
}

/** The block with one statement a line; undefined when it holds blocks itself or does not start its line. */
function spread(
  line: WrittenLine,
  block: Statement,
  start: number,
  end: number,
): readonly Edit[] | undefined {
  const lead = line.source.text.slice(line.at.span.start, start);
  if (lead.trim() !== "" || inside(block).some((statement) => statement.body)) return undefined;
  const words = [...block.words, ...inside(block).flatMap((statement) => statement.words)];
  if (words.some((word) => !word.exact || word.via)) return undefined;
  const names = new Set(block.entry?.keywords?.map((keyword) => keyword.name));
  const lines = inside(block).flatMap((statement) => statementsIn(statement.words, names));
  const written = (word: Word) => line.source.text.slice(word.at.span.start, word.at.span.end);
  const eol = lineEndOf(line.source.text);
  const body = lines.map((one) => `${lead}    ${one.map(written).join(" ")}${eol}`).join("");
  const text = `${block.words.map(written).join(" ")} {${eol}${body}${lead}}`;
  return [{ at: placeOf(line.source.path, start, end), text }];
}

/** Cuts words into statements: a keyword of the block that is not itself the value of the one before starts the next. */
function statementsIn(words: readonly Word[], names: ReadonlySet<string>): Word[][] {
  const statements: Word[][] = [];
  for (const word of words) {
    const current = statements[statements.length - 1];
    if (!current || names.has(word.text)) statements.push([word]);
    else current.push(word);
  }
  return statements;
}

interface OpenBlock {
  readonly line: WrittenLine;
  readonly condition: string | undefined;
  /** Where the header's line stands among the lines of the host. */
  readonly index: number;
  /** The next line has the same header for another condition, so one brace closes both. */
  alternatives: boolean;
}

/**
 * Blocks whose header stands under a condition that their inside or their closing brace does not have. Where the
 * condition does not hold, keepalived drops the header alone.
 */
export function conditionalBlocks(host: Host): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!host.sources.some(hasConditions)) return mistakes;
  let file: string | undefined;
  let open: OpenBlock[] = [];
  const all = writtenLines(host);
  for (const [index, line] of all.entries()) {
    if (line.source.path !== file) {
      open = [];
      file = line.source.path;
    }
    const condition = conditionOf(line);
    for (const part of line.line.parts) {
      if (part.kind === "open") openBlock(open, { line, condition, index, alternatives: false });
      if (part.kind !== "close") continue;
      const block = open.pop();
      const lines = block?.condition === undefined ? [] : all.slice(block.index + 1, index + 1);
      if (block && isTorn(block, lines)) mistakes.push(tornMistake(host, block, lines));
      else if (block && condition !== undefined && block.condition === undefined) {
        mistakes.push(conditionalEnd(block, line, condition));
      }
    }
  }
  return mistakes;
}

function hasConditions(source: SourceFile): boolean {
  // The lines are put together when they are asked for.
  if (!source.text.includes("@")) return false;
  return source.lines.some(
    (line) => line.text.includes("@") && line.parts.some(({ kind }) => kind === "condition"),
  );
}

function openBlock(open: OpenBlock[], block: OpenBlock): void {
  const before = open[open.length - 1];
  const follows = before?.index === block.index - 1;
  if (before && follows && block.condition !== undefined && before.condition !== undefined) {
    before.alternatives ||= before.condition !== block.condition;
    if (before.alternatives) return;
  }
  open.push(block);
}

function conditionOf(line: WrittenLine): string | undefined {
  const part = line.line.parts.find((one) => one.kind === "condition");
  return part && partText(line, part).trim();
}

function isTorn({ condition, alternatives }: OpenBlock, lines: readonly WrittenLine[]): boolean {
  return (
    condition !== undefined &&
    !alternatives &&
    lines.some((line) => !isDroppedWith(condition, conditionOf(line)))
  );
}

/** Whether a line is dropped on every host that drops the header. */
function isDroppedWith(header: string, line: string | undefined): boolean {
  if (line === header) return true;
  const excluded = /^@\^(.*)/.exec(header)?.[1];
  return excluded !== undefined && line !== undefined && !line.startsWith("@^") && line.slice(1) !== excluded;
}

function tornMistake(host: Host, { line, condition }: OpenBlock, lines: readonly WrittenLine[]): Mistake {
  const file = line.source.path;
  const part = line.line.parts.find((one) => one.kind === "condition");
  const start = line.line.start + (part?.start ?? 0);
  const at = placeOf(file, start, codeEnd(line));
  // Where the header is dropped, everything that is left of the block is misread.
  const dropped = line.statements.length === 0;
  const claims = dropped ? [at, ...lines.map((one) => one.at), ...strayBrace(host, lines)] : [at];
  const conditioned = lines.filter((one) => conditionOf(one) !== condition);
  const free = conditioned.every((one) => conditionOf(one) === undefined);
  const edits = free ? conditioned.map((one) => conditionEdit(one, condition ?? "")) : undefined;
  return { rule: "lex-condition-on-block-open", at, claims, subject: condition, edits };
}

/** The closing brace alone stands under a condition: where it does not hold, the block goes on. */
function conditionalEnd(block: OpenBlock, line: WrittenLine, condition: string): Mistake {
  const part = line.line.parts.find((one) => one.kind === "condition");
  const start = line.line.start + (part?.start ?? 0);
  const at = placeOf(line.source.path, start, codeEnd(line));
  const edits = [{ at: placeOf(at.file, start, line.line.start + (part?.end ?? 0)), text: "" }];
  const claims = line.statements.length > 0 ? [at] : [at, block.line.at];
  return { rule: "lex-condition-on-block-open", at, claims, subject: condition, word: undefined, edits };
}

/** The brace further down that closes nothing, because the block's own one closed the block around it. */
function strayBrace(host: Host, lines: readonly WrittenLine[]): readonly Place[] {
  const end = lines.at(-1)?.at;
  const stray = host.findings.find(
    ({ kind, at }) => kind === "extra-close" && at.file === end?.file && at.span.start > end.span.end,
  );
  return stray ? [stray.at] : [];
}

/**
 * The lines of the block whose keyword a byte order mark stands before: keepalived does not know the keyword and reads
 * the inside as if it stood outside.
 */
export function linesLostToMark(host: Host): Mistake[] {
  const mark = host.syntaxFindings.find((finding) => finding.kind === "byte-order-mark")?.at;
  const block = host.statements[0];
  if (!mark || !block || lineAt(host, mark) !== lineAt(host, block.line.at)) return [];
  const lost = [...walk(inside(block))].map(({ words: [word], line: { at } }) => ({ word, at }));
  const close = block.body?.close;
  const places = close ? [...lost, { word: undefined, at: close }] : lost;
  return places.map(({ word, at }) => ({ rule: "lex-line-lost", at, claims: [], word }));
}

function conditionEdit(line: WrittenLine, condition: string): Edit {
  const start = line.line.start + line.line.text.search(/\S/);
  return { at: placeOf(line.source.path, start, start), text: `${condition} ` };
}
