/** Where reading stopped short of meaning: what is absent there proves nothing. */
import type { Place } from "../diagnostic.ts";
import type { Finding, Statement } from "../schema/statement.ts";
import { walk } from "../schema/statement.ts";
import type { SyntaxFinding } from "../syntax/tree.ts";

/** Findings after which lines may be missing that keepalived would read. */
const hiding: ReadonlySet<SyntaxFinding["kind"]> = new Set([
  "include-not-found",
  "include-quoted",
  "include-directory",
  "include-cycle",
  "include-with-variable",
  "include-not-read",
]);

/** Findings that say that keepalived reads lines of the block in another way than the author meant them. */
const misreading: ReadonlySet<Finding["kind"]> = new Set([
  "unknown-block",
  "missing-open",
  "missing-close",
  "extra-close",
  "unexpected-open",
  "lost-line",
]);

/** Braces are so wrong somewhere that whole blocks may be lost or stand in the wrong place. */
export function isMisread(findings: readonly Finding[]): boolean {
  return findings.some(({ kind }) => misreading.has(kind));
}

/**
 * The top-level blocks whose meaning is not known for certain. A finding behind a block belongs to it up to the next
 * block: after a brace too many the rest of the block stands there.
 */
export function uncertainBlocks(
  statements: readonly Statement[],
  findings: readonly Finding[],
  syntaxFindings: readonly SyntaxFinding[],
): ReadonlySet<Statement> {
  const uncertain = new Set(statements.filter(isUncertain));
  let blocks: BlocksByPlace | undefined;
  const blockBefore = (at: Place) => {
    blocks ??= new BlocksByPlace(statements.filter((statement) => statement.entry !== undefined));
    return blocks.before(at);
  };
  for (const { kind, at } of findings) {
    const block = misreading.has(kind) ? blockBefore(at) : undefined;
    if (block) uncertain.add(block);
  }
  for (const { kind, at } of syntaxFindings) {
    const block = hiding.has(kind) ? blockBefore(at) : undefined;
    if (block && endsBehind(block, at)) uncertain.add(block);
  }
  return uncertain;
}

const known = new WeakMap<Statement, boolean>();

/** A top-level block with a damaged statement, or with a word whose text is not known. */
export function isUncertain(block: Statement): boolean {
  const before = known.get(block);
  if (before !== undefined) return before;
  const uncertain = isDoubtful(block);
  known.set(block, uncertain);
  return uncertain;
}

function isDoubtful(block: Statement): boolean {
  for (const statement of walk([block]))
    if (statement.damaged || statement.words.some((word) => word.unknown)) return true;
  return false;
}

function endsBehind(block: Statement, place: Place): boolean {
  const close = block.body?.close;
  return close === undefined || close.file !== place.file || place.span.start < close.span.end;
}

class BlocksByPlace {
  readonly #byFile = new Map<string, Statement[]>();

  constructor(blocks: readonly Statement[]) {
    for (const block of blocks) {
      const inFile = this.#byFile.get(fileOf(block)) ?? [];
      this.#byFile.set(fileOf(block), inFile);
      inFile.push(block);
    }
    for (const inFile of this.#byFile.values()) inFile.sort((one, other) => startOf(one) - startOf(other));
  }

  /** The last block that starts at or before a place. */
  before(place: Place): Statement | undefined {
    const blocks = this.#byFile.get(place.file) ?? [];
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startOf(blocks[middle] as Statement) <= place.span.start) low = middle + 1;
      else high = middle;
    }
    return blocks[low - 1];
  }
}

function fileOf(block: Statement): string {
  return block.line.at.file;
}

function startOf(block: Statement): number {
  return block.line.at.span.start;
}
