/** Which word of a statement is which argument of its schema entry. */
import { commandWords } from "../syntax/command.ts";
import type { Word } from "../syntax/tree.ts";
import type { Statement } from "./statement.ts";
import type { Arg, Choice, Option, Value } from "./types.ts";
import { faultOf } from "./values.ts";

/** A word that an argument takes, one of the line or one of an option. */
export interface Bound {
  readonly word: Word;
  readonly arg: Arg;
  readonly option: Option | undefined;
}

/** A word that names an option. */
export interface Taken {
  readonly word: Word;
  readonly option: Option;
}

/** An argument that no word is left for. */
export interface Missing {
  readonly arg: Arg;
  /** The option whose argument it is. */
  readonly option: Option | undefined;
  /** The word that asks for it, where that is not the keyword of the line. */
  readonly after: Word | undefined;
}

export interface Binding {
  readonly bound: readonly Bound[];
  readonly options: readonly Taken[];
  readonly missing: readonly Missing[];
  /** The words that nothing takes; keepalived ignores them or refuses the line. */
  readonly surplus: readonly Word[];
  /** What could have stood there. */
  readonly allowed: Allowed;
  /** The option that ends the line, where one is there. */
  readonly closing: Taken | undefined;
  /** All words that were looked at: the line without its keyword. */
  readonly words: readonly Word[];
}

/** What may stand on a line after its keyword, or on a line of data. */
export interface Allowed {
  readonly args: readonly Arg[];
  readonly options: readonly Option[];
  readonly severalPerLine?: true;
  readonly anyOrder?: true;
}

/**
 * Binds the words of a statement. Undefined where the schema says nothing about them: unknown keywords, scripts whose
 * quotes do not match.
 */
export function bind(statement: Statement): Binding | undefined {
  if (statement.data) {
    const lines = statement.parent?.entry?.lines;
    return lines && bindWords(statement.words, { ...lines, options: lines.options ?? [] });
  }
  const { entry } = statement;
  if (!entry) return undefined;
  const takesCommand = entry.args.some((arg) => arg.value.is === "command");
  const words = takesCommand ? commandWords(statement.line) : statement.words.slice(1);
  if (takesCommand && words.length === 0 && statement.words.length > 1) return undefined;
  return bindWords(words, { args: entry.args, options: entry.options ?? [] });
}

/** The entry of a closed list that a word is, when it is one. */
export function choiceOf(value: Value, text: string): Choice | undefined {
  if (value.is === "word") return value.of.find(({ word }) => word === text);
  if (value.is !== "either") return undefined;
  for (const one of value.of) {
    const choice = choiceOf(one, text);
    if (choice) return choice;
  }
  return undefined;
}

/** What may stand next on a line. */
export interface Expected {
  /** Arguments that would take the next word, with the option they belong to. */
  readonly args: readonly { readonly arg: Arg; readonly option: Option | undefined }[];
  readonly options: readonly Option[];
}

/** What could follow the words of a line: any number of words, none at all among them. */
export function expectedAfter(words: readonly Word[], allowed: Allowed): Expected {
  const { nextArgs, nextOptions } = binderOf(words, allowed);
  const options = words.length === 0 ? nextOptions : nextOptions.filter(({ instead }) => !instead);
  return { args: nextArgs, options: [...new Set(options)] };
}

function bindWords(words: readonly Word[], allowed: Allowed): Binding {
  const { bound, taken: options, missing, surplus, closing, furtherOptions } = binderOf(words, allowed);
  const all = [...furtherOptions, ...allowed.options];
  return { bound, options, missing, surplus, allowed: { ...allowed, options: all }, closing, words };
}

function binderOf(words: readonly Word[], allowed: Allowed): Binder {
  const binder = new Binder(words, allowed);
  if (allowed.anyOrder) binder.takeInAnyOrder();
  else binder.takeInOrder();
  return binder;
}

/** Goes through the words once; `#at` is the next one. */
class Binder {
  readonly bound: Bound[] = [];
  readonly taken: Taken[] = [];
  readonly missing: Missing[] = [];
  surplus: readonly Word[] = [];
  closing: Taken | undefined;
  /** Options that one of the line's own words brings with it. */
  furtherOptions: readonly Option[] = [];
  /** What would take a word behind the last one. */
  readonly nextArgs: { readonly arg: Arg; readonly option: Option | undefined }[] = [];
  readonly nextOptions: Option[] = [];
  #at = 0;
  readonly #words: readonly Word[];
  readonly #allowed: Allowed;

  constructor(words: readonly Word[], allowed: Allowed) {
    this.#words = words;
    this.#allowed = allowed;
  }

  /** Arguments, then options, and where several may stand on a line again. */
  takeInOrder(): void {
    const { args, options, severalPerLine } = this.#allowed;
    do {
      const before = this.#at;
      this.#takeArgs(args, undefined);
      this.#takeOptions(options);
      if (this.#at === before) break;
    } while (severalPerLine && this.#at < this.#words.length);
    this.surplus = this.#words.slice(this.#at);
    if (severalPerLine && this.#isComplete && this.#words.length > 0) this.#offerArgs(args);
  }

  /** Options wherever one is named, and arguments at any other word that is like one. */
  takeInAnyOrder(): void {
    const { args, options } = this.#allowed;
    const surplus: Word[] = [];
    for (let word = this.#words[0]; word; word = this.#words[this.#at]) {
      const before = this.#at;
      const { closing } = this;
      this.#takeOptions(closing ? [closing.option] : options);
      const next = this.#words[this.#at];
      if (this.#at > before || !next) continue;
      const fits = !closing && surplus.length === 0 && args.some(({ value }) => isLike(value, next.text));
      if (fits) this.#takeArgs(args, undefined, next);
      if (this.#at > before) continue;
      surplus.push(next);
      this.#at++;
    }
    this.surplus = surplus;
    if (!this.#isComplete) return;
    this.nextOptions.push(...(this.closing ? [this.closing.option] : options));
    if (!this.closing) this.#offerArgs(args);
  }

  /** Every word is taken and none is missing. */
  get #isComplete(): boolean {
    return this.missing.length === 0 && this.surplus.length === 0;
  }

  #offerArgs(args: readonly Arg[]): void {
    const known = new Set(this.nextArgs.map(({ arg }) => arg));
    for (const arg of args) {
      if (!known.has(arg)) this.nextArgs.push({ arg, option: undefined });
      if (!arg.optional) return;
    }
  }

  /** `after`: the word that asks for the arguments. */
  #takeArgs(args: readonly Arg[], by: Taken | undefined, after = by?.word): void {
    for (const [index, arg] of args.entries()) {
      const word = this.#words[this.#at];
      if (!word) this.nextArgs.push({ arg, option: by?.option });
      if (arg.optional && (!word || this.#passesOver(arg, args.slice(index + 1), by, word))) continue;
      if (!word) {
        this.missing.push({ arg, option: by?.option, after });
        return;
      }
      const last = arg.rest ? this.#words.length : this.#at + 1;
      for (const taken of this.#words.slice(this.#at, last)) {
        this.bound.push({ word: taken, arg, option: by?.option });
      }
      this.#at = last;
      if (arg.rest) this.nextArgs.push({ arg, option: by?.option });
      const { args: own, options } = choiceOf(arg.value, word.text) ?? {};
      if (!own && !options) continue;
      this.#takeArgs(own ?? [], by, word);
      this.#takeOptions(options ?? []);
      if (!by && options) this.furtherOptions = options;
      return;
    }
  }

  /** Whether an optional argument leaves a word to what may follow. */
  #passesOver(arg: Arg, following: readonly Arg[], by: Taken | undefined, word: Word): boolean {
    if (by?.option.skips) return false;
    if (following.some(({ optional }) => !optional)) return faultOf(arg.value, word.text) !== undefined;
    return this.#optionFor(this.#allowed.options, word) !== undefined;
  }

  /** The option that a word names. Behind other words nothing can stand in their place. */
  #optionFor(options: readonly Option[], word: Word): Option | undefined {
    const option = options.find(({ name }) => name === word.text);
    return option?.instead && this.#at > 0 ? undefined : option;
  }

  #takeOptions(options: readonly Option[]): void {
    for (;;) {
      const word = this.#words[this.#at];
      const option = word && this.#optionFor(options, word);
      if (!word && this.missing.length === 0) this.nextOptions.push(...options);
      if (!option) return;
      const taken = { word, option };
      this.#at++;
      this.taken.push(taken);
      this.#takeArgs(option.args, taken);
      this.#takeOptions(option.options ?? []);
      if (option.last && options === this.#allowed.options) {
        this.closing = taken;
        return;
      }
    }
  }
}

/** Whether a word is what an argument takes, or is meant to be: an address that is none. */
function isLike(value: Value, text: string): boolean {
  if (!faultOf(value, text)) return true;
  if (value.is === "either") return value.of.some((one) => isLike(one, text));
  return value.is === "address" && /\d[.:/]|:.*:/.test(text);
}
