/** Comments in the manner of other languages: `//` and the pair of slash-star and star-slash. */
import type { Edit } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { bind } from "../../schema/bind.ts";
import type { Finding, Statement } from "../../schema/statement.ts";
import type { Word } from "../../syntax/tree.ts";
import { type Mistake, placeOf } from "./mistake.ts";
import { codeEnd, findingsOf, partText, type WrittenLine, wordAt, writtenLines } from "./written.ts";

/** Kinds of values in which two slashes may be meant: as part of a path, a password, a program's argument. */
const freeKinds: ReadonlySet<string> = new Set(["text", "path", "command", "name", "email"]);

/** Every `//` that begins what its author takes for a comment. */
export function slashComments(host: Host): Mistake[] {
  return writtenLines(host).flatMap((line) => {
    const found = slashAt(host, line);
    return found ? [slashMistake(line, found)] : [];
  });
}

interface Slashes {
  /** Offset of the two slashes in the file. */
  readonly start: number;
  readonly harmless: boolean;
  readonly statement: Statement | undefined;
  /** No blank stands before them. */
  readonly glued: boolean;
}

function slashAt(host: Host, line: WrittenLine): Slashes | undefined {
  const parts = line.line.parts.filter((part) => part.kind !== "blank" && part.kind !== "bom");
  const [head, second] = parts;
  const first = head?.kind === "condition" ? second : head;
  for (const part of parts) {
    if (part.kind !== "word") continue;
    const text = partText(line, part);
    const start = line.line.start + part.start;
    if (text.startsWith("//")) {
      if (part === first) return { start, harmless: false, statement: undefined, glued: false };
      const found = wordAt(line, start);
      if (found && isComment(found.statement, found.word)) {
        return { start, ...judged(host, line, found, start), glued: false };
      }
    }
    const inside = text.search(/[^:/]\/\//);
    if (inside === -1) continue;
    const found = wordAt(line, start);
    if (found && isBroken(host, found.statement, found.word)) {
      return { start: start + inside + 1, harmless: false, statement: found.statement, glued: true };
    }
  }
  return undefined;
}

/** Two slashes alone are always meant as a comment; glued to text only where no free value is expected. */
function isComment(statement: Statement, word: Word): boolean {
  if (word.text === "//") return true;
  const bound = bind(statement)?.bound.find((one) => one.word.at.span.start === word.at.span.start);
  return !bound || !freeKinds.has(bound.arg.value.is);
}

/** Behind a complete statement keepalived ignores the words; as a value, an option or a line of their own it does not. */
function judged(
  host: Host,
  line: WrittenLine,
  { statement, index }: { readonly statement: Statement; readonly index: number },
  start: number,
): { readonly harmless: boolean; readonly statement: Statement } {
  const braces = line.line.parts.some(
    (part) => (part.kind === "open" || part.kind === "close") && line.line.start + part.start > start,
  );
  const word = statement.words[index] as Word;
  const surplus = bind(statement)?.surplus.some((one) => one.at.span.start === word.at.span.start) ?? false;
  const refused = findingsOf(host, statement).some(
    (finding) => finding.kind === "bad-option" && finding.word === word,
  );
  // A line that is ignored as a whole is ignored with its comment.
  const ignored = !statement.data && !statement.entry;
  return { harmless: index > 0 && (surplus || ignored) && !refused && !braces, statement };
}

/** Names of things outside the file, which never hold two slashes. */
const namesOutside: ReadonlySet<string> = new Set(["interface", "user", "group"]);

function isBroken(host: Host, statement: Statement, word: Word): boolean {
  const broken = (finding: Finding) =>
    finding.word?.at.span.start === word.at.span.start &&
    finding.kind !== "extra-words" &&
    finding.kind !== "too-long";
  if (findingsOf(host, statement).some(broken)) return true;
  const bound = bind(statement)?.bound.find((one) => one.word.at.span.start === word.at.span.start);
  return bound !== undefined && namesOutside.has(bound.arg.value.is);
}

function slashMistake(line: WrittenLine, { start, harmless, statement, glued }: Slashes): Mistake {
  const end = Math.max(codeEnd(line), start + 2);
  const file = line.source.path;
  const edits = [{ at: placeOf(file, start, start + 2), text: glued ? " #" : "#" }];
  const rest = placeOf(file, start, line.at.span.end);
  const word = glued && statement ? statement.words.find((one) => one.at.span.end >= start + 2) : undefined;
  const claims = word ? [rest, word.at] : [rest];
  return {
    rule: "lex-slash-slash-comment",
    at: placeOf(file, start, end),
    claims,
    harmless,
    statement,
    edits,
  };
}

/** Every slash-star comment: the lines from its start to its end, which keepalived reads as configuration. */
export function starComments(host: Host): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const source of host.sources) {
    if (!source.text.includes("/*")) continue;
    let open: { readonly start: number; readonly lines: WrittenLine[] } | undefined;
    for (const line of writtenLines(host)) {
      if (line.source !== source) continue;
      const start = open ? line.line.start : starAt(line);
      if (start === undefined) continue;
      open ??= { start, lines: [] };
      open.lines.push(line);
      const from = open.lines.length > 1 ? line.line.start : start + 2;
      if (source.text.slice(from, line.at.span.end).includes("*/")) {
        mistakes.push(starMistake(open.start, open.lines, true));
        open = undefined;
      }
    }
    const [first] = open?.lines ?? [];
    if (open && first) mistakes.push(starMistake(open.start, [first], false));
  }
  return mistakes;
}

/** Where a slash-star starts on a line: as its first word, or behind a value that needs no path. */
function starAt(line: WrittenLine): number | undefined {
  for (const part of line.line.parts) {
    if (part.kind === "comment" || part.kind === "includePath") return undefined;
    if (part.kind !== "word" || !partText(line, part).startsWith("/*")) continue;
    const start = line.line.start + part.start;
    const found = wordAt(line, start);
    if (!found || found.index === 0) return start;
    const surplus = bind(found.statement)?.surplus.some((word) => word.at.span.start === start);
    if (surplus) return start;
  }
  return undefined;
}

function starMistake(start: number, lines: readonly WrittenLine[], closed: boolean): Mistake {
  const file = (lines[0] as WrittenLine).source.path;
  const claims = lines.map((line, index) =>
    placeOf(file, index === 0 ? start : line.at.span.start, line.at.span.end),
  );
  const edits = closed ? lines.map((line, index) => hashEdit(line, index === 0 ? start : undefined)) : [];
  const clear = closed && edits.every((edit) => edit !== undefined);
  const last = lines[lines.length - 1] as WrittenLine;
  const at = placeOf(file, start, codeEnd(last));
  return { rule: "lex-c-comment", at, claims, edits: clear ? (edits as Edit[]) : undefined };
}

/** Turns one line of the comment into a comment of keepalived; undefined when code follows the end of the comment. */
function hashEdit(line: WrittenLine, start: number | undefined): Edit | undefined {
  const { text } = line.line;
  const from = start === undefined ? text.search(/\S/) : start - line.line.start;
  const to = line.at.span.end - line.line.start;
  const old = text.slice(from, to);
  const body = old.replace(/^\/\*+|^\*(?!\/)/, "").replace(/\*\/\s*$/, "");
  if (body.includes("*/")) return undefined;
  const comment = `#${body.startsWith(" ") || body === "" ? "" : " "}${body}`.trimEnd();
  return { at: placeOf(line.source.path, line.line.start + from, line.line.start + to), text: comment };
}
