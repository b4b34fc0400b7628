/** Edits that bring a host's text in line with another's. Each is undefined where the text is not what it seems. */
import type { Edit, Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { quoted } from "../../rules/across/edits.ts";
import { deleteLines, insertAfter, insertAtTop, insertBefore } from "../../rules/edits.ts";
import { inside, type Statement, walk } from "../../schema/statement.ts";
import type { Word } from "../../syntax/tree.ts";

/**
 * The word with another text, its quotes kept. A word that comes from a definition is changed there if nothing else
 * uses it, else where it is used.
 */
export function setWord(host: Host, word: Word | undefined, text: string): Edit | undefined {
  if (!word?.exact) return undefined;
  const value = word.quoted ? `"${text}"` : text;
  if (!word.via) return { at: word.at, text: value };
  const all = [...walk(host.statements)].flatMap(({ words }) => words);
  const alike = (one: Word) => one !== word && one.via !== undefined;
  const shared = all.some((other) => alike(other) && overlaps(other.at, word.at));
  if (!shared) return { at: word.at, text: value };
  const { via } = word;
  const wide = all.some((other) => alike(other) && other.via && overlaps(other.via, via));
  return wide ? undefined : { at: via, text: value };
}

export function overlaps(one: Place, other: Place): boolean {
  if (one.file !== other.file) return false;
  return one.span.start < other.span.end && other.span.start < one.span.end;
}

/** A statement's words as another file can hold them; undefined when that would not read the same. */
export function copied(
  statement: Statement,
  change: (word: string, index: number) => string = (word) => word,
) {
  const words = statement.words.map((word, index) => {
    if (word.unknown) return undefined;
    const text = change(word.text, index);
    return word.quoted && !/["$\\\n]/.test(text) ? `"${text}"` : quoted(text);
  });
  return words.includes(undefined) ? undefined : words.join(" ");
}

/** The text of a host's file between two offsets of one place. */
export function rawText(host: Host, { file, span }: Place): string | undefined {
  return host.sources.find(({ path }) => path === file)?.text.slice(span.start, span.end);
}

/**
 * New lines in a block, at the place where the model's block has its statement: behind the nearest line before it that
 * both have, else before the nearest one after it, else at the top.
 */
export function insertLike(
  host: Host,
  block: Statement,
  model: Statement | undefined,
  lines: readonly string[],
): Edit | undefined {
  const text = lines.join("\n");
  const here = inside(block).filter(
    ({ data, line }) =>
      !data && line.condition === block.line.condition && line.at.file === block.line.at.file,
  );
  const order = model?.parent ? inside(model.parent) : [];
  const position = model ? order.indexOf(model) : -1;
  const twin = (statement: Statement) => {
    const keyword = statement.words[0]?.text;
    return here.findLast(({ words }) => words[0]?.text === keyword);
  };
  for (const before of order.slice(0, Math.max(position, 0)).toReversed()) {
    const found = twin(before);
    const edit = found && insertAfter(host, found, text);
    if (edit) return edit;
  }
  for (const after of order.slice(position + 1)) {
    const found = twin(after);
    const edit = found && insertBefore(host, found, text);
    if (edit) return edit;
  }
  return insertAtTop(host, block, text);
}

/** A block of its own with a blank line behind it, above a top-level statement and the comments that belong to that. */
export function insertAbove(host: Host, statement: Statement, lines: readonly string[]): Edit | undefined {
  const plain = insertBefore(host, statement, "");
  const text = host.sources.find(({ path }) => path === plain?.at.file)?.text.toString();
  if (!plain || text === undefined || statement.line.condition) return undefined;
  let { start } = plain.at.span;
  for (;;) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (start === 0 || !/^[ \t]*[#!]/.test(text.slice(above, start))) break;
    start = above;
  }
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const blank = /(^|\n[ \t\r]*\n)$/.test(text.slice(0, start)) ? [] : [""];
  const added = [...blank, ...lines, ""].map((line) => line + eol).join("");
  return { at: { file: plain.at.file, span: { start, end: start } }, text: added };
}

/**
 * Deletes a statement with its lines. Lines inside that are nothing but a comment stay: they may be meant for more than
 * what goes.
 */
export function removal(host: Host, statement: Statement): readonly (Edit | undefined)[] {
  const whole = deleteLines(host, statement);
  const text = whole && rawText(host, whole.at);
  if (!whole || text === undefined || !statement.body) return [whole];
  const { file, span } = whole.at;
  const edits: Edit[] = [];
  let at = span.start;
  for (const line of text.split(/(?<=\n)/)) {
    const last = edits.at(-1);
    const end = at + line.length;
    if (!/^\s*[#!]/.test(line)) {
      if (last?.at.span.end === at) edits.pop();
      const start = last?.at.span.end === at ? last.at.span.start : at;
      edits.push({ at: { file, span: { start, end } }, text: "" });
    }
    at = end;
  }
  return edits;
}
