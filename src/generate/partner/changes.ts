/**
 * Changes of a host's files by what they mean: words that are to be others, lines that are to be added. They become
 * edits of the text, and the text is read again to see that nothing else changed its meaning.
 */
import type { Edit, Place } from "../../diagnostic.ts";
import { applyEdits } from "../../edits.ts";
import type { Host } from "../../model/host.ts";
import { insertAfter } from "../../rules/edits.ts";
import { textAt } from "../../rules/support.ts";
import { inside, type Statement, walk } from "../../schema/statement.ts";
import type { Word } from "../../syntax/tree.ts";
import { anyOf } from "./pattern.ts";

/** What is to be different in the files of a host. */
export class Changes {
  readonly words = new Map<Word, string>();
  /** New lines behind statements, with the same indentation and condition. */
  readonly lines = new Map<Statement, readonly string[]>();

  /** Another text for a word; nothing where it is the same. */
  replace(word: Word, text: string): void {
    if (word.text !== text) this.words.set(word, text);
  }

  /** One more line behind a statement. */
  addAfter(statement: Statement, line: string): void {
    this.lines.set(statement, [...(this.lines.get(statement) ?? []), line]);
  }

  /** Nothing is to be different. */
  get isEmpty(): boolean {
    return this.words.size + this.lines.size === 0;
  }
}

/** The new texts by file, or the place that cannot be changed without changing something else. */
export type Rewritten =
  | { readonly texts: ReadonlyMap<string, string>; readonly host: Host; readonly stuck?: undefined }
  | { readonly stuck: Place };

/**
 * Makes the changes. A value that comes from a definition is changed there when all that use it change alike, else where
 * it is used. Names and addresses that are defined once are meant wherever they are used, also in commands; a number may
 * be the same by chance. `reread` reads the host again from new texts.
 */
export function rewrite(
  host: Host,
  changes: Changes,
  reread: (texts: ReadonlyMap<string, string>) => Host,
): Rewritten {
  const expected = meaning(host.statements, changes);
  let stuck: Place | undefined;
  for (const atDefinitions of [true, false]) {
    const moved = new Map<string, string>();
    const edits = editsOf(host, changes, atDefinitions ? usesOfDefinitions(host) : new Map(), moved);
    if (!Array.isArray(edits)) return { stuck: edits };
    const texts = textsAfter(host, edits);
    const after = reread(texts);
    if (agree(expected, meaning(after.statements, new Changes()), moved)) return { texts, host: after };
    stuck ??= edits[0]?.at ?? host.instances[0]?.at;
  }
  return { stuck: stuck ?? { file: host.file, span: { start: 0, end: 0 } } };
}

/** A word as it is to be; one that is not changed itself may hold a definition that is. */
interface Expected {
  readonly text: string;
  readonly changed: boolean;
}

/** A statement: how deep it stands, and its words. */
interface Line {
  readonly depth: number;
  readonly words: readonly Expected[];
}

/** The statements after the changes, a line for each. */
function meaning(statements: readonly Statement[], changes: Changes, depth = 0): readonly Line[] {
  return statements.flatMap((statement) => {
    const words = statement.words.map((word) => ({
      text: changes.words.get(word) ?? word.text,
      changed: changes.words.has(word),
    }));
    const added = (changes.lines.get(statement) ?? []).map((line) => ({
      depth,
      words: line.split(" ").map((text) => ({ text, changed: true })),
    }));
    return [{ depth, words }, ...meaning(inside(statement), changes, depth + 1), ...added];
  });
}

/** Whether the statements say what is expected, apart from definitions that moved on into words nobody looked at. */
function agree(
  expected: readonly Line[],
  actual: readonly Line[],
  moved: ReadonlyMap<string, string>,
): boolean {
  if (expected.length !== actual.length) return false;
  const olds = new RegExp(anyOf([...moved.keys()]), "g");
  const follow = (text: string) => text.replaceAll(olds, (old) => moved.get(old) ?? old);
  return expected.every(({ depth, words }, index) => {
    const line = actual[index];
    if (line?.depth !== depth || line.words.length !== words.length) return false;
    return words.every(({ text, changed }, at) => {
      const found = line.words[at]?.text;
      return found === text || (!changed && found === follow(text));
    });
  });
}

function textsAfter(host: Host, edits: readonly Edit[]): ReadonlyMap<string, string> {
  return new Map(
    host.sources.flatMap(({ path, text }) => {
      const here = edits.filter(({ at }) => at.file === path);
      return here.length > 0 ? [[path, applyEdits(text.toString(), here)] as const] : [];
    }),
  );
}

/** The edits of all changes, or the place of one that cannot be made. `moved` gets what is changed in definitions. */
function editsOf(
  host: Host,
  changes: Changes,
  uses: ReadonlyMap<string, readonly Word[]>,
  moved: Map<string, string>,
): Edit[] | Place {
  const edits: Edit[] = [];
  for (const [word, text] of changes.words) {
    const follows = !/^\d+$/.test(word.text);
    const here = uses.get(keyOf(word.at));
    const alike =
      here?.every((use) => (changes.words.get(use) ?? (follows ? text : undefined)) === text) ?? false;
    const edit = editOf(host, word, text, alike);
    if (!edit) return word.via ?? word.at;
    if (alike && follows) moved.set(word.text, text);
    edits.push(edit);
  }
  for (const [statement, lines] of changes.lines) {
    const edit = insertAfter(host, statement, lines.join("\n"));
    if (!edit) return statement.line.at;
    edits.push(edit);
  }
  return edits;
}

function editOf(host: Host, word: Word, text: string, atDefinition: boolean): Edit | undefined {
  const { at, via, quoted } = word;
  const written = quoted ? `"${text}"` : text;
  if (via && !atDefinition) return { at: via, text: written };
  const there = textAt(host, at);
  if (there === word.text) return { at, text };
  if (there === `"${word.text}"`) return { at, text: `"${text}"` };
  if (via) return { at: via, text: written };
  return there.includes("$") ? { at, text: behindVariables(there, word.text, text) ?? written } : undefined;
}

/** A word put together from variables and an ending, such as `${NET}.11`, with another ending; undefined when that cannot be. */
function behindVariables(written: string, old: string, fresh: string): string | undefined {
  const ending = written.slice(written.lastIndexOf("}") + 1);
  const before = old.slice(0, old.length - ending.length);
  if (ending === "" || !written.includes("}") || before + ending !== old || !fresh.startsWith(before))
    return undefined;
  return written.slice(0, written.length - ending.length) + fresh.slice(before.length);
}

/** Every word that is the value of a definition, by the place of that value. */
function usesOfDefinitions(host: Host): ReadonlyMap<string, readonly Word[]> {
  const uses = new Map<string, Word[]>();
  for (const { words } of walk(host.statements)) {
    for (const word of words) {
      if (!word.via) continue;
      const key = keyOf(word.at);
      uses.set(key, [...(uses.get(key) ?? []), word]);
    }
  }
  return uses;
}

function keyOf({ file, span }: Place): string {
  return `${span.start}-${span.end} ${file}`;
}
