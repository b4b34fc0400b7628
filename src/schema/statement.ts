/** Logical lines as a tree of statements: what the schema and the stack of braces make of them. */
import type { Place, Related } from "../diagnostic.ts";
import type { LogicalLine, Word } from "../syntax/tree.ts";
import type { Keyword } from "./types.ts";

/** A keyword with its words and, for a block, its inside; or one data line of a data block. */
export interface Statement {
  /** All words; the first is the keyword, or the first datum of a data line. */
  readonly words: readonly Word[];
  readonly line: LogicalLine;
  readonly parent: Statement | undefined;
  /** The schema entry; absent for data lines and unknown keywords. */
  readonly entry: Keyword | undefined;
  /** A line of data inside `parent` (virtual_ipaddress and the like). */
  readonly data: boolean;
  /** Present when it has a block. */
  readonly body: Body | undefined;
  /** Opens no block though it should, or is an unknown block, or lies in one: rules about absence stay silent. */
  readonly damaged: boolean;
}

export interface Body {
  /** Absent when the brace is missing and keepalived reads on as if it were there. */
  readonly open: Place | undefined;
  readonly close: Place | undefined;
  readonly statements: readonly Statement[];
}

export type StructureFindingKind =
  | "unknown-keyword"
  | "unknown-block" // an unknown keyword that opens a block
  | "wrong-block" // a keyword that exists, but not in this block; `subject` names where it belongs
  | "missing-open"
  | "missing-close"
  | "extra-close"
  | "unexpected-open"
  | "block-extra-words"
  | "lost-line"; // keepalived does not read this line as written, because of `related`

export type ValueFindingKind =
  | "missing-value"
  | "extra-words"
  | "flag-with-argument"
  | "bad-number" // not a number at all, hex, unit or junk
  | "out-of-range"
  | "bad-word" // not one of the accepted words
  | "bad-bool"
  | "bad-address"
  | "bad-option" // an unknown or incomplete option
  | "misplaced-option" // an option behind one that ends the line, which is `expected`
  | "incomplete-line" // a line of data without what it is about
  | "second-option" // another of what may stand once on a line
  | "lacks-companion" // an option without another one that it needs
  | "mixed-families" // IPv4 and IPv6 on a line
  | "too-long"
  | "bad-value";

/** Something the tree or the values of a file show; rules turn findings into diagnostics. */
export interface Finding {
  readonly kind: StructureFindingKind | ValueFindingKind;
  readonly at: Place;
  readonly statement: Statement | undefined;
  /** The word that is wrong, if one is. */
  readonly word?: Word;
  /** What was expected, in words: "a number from 1 to 255". */
  readonly expected?: string;
  /** The nearest known name, the block where a keyword belongs, and the like. */
  readonly suggestion?: string;
  readonly related?: readonly Related[];
}

/** keepalived's name path of a statement: `vrrp_instance/authentication/auth_pass`. */
export function pathOf(statement: Statement): string {
  const name = statement.words[0]?.text ?? "";
  return statement.parent ? `${pathOf(statement.parent)}/${name}` : name;
}

/** The statements directly inside, none for a statement without block. */
export function inside(statement: Statement): readonly Statement[] {
  return statement.body?.statements ?? [];
}

/** All statements of a tree, outer before inner, in the order of the file; however deep it is. */
export function* walk(statements: readonly Statement[]): Generator<Statement> {
  const waiting = statements.toReversed();
  for (let statement = waiting.pop(); statement; statement = waiting.pop()) {
    yield statement;
    for (const inner of inside(statement).toReversed()) waiting.push(inner);
  }
}

/** The statements directly inside that have this keyword. */
export function named(statements: readonly Statement[], keyword: string): readonly Statement[] {
  if (statements.length >= long) return indexOf(statements).get(keyword) ?? [];
  return statements.filter((statement) => !statement.data && statement.words[0]?.text === keyword);
}

/** Lists from this length on, such as the top level of a large file, are worth an index. */
const long = 64;
const indices = new WeakMap<readonly Statement[], ReadonlyMap<string, readonly Statement[]>>();

function indexOf(statements: readonly Statement[]): ReadonlyMap<string, readonly Statement[]> {
  const known = indices.get(statements);
  if (known) return known;
  const found = new Map<string, Statement[]>();
  for (const statement of statements) {
    const keyword = statement.words[0]?.text;
    if (statement.data || keyword === undefined) continue;
    const others = found.get(keyword);
    if (others) others.push(statement);
    else found.set(keyword, [statement]);
  }
  indices.set(statements, found);
  return found;
}
