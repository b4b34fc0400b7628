/**
 * Logical lines to statements, as the author meant them: braces make blocks, the schema tells which keyword has one, and
 * where a brace is missing indentation and vocabulary decide. What keepalived makes of the same lines is in literal.ts;
 * lines on which the two differ are reported as lost.
 */
import type { Place } from "../diagnostic.ts";
import type { Expansion } from "../syntax/expand.ts";
import type { LogicalLine } from "../syntax/tree.ts";
import { blocksWith } from "./index.ts";
import { lostLines } from "./literal.ts";
import { nearest } from "./nearest.ts";
import type { Body, Finding, Statement, StructureFindingKind } from "./statement.ts";
import type { Keyword } from "./types.ts";
import { type Vocabulary, vocabularyOf } from "./vocabulary.ts";

export interface Tree {
  readonly statements: readonly Statement[];
  /** Structure findings in the order of the file, lost lines last. */
  readonly findings: readonly Finding[];
}

/** Builds the tree. Any sequence of lines gives one; what does not fit is in `findings`. */
export function buildTree(
  expansion: Pick<Expansion, "lines" | "literal" | "truncated">,
  root: readonly Keyword[],
): Tree {
  const builder = new Builder(root, lacksClose(expansion.lines));
  for (const line of expansion.lines) builder.take(line);
  builder.finish(expansion.truncated);
  const findings = [...builder.findings];
  for (const lost of lostLines(expansion.literal, root, builder.headers, findings)) findings.push(lost);
  return { statements: builder.statements, findings };
}

/** More braces open than close. Only then indentation is asked which one is missing: badly indented files are common. */
function lacksClose(lines: readonly LogicalLine[]): boolean {
  let depth = 0;
  for (const line of lines) {
    if (line.is === "open") depth++;
    else if (line.is === "close" && depth > 0) depth--;
  }
  return depth > 0;
}

interface OpenBlock {
  /** Undefined for the top level and for braces that no keyword opens. */
  readonly statement: Statement | undefined;
  readonly vocabulary: Vocabulary;
  readonly statements: Statement[];
  readonly indent: number;
  readonly opened: Place | undefined;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

class Builder {
  readonly statements: Statement[] = [];
  readonly findings: Finding[] = [];
  /** The header of the block in which each line is meant (null at the top level), to compare with keepalived's reading. */
  readonly headers = new Map<LogicalLine, LogicalLine | null>();
  readonly #root: readonly Keyword[];
  readonly #lacksClose: boolean;
  readonly #blocks: OpenBlock[];
  /** A keyword whose block has not been opened yet. */
  #waiting: Statement | undefined;

  constructor(root: readonly Keyword[], lacksClose: boolean) {
    this.#root = root;
    this.#lacksClose = lacksClose;
    const vocabulary = vocabularyOf(root);
    this.#blocks = [
      { statement: undefined, vocabulary, statements: this.statements, indent: -1, opened: undefined },
    ];
  }

  take(line: LogicalLine): void {
    if (line.is === "open") this.#open(line);
    else if (line.is === "close") this.#close(line);
    else this.#words(line);
  }

  /** Reports blocks that are still open at the end of the text, unless the text was not read to its end. */
  finish(truncated: boolean): void {
    if (truncated) return;
    if (this.#waiting) this.#leaveUnopened(this.#waiting);
    while (this.#blocks.length > 1) this.#missingClose();
  }

  get #inner(): OpenBlock {
    return this.#blocks[this.#blocks.length - 1] as OpenBlock;
  }

  #open(line: LogicalLine): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    const last = this.#inner.statements[this.#inner.statements.length - 1];
    const opener = waiting ?? this.#unknownBlock(line, last);
    if (opener) {
      this.#enter(opener, line.at);
      return;
    }
    this.#report("unexpected-open", line.at, last);
    // The brace that closes it must not close the block around it.
    const { vocabulary, statements, statement, indent } = this.#inner;
    this.#blocks.push({ statement, vocabulary, statements, indent, opened: line.at });
  }

  /** The statement before the brace when it is one that no block was expected of: an unknown keyword or a data line. */
  #unknownBlock(line: LogicalLine, last: Statement | undefined): Statement | undefined {
    if (!last || last.body || last.entry || last.data) return undefined;
    if (last.line.reported.file !== line.reported.file) return undefined;
    const found = this.findings.length - 1;
    const finding = this.findings[found];
    if (finding?.statement !== last && !last.damaged) return undefined;
    if (finding?.statement === last && finding.kind === "unknown-keyword") {
      this.findings[found] = { ...finding, kind: "unknown-block" };
    }
    (last as Mutable<Statement>).damaged = true;
    return last;
  }

  #enter(statement: Statement, opened: Place | undefined): void {
    const statements: Statement[] = [];
    (statement as Mutable<Statement>).body = { open: opened, close: undefined, statements };
    const vocabulary = this.#vocabularyInside(statement);
    this.#blocks.push({ statement, vocabulary, statements, indent: statement.line.indent, opened });
  }

  /** An unknown block is read as the block its name was probably meant to be, or as anything at all. */
  #vocabularyInside(statement: Statement): Vocabulary {
    if (statement.entry) return vocabularyOf(statement.entry);
    const name = statement.words[0]?.text ?? "";
    const around = this.#inner.vocabulary;
    const meant = nearest(name, around.names()) ?? nearest(name, vocabularyOf(this.#root).names());
    const entry =
      around.find(name) ??
      (meant === undefined ? undefined : (around.find(meant) ?? vocabularyOf(this.#root).find(meant)));
    return entry && (entry.keywords || entry.lines) ? vocabularyOf(entry) : vocabularyOf(undefined);
  }

  #close(line: LogicalLine): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.#leaveUnopened(waiting);
    if (this.#blocks.length === 1) {
      this.#report("extra-close", line.at, undefined);
      return;
    }
    // A brace further left than the block it would close belongs to a block around it.
    while (this.#blocks.length > 2 && this.#closesOuter(line)) this.#missingClose();
    const { statement, statements } = this.#blocks.pop() as OpenBlock;
    if (statement && this.#inner.statement !== statement)
      setBody(statement, { ...body(statement, statements), close: line.at });
  }

  #closesOuter(line: LogicalLine): boolean {
    const outer = this.#blocks[this.#blocks.length - 2] as OpenBlock;
    if (!this.#lacksClose || !isFirstOnItsLine(line) || outer.statement === undefined) return false;
    return line.indent < this.#inner.indent && line.indent === outer.indent && sameFile(line, this.#inner);
  }

  #words(line: LogicalLine): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) {
      this.#report("missing-open", waiting.line.at, waiting, line.words[0]?.via ?? line.at);
      (waiting as Mutable<Statement>).damaged = true;
      if (this.#belongsOutside(line, waiting)) setBody(waiting, undefined);
      else this.#enter(waiting, undefined);
    }
    while (this.#blocks.length > 1 && this.#startsOuter(line)) this.#missingClose();
    this.#add(line);
  }

  /** After a block keyword without brace: the line is no part of its block but a neighbour. */
  #belongsOutside(line: LogicalLine, waiting: Statement): boolean {
    const name = line.words[0]?.text ?? "";
    const inside = vocabularyOf(waiting.entry as Keyword);
    if (inside.find(name)) return false;
    return this.#inner.vocabulary.find(name) !== undefined && line.indent <= waiting.line.indent;
  }

  /**
   * The line is a keyword of a block further out and stands no deeper than the innermost block's own header: the closing
   * brace is missing. Without indentation only a block that can stand nowhere else tells.
   */
  #startsOuter(line: LogicalLine): boolean {
    const name = line.words[0]?.text ?? "";
    const inner = this.#inner;
    if (
      !(this.#lacksClose || this.#standsLeftOf(line, inner)) ||
      !isFirstOnItsLine(line) ||
      line.condition !== undefined ||
      !sameFile(line, inner)
    )
      return false;
    if (line.indent > inner.indent || (inner.vocabulary.data === undefined && inner.vocabulary.find(name)))
      return false;
    return this.#outerBlocks().some(
      (block) => block.vocabulary.data === undefined && block.vocabulary.find(name),
    );
  }

  /**
   * Braces may come out even although one is missing here and one elsewhere. A block that can stand only at the top
   * level, no deeper than the header of an indented block, shows it.
   */
  #standsLeftOf(line: LogicalLine, inner: OpenBlock): boolean {
    const entry = vocabularyOf(this.#root).find(line.words[0]?.text ?? "");
    const [first] = inner.statements;
    if (!first || !entry || !(entry.keywords || entry.lines)) return false;
    return line.indent <= inner.indent && first.line.indent > inner.indent;
  }

  /** Deep nests of stray braces are cut short: no configuration has them, and each line would look at all. */
  #outerBlocks(): readonly OpenBlock[] {
    return [this.#blocks[0] as OpenBlock, ...this.#blocks.slice(-21, -1)];
  }

  #missingClose(): void {
    const { statement, statements, opened } = this.#blocks.pop() as OpenBlock;
    const at = opened ?? statement?.line.at;
    if (at && statement !== this.#inner.statement) this.#report("missing-close", at, statement);
    if (statement && this.#inner.statement !== statement) setBody(statement, body(statement, statements));
  }

  /** The block keyword stands alone before a closing brace or the end. */
  #leaveUnopened(statement: Statement): void {
    if (!statement.entry?.blockOptional) this.#report("missing-open", statement.line.at, statement);
    (statement as Mutable<Statement>).damaged = !statement.entry?.blockOptional;
  }

  #add(line: LogicalLine): void {
    const { vocabulary, statement: parent, statements } = this.#inner;
    const data = vocabulary.data !== undefined;
    const name = line.words[0]?.text ?? "";
    const entry = data ? undefined : vocabulary.find(name);
    const damaged = parent?.entry === undefined && parent !== undefined;
    const statement: Statement = { words: line.words, line, parent, entry, data, body: undefined, damaged };
    statements.push(statement);
    // Inside an unknown block keepalived never reads a line as meant.
    if (!damaged) this.headers.set(line, parent?.line ?? null);
    if (entry && (entry.keywords || entry.lines)) this.#waiting = statement;
    else if (!data && !entry && !vocabulary.anything) this.#unknown(statement, vocabulary);
  }

  #unknown(statement: Statement, vocabulary: Vocabulary): void {
    const [word] = statement.words;
    if (!word) return;
    const elsewhere = blocksWith(word.text);
    const kind = elsewhere.length > 0 ? "wrong-block" : "unknown-keyword";
    const suggestion = elsewhere.length > 0 ? elsewhere.join(", ") : nearest(word.text, vocabulary.names());
    this.findings.push({
      kind,
      at: word.at,
      statement,
      word,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }

  /** `noticed`: where keepalived notices it, and names that line. */
  #report(kind: StructureFindingKind, at: Place, statement: Statement | undefined, noticed?: Place): void {
    const related = noticed ? [{ at: noticed, message: "keepalived reports this line" }] : [];
    this.findings.push({ kind, at, statement, ...(noticed && { related }) });
  }
}

/** The body of a block to which nothing is added any more; a list that grew has room for a dozen more. */
function body(statement: Statement, statements: readonly Statement[]): Body {
  return { open: statement.body?.open, close: statement.body?.close, statements: statements.slice() };
}

function setBody(statement: Statement, value: Body | undefined): void {
  (statement as Mutable<Statement>).body = value;
}

function isFirstOnItsLine(line: LogicalLine): boolean {
  const { file, span } = line.reported;
  const at = line.words[0]?.via ?? line.at;
  return at.file === file && at.span.start - span.start <= line.indent + 1;
}

function sameFile(line: LogicalLine, block: OpenBlock): boolean {
  return block.statement === undefined || block.statement.line.reported.file === line.reported.file;
}
