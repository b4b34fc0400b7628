/** The lines of a host's files as keepalived reads them, fit to be written again or to be compared. */

import type { Host } from "../../model/host.ts";
import type { Finding, Statement } from "../../schema/statement.ts";
import { inside } from "../../schema/statement.ts";
import { commandWords } from "../../syntax/command.ts";
import type { Word } from "../../syntax/tree.ts";
import { quoted } from "../words.ts";

/** Findings behind which keepalived reads no further on the line. */
const unread: ReadonlySet<Finding["kind"]> = new Set(["extra-words", "flag-with-argument"]);

/** One host's statements without what keepalived does not read. */
export class Reading {
  readonly host: Host;
  /** The first word of a statement that keepalived does not read. */
  readonly #ends: ReadonlyMap<Statement, Word>;

  constructor(host: Host) {
    this.host = host;
    const ends = new Map<Statement, Word>();
    for (const { kind, statement, word } of host.findings)
      if (unread.has(kind) && statement && word && !ends.has(statement)) ends.set(statement, word);
    this.#ends = ends;
  }

  /** The words that count. */
  words(statement: Statement): readonly Word[] {
    const end = this.#ends.get(statement);
    const index = end === undefined ? -1 : statement.words.indexOf(end);
    return index < 1 ? statement.words : statement.words.slice(0, index);
  }

  /** The statements inside that keepalived knows, and that are known here. */
  inside(statement: Statement): readonly Statement[] {
    return inside(statement).filter(isPlain);
  }

  /** The statement as text that can stand in another file: variables replaced, conditions decided, no comments. */
  text(statement: Statement): string {
    const head = this.#line(statement);
    if (!statement.body) return head;
    const lines = this.inside(statement).flatMap((each) => this.text(each).split("\n"));
    return [`${head} {`, ...lines.map((line) => `    ${line}`), "}"].join("\n");
  }

  #line(statement: Statement): string {
    const words = this.words(statement);
    const { text } = statement.line;
    const whole = words.length === statement.words.length;
    return whole && !/[#!]/.test(text.replaceAll(/"[^"]*"/g, ""))
      ? text
      : words.map((word) => quoted(word.text)).join(" ");
  }

  /** Equal for statements that mean the same. */
  meaning(statement: Statement): string {
    const [keyword] = statement.words;
    const runs = !statement.data && statement.entry?.args[0]?.value.is === "command";
    const words = runs && keyword ? [keyword, ...commandWords(statement.line)] : this.words(statement);
    const head = words.map(({ text }) => (/^[^\s"{}]+$/.test(text) ? text : JSON.stringify(text))).join(" ");
    if (!statement.body) return head;
    return `${head} { ${this.inside(statement)
      .map((each) => this.meaning(each))
      .join("; ")} }`;
  }
}

/** A statement that keepalived knows, with words that are known here. */
export function isPlain(statement: Statement): boolean {
  return isKnown(statement) && !statement.words.some(({ unknown }) => unknown);
}

/** A line of data, or a keyword that may stand where it does. */
export function isKnown(statement: Statement): boolean {
  return statement.data || statement.entry !== undefined;
}

/** The keyword of a statement, empty for a line of data. */
export function keywordIn(statement: Statement): string {
  return statement.data ? "" : (statement.words[0]?.text ?? "");
}
