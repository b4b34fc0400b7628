/** Signature help: what the words of a line are, and which one is being written. */
import type { Span } from "../diagnostic.ts";
import { choiceOf, type Expected } from "../schema/bind.ts";
import { argText, valueText } from "../schema/describe.ts";
import type { Arg, Choice, Keyword, Option } from "../schema/types.ts";
import type { FileView } from "./file-view.ts";
import { firstSentence } from "./keyword-text.ts";
import { slotAt, type WordSlot } from "./slot.ts";

export interface Signature {
  readonly label: string;
  readonly doc: string;
  /** Parts of the label, in their order. */
  readonly parameters: readonly { readonly span: Span; readonly doc: string }[];
  /** The parameter that is being written; undefined when all words that may stand are there. */
  readonly active: number | undefined;
}

interface Parameter {
  readonly text: string;
  readonly doc: string;
  readonly is: Arg | Option | "options";
}

/** What may stand on a line. */
type Form = Pick<Keyword, "args" | "options">;

/** More options than these are shown as one. */
const mostOptions = 6;

/** The forms that a line may have, and which of them it has. */
export interface Signatures {
  readonly forms: readonly Signature[];
  /** Index of the form that the words so far belong to. */
  readonly chosen: number;
}

/** The forms of the line at an offset; undefined where there is none, or where a line takes no words. */
export function signaturesAt(view: FileView, offset: number): Signatures | undefined {
  const slot = slotAt(view, offset);
  if (slot.is !== "word") return undefined;
  const { keyword, lines } = slot;
  const of = keyword ?? lines;
  if (!of) return undefined;
  const own = ownForm(slot, of);
  if (own) return { forms: [own], chosen: 0 };
  const forms = formsOf(of).filter((form) => form.length > 0);
  if (forms.length === 0) return undefined;
  const first = keyword ? keyword.name : "";
  const doc = keyword ? firstSentence(keyword.doc) : `Each line is one ${lines?.what ?? ""}.`;
  const [word] = slot.before;
  const named = forms.findIndex(([head]) => head && isInstead(head.is) && nameOf(head.is) === word?.text);
  return {
    forms: forms.map((form) => signature(first, doc, form, activeIn(form, slot, lines?.anyOrder === true))),
    chosen: Math.max(named, 0),
  };
}

/** The arguments with the options that go with them, then each option that stands in their place. */
function formsOf({ args, options = [] }: Form): readonly (readonly Parameter[])[] {
  const instead = options.filter((option) => option.instead);
  const others = options.filter((option) => !option.instead);
  // What may only be left out for another form is needed in this one.
  const needed = args.map((arg, index) => ofArg(arg, instead.length > 0 && index === 0));
  return [
    [...needed, ...ofOptions(others)],
    ...instead.map((option) => [{ text: formOf(option), doc: option.doc, is: option }]),
  ];
}

function isInstead(is: Parameter["is"]): boolean {
  return is !== "options" && "instead" in is;
}

function nameOf(is: Parameter["is"] | Choice): string {
  if (is === "options") return "";
  return "word" in is ? is.word : is.name;
}

function ofArg(arg: Arg, isNeeded = false): Parameter {
  const { optional: _, ...needed } = arg;
  return { text: argText(isNeeded ? needed : arg), doc: valueText(arg.value), is: arg };
}

function ofOptions(options: readonly Option[]): readonly Parameter[] {
  if (options.length > mostOptions) {
    const names = options.map(({ name }) => name).join(", ");
    return [{ text: "[OPTION…]", doc: names, is: "options" }];
  }
  return options.map((option) => ({ text: `[${formOf(option)}]`, doc: option.doc, is: option }));
}

function formOf({ name, args }: Option): string {
  return [name, ...args.map(argText)].join(" ");
}

/**
 * What would take the word at the cursor; where an argument and options may stand, the argument, but the options on lines
 * that take both in any order and have what they need. Options that are there already come last.
 */
function activeIn(
  parameters: readonly Parameter[],
  { expected, before }: WordSlot,
  inAnyOrder: boolean,
): number | undefined {
  const [next] = inAnyOrder && before.length > 0 && expected.options.length > 0 ? [] : expected.args;
  const isThere = ({ name }: Option) => before.some(({ text }) => text === name);
  const options = [
    ...expected.options.filter((option) => !isThere(option)),
    ...expected.options.filter(isThere),
  ];
  const wanted = [
    ...(next ? [next.arg] : []),
    ...options,
    ...(options.length > 0 ? ["options" as const] : []),
  ];
  const found = wanted.map((each) => parameters.findIndex(({ is }) => is === each));
  return found.find((index) => index !== -1);
}

/** An option, or a word of a closed list, whose own words are being written. */
function ownForm(slot: WordSlot, of: Form): Signature | undefined {
  const { expected, before } = slot;
  const [next] = expected.args;
  const head = next?.option ?? before.flatMap(({ text }) => choiceAsking(text, of, expected)).at(-1);
  if (!head) return undefined;
  const parameters = [...(head.args ?? []).map((arg) => ofArg(arg)), ...ofOptions(head.options ?? [])];
  return signature(nameOf(head), head.doc, parameters, activeIn(parameters, slot, false));
}

/** The word as the entry of a closed list, where what may follow now follows for its sake. */
function choiceAsking(text: string, { args }: Form, { args: next, options }: Expected): readonly Choice[] {
  return args.flatMap(({ value }) => {
    const choice = choiceOf(value, text);
    const asks =
      next.some(({ arg }) => choice?.args?.includes(arg)) ||
      choice?.options?.some((option) => options.includes(option));
    return choice && asks ? [choice] : [];
  });
}

function signature(
  first: string,
  doc: string,
  parameters: readonly Parameter[],
  active: number | undefined,
): Signature {
  let label = first;
  const spans = parameters.map(({ text, doc: about }) => {
    const start = label === "" ? 0 : label.length + 1;
    label = label === "" ? text : `${label} ${text}`;
    return { span: { start, end: label.length }, doc: about };
  });
  return { label, doc, parameters: spans, active };
}
