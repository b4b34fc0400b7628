/** Signature help: what the words of a line are, and which one is being written. */
import type { Span } from "../diagnostic.ts";
import { argText, valueText } from "../schema/describe.ts";
import type { Arg, Option } from "../schema/types.ts";
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

/** More options than these are shown as one. */
const mostOptions = 6;

/** The form of the line at an offset; undefined where there is none, or where a line takes no words. */
export function signatureAt(view: FileView, offset: number): Signature | undefined {
  const slot = slotAt(view, offset);
  if (slot.is !== "word") return undefined;
  const { expected } = slot;
  const inOption = expected.args.find(({ option }) => option !== undefined)?.option;
  if (inOption) return optionSignature(inOption, slot);
  const { keyword, lines } = slot;
  const of = keyword ?? lines;
  if (!of) return undefined;
  const { args } = of;
  const options = of.options ?? [];
  const parameters = [...args.map(ofArg), ...ofOptions(options)];
  if (parameters.length === 0) return undefined;
  const first = keyword ? keyword.name : "";
  const doc = keyword ? firstSentence(keyword.doc) : `Each line is one ${lines?.what ?? ""}.`;
  return signature(first, doc, parameters, activeIn(parameters, slot));
}

function ofArg(arg: Arg): Parameter {
  return { text: argText(arg), doc: valueText(arg.value), is: arg };
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

/** What would take the word at the cursor; where an argument and options may stand, the argument. */
function activeIn(parameters: readonly Parameter[], { expected }: WordSlot): number | undefined {
  const [next] = expected.args;
  const found = parameters.findIndex(
    ({ is }) =>
      is === next?.arg ||
      (!next && is === "options" && expected.options.length > 0) ||
      (!next && expected.options.some((option) => option === is)),
  );
  return found === -1 ? undefined : found;
}

/** An option whose own words are being written. */
function optionSignature(option: Option, { expected }: WordSlot): Signature {
  const parameters = option.args.map(ofArg);
  const next = expected.args.find((each) => each.option === option)?.arg;
  const active = parameters.findIndex(({ is }) => is === next);
  return signature(option.name, option.doc, parameters, active === -1 ? undefined : active);
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
