/** Which word of a statement is which argument of its schema entry. */
import { commandWords } from "../syntax/command.ts";
import type { Word } from "../syntax/tree.ts";
import type { Statement } from "./statement.ts";
import type { Arg, Option } from "./types.ts";

/** A word that an argument takes, one of the line or one of an option. */
export interface Bound {
  readonly word: Word;
  readonly arg: Arg;
  readonly option: Option | undefined;
}

/** An argument that no word is left for. */
export interface Missing {
  readonly arg: Arg;
  /** The option whose argument it is, and the word that names it. */
  readonly option: Option | undefined;
  readonly after: Word | undefined;
}

export interface Binding {
  readonly bound: readonly Bound[];
  readonly options: readonly { readonly word: Word; readonly option: Option }[];
  readonly missing: readonly Missing[];
  /** The words that nothing takes; keepalived ignores them or refuses the line. */
  readonly surplus: readonly Word[];
  /** What could have stood there. */
  readonly allowed: Allowed;
  /** All words that were looked at: the line without its keyword. */
  readonly words: readonly Word[];
}

/** What may stand on a line after its keyword, or on a line of data. */
export interface Allowed {
  readonly args: readonly Arg[];
  readonly options: readonly Option[];
  readonly severalPerLine: boolean;
}

/**
 * Binds the words of a statement. Undefined where the schema says nothing about them: unknown keywords, data that
 * other readers check, scripts whose quotes do not match.
 */
export function bind(statement: Statement): Binding | undefined {
  const lines = statement.parent?.entry?.lines;
  if (statement.data) {
    if (!lines || lines.unchecked) return undefined;
    const { args, options = [], severalPerLine = false } = lines;
    return bindWords(statement.words, { args, options, severalPerLine });
  }
  const { entry } = statement;
  if (!entry) return undefined;
  const takesCommand = entry.args.some((arg) => arg.value.is === "command");
  const words = takesCommand ? commandWords(statement.line) : statement.words.slice(1);
  if (takesCommand && words.length === 0 && statement.words.length > 1) return undefined;
  return bindWords(words, { args: entry.args, options: entry.options ?? [], severalPerLine: false });
}

function bindWords(words: readonly Word[], allowed: Allowed): Binding {
  const binder = new Binder(words, allowed.options);
  do {
    const before = binder.at;
    binder.takeArgs(allowed.args, undefined);
    binder.takeOptions();
    if (binder.at === before) break;
  } while (allowed.severalPerLine && binder.at < words.length);
  const { bound, taken: options, missing } = binder;
  return { bound, options, missing, surplus: words.slice(binder.at), allowed, words };
}

/** Goes through the words once; `at` is the next one. */
class Binder {
  at = 0;
  readonly bound: Bound[] = [];
  readonly taken: { word: Word; option: Option }[] = [];
  readonly missing: Missing[] = [];
  readonly #words: readonly Word[];
  readonly #options: readonly Option[];

  constructor(words: readonly Word[], options: readonly Option[]) {
    this.#words = words;
    this.#options = options;
  }

  takeArgs(args: readonly Arg[], by: { readonly word: Word; readonly option: Option } | undefined): void {
    for (const arg of args) {
      const word = this.#words[this.at];
      if (arg.optional && (!word || this.#optionOf(word))) continue;
      if (!word) {
        this.missing.push({ arg, option: by?.option, after: by?.word });
        return;
      }
      const last = arg.rest ? this.#words.length : this.at + 1;
      for (const taken of this.#words.slice(this.at, last)) {
        this.bound.push({ word: taken, arg, option: by?.option });
      }
      this.at = last;
    }
  }

  takeOptions(): void {
    for (;;) {
      const word = this.#words[this.at];
      const option = word && this.#optionOf(word);
      if (!option) return;
      this.at++;
      this.taken.push({ word, option });
      this.takeArgs(option.args, { word, option });
    }
  }

  #optionOf(word: Word): Option | undefined {
    return this.#options.find((option) => option.name === word.text);
  }
}
