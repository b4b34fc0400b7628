/**
 * What keepalived makes of the same lines (lib/parser.c, process_stream and alloc_value_block). An unknown keyword
 * leaves its `{` to be ignored and its `}` to close the block around it, and from there on lines are read in a block
 * they were not written for. Those lines are the ones an author needs to see.
 */
import type { Place } from "../diagnostic.ts";
import type { LogicalLine } from "../syntax/tree.ts";
import type { Finding, StructureFindingKind } from "./statement.ts";
import type { Keyword } from "./types.ts";
import { type Vocabulary, vocabularyOf } from "./vocabulary.ts";

interface Reading {
  readonly line: LogicalLine;
  /** The header of the block in which keepalived reads the line, null at the top level; undefined when it knows no such keyword there. */
  readonly header: LogicalLine | null | undefined;
}

interface OpenBlock {
  vocabulary: Vocabulary;
  readonly header: LogicalLine | null;
  /** The block's `{` has not come yet. */
  needsOpen: boolean;
}

/**
 * keepalived's processes read the file one after the other, and each knows the inside of its own blocks only. Another
 * process's block is skipped by counting braces; one without `{` is not skipped at all, so its lines are read as if
 * they stood outside of it.
 */
const checkerBlocks: ReadonlySet<string> = new Set(["virtual_server", "virtual_server_group", "SSL"]);
const parentBlocks: ReadonlySet<string> = new Set(["global_defs", "linkbeat_use_polling"]);
const sharedBlocks: ReadonlySet<string> = new Set(["bfd_instance", "track_file", "vrrp_track_file"]);

type KnowsInside = (block: string) => boolean;

const vrrpProcess: KnowsInside = (block) => !checkerBlocks.has(block) && !parentBlocks.has(block);

const processes: readonly KnowsInside[] = [
  (block) => parentBlocks.has(block),
  vrrpProcess,
  (block) => checkerBlocks.has(block) || sharedBlocks.has(block),
  (block) => block === "bfd_instance",
];

/** Where in a block that the process does not know. */
type Skipping = "no" | "before its brace" | number;

/**
 * Reads the lines as one of keepalived's processes does; one entry per line of words and per brace it stumbles over.
 * Before each line, and at the end, it tells whether it is outside of everything.
 */
function readLiterally(
  lines: readonly LogicalLine[],
  root: readonly Keyword[],
  knowsInside: KnowsInside,
  notice: (line: LogicalLine | undefined, isOutside: boolean) => void = () => undefined,
): readonly Reading[] {
  const blocks: OpenBlock[] = [{ vocabulary: vocabularyOf(root), header: null, needsOpen: false }];
  const readings: Reading[] = [];
  // Braces are counted apart from blocks: a block without `{` ends at a `}` that is one too many.
  let depth = 0;
  let skipping: Skipping = "no";
  const isOutside = () => blocks.length === 1 && depth === 0 && skipping === "no";
  for (const line of lines) {
    notice(line, isOutside());
    const surplus = line.is === "close" && depth === 0;
    if (line.is === "open") depth++;
    else if (line.is === "close") depth = Math.max(depth - 1, 0);
    if (surplus) readings.push({ line, header: undefined });
    skipping = skippingAt(line, skipping);
    if (skipping !== "no") {
      if (skipping === 0) skipping = "no";
      continue;
    }
    const block = blocks[blocks.length - 1] as OpenBlock;
    const { needsOpen } = block;
    block.needsOpen = false;
    if (line.is === "open") {
      if (!needsOpen) readings.push({ line, header: undefined });
      continue;
    }
    if (line.is === "close") {
      if (blocks.length > 1) blocks.pop();
      else if (!surplus) readings.push({ line, header: undefined });
      continue;
    }
    const name = line.words[0]?.text ?? "";
    const entry = block.vocabulary.data ? undefined : block.vocabulary.find(name);
    const known = block.vocabulary.data !== undefined || entry !== undefined;
    readings.push({ line, header: known ? block.header : undefined });
    if (!entry || !(entry.keywords || (entry.lines && !entry.blockOptional))) continue;
    if (blocks.length === 1 && !knowsInside(name)) skipping = "before its brace";
    else blocks.push({ vocabulary: vocabularyOf(entry), header: line, needsOpen: true });
  }
  notice(undefined, isOutside());
  return readings;
}

/**
 * The lines before which all of keepalived's processes are outside of every block, so that what stands above does not
 * matter for them; undefined among them stands for the end.
 */
export function freshStarts(
  lines: readonly LogicalLine[],
  root: readonly Keyword[],
): ReadonlySet<LogicalLine | undefined> {
  const fresh = new Set<LogicalLine | undefined>([...lines, undefined]);
  for (const knowsInside of processes)
    readLiterally(lines, root, knowsInside, (line, isOutside) => {
      if (!isOutside) fresh.delete(line);
    });
  return fresh;
}

/** The state behind a line: a number counts the braces of the skipped block that are still open, 0 at its last one. */
function skippingAt(line: LogicalLine, before: Skipping): Skipping {
  if (before === "no") return "no";
  if (before === "before its brace") return line.is === "open" ? 1 : "no";
  if (line.is === "open") return before + 1;
  return line.is === "close" ? before - 1 : before;
}

/** Findings after which keepalived may read lines in another block than they are meant for. */
export const causes: ReadonlySet<StructureFindingKind | string> = new Set([
  "unknown-block",
  "wrong-block",
  "missing-open",
  "missing-close",
  "extra-close",
  "unexpected-open",
]);

/**
 * The lines that keepalived does not read as they are meant, each with the finding that is the cause. `meant` holds
 * the header of the block of every line of the tree; lines on which something else is already reported are left out.
 */
export function* lostLines(
  lines: readonly LogicalLine[],
  root: readonly Keyword[],
  meant: ReadonlyMap<LogicalLine, LogicalLine | null>,
  findings: readonly Finding[],
): Generator<Finding> {
  const damaged = findings.some((finding) => causes.has(finding.kind));
  const undefinedVariables = lines.some((line) => !meant.has(line) && line.is === "words");
  if (!damaged && !undefinedVariables) return;
  const causeOf = causeFinder(findings);
  const reported = new Set(
    findings.flatMap((finding) => (finding.statement ? [lineKey(finding.statement.line)] : [])),
  );
  const braces = new Set(findings.map((finding) => placeKey(finding.at)));
  for (const line of misread(lines, root, meant)) {
    if (reported.has(lineKey(line))) continue;
    // The brace itself is reported already.
    if (line.is !== "words" && braces.has(placeKey(line.at))) continue;
    reported.add(lineKey(line));
    const cause = causeOf(line);
    const related = cause ? [{ at: cause.at, message: "because of this" }] : [];
    yield {
      kind: "lost-line",
      // A definition may be used in several places and be lost in one.
      at: line.words[0]?.via ?? line.at,
      statement: undefined,
      word: line.words[0] as NonNullable<Finding["word"]>,
      related,
    };
  }
}

/** The lines that any of keepalived's processes does not read in the block they are meant for, in their order. */
function misread(
  lines: readonly LogicalLine[],
  root: readonly Keyword[],
  meant: ReadonlyMap<LogicalLine, LogicalLine | null>,
): readonly LogicalLine[] {
  const found = new Set<LogicalLine>();
  for (const knowsInside of processes) {
    for (const { line, header } of readLiterally(lines, root, knowsInside)) {
      if (header === undefined || header !== meant.get(line)) found.add(line);
    }
  }
  return lines.filter((line) => found.has(line));
}

function lineKey(line: LogicalLine): string {
  return placeKey(line.reported);
}

function placeKey({ file, span }: Place): string {
  return `${span.start} ${file}`;
}

/** Finds the last structural problem above a line, or the first of all when none is above. */
function causeFinder(findings: readonly Finding[]): (line: LogicalLine) => Finding | undefined {
  const byFile = new Map<string, { start: number; finding: Finding }[]>();
  for (const finding of findings) {
    if (!causes.has(finding.kind)) continue;
    const at = finding.statement?.line.reported ?? finding.at;
    const causesHere = byFile.get(at.file) ?? [];
    byFile.set(at.file, causesHere);
    causesHere.push({ start: at.span.start, finding });
  }
  for (const list of byFile.values()) list.sort((one, other) => one.start - other.start);
  const first = findings.find((finding) => causes.has(finding.kind));
  return ({ reported }) => {
    const list = byFile.get(reported.file) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] as { start: number }).start <= reported.span.end) low = middle + 1;
      else high = middle;
    }
    return list[low - 1]?.finding ?? first;
  };
}
