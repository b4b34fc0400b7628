/** ~SEQ and ~LST: one line that stands for several, with variables that change from one to the next. */
import { type Definitions, substitute } from "./definitions.ts";
import { type Match, recognise } from "./parse.ts";
import { Traced } from "./traced.ts";

/** One round: the variables it sets, then the text to read. */
export interface Round {
  readonly variables: readonly { readonly name: string; readonly value: Traced }[];
  readonly text: Traced;
}

/** keepalived would run for as long as the numbers say; a linter must not. */
const mostRounds = 10_000;

/** The rounds of a ~SEQ or ~LST line; undefined when keepalived rejects it. */
export function roundsOf(code: Traced, definitions: Definitions): readonly Round[] | undefined {
  return code.text.startsWith("~SEQ") ? sequenceRounds(code, definitions) : listRounds(code);
}

function sequenceRounds(code: Traced, definitions: Definitions): readonly Round[] | undefined {
  const spec = recognise("sequenceSpec", code.text);
  const part = (rule: string) => spec?.children.find((child) => child.rule === rule);
  const name = part("sequenceName");
  const numbers = part("sequenceNumbers");
  if (!name || !numbers) return undefined;
  const values = countedValues(substitute(code.slice(numbers.start, numbers.end), definitions).code.text);
  if (!values) return undefined;
  const hexadecimal = part("sequenceHex") !== undefined;
  if (hexadecimal && values.some((value) => value < 0)) return undefined;
  const text = textAfter(code, spec);
  const at = code.origin(name.start, name.end).at;
  return values.map((value) => ({
    variables: [
      {
        name: code.text.slice(name.start, name.end),
        value: Traced.made(value.toString(hexadecimal ? 16 : 10), at),
      },
    ],
    text,
  }));
}

/** The numbers a ~SEQ runs through (keepalived lib/parser.c, add_seq): end; start, end; or start, step, end. */
function countedValues(text: string): readonly number[] | undefined {
  const found = recognise("numbers", text)?.children.map((child) =>
    numberOf(text.slice(child.start, child.end)),
  );
  if (!found || found.length > 3 || found.some((value) => value === undefined)) return undefined;
  const [one = 0, two = 0, three = 0] = found as readonly number[];
  let [start, step, end] = [one, two, three];
  if (found.length === 1) [start, step, end] = [one < 0 ? -1 : 1, one < 1 ? -1 : 1, one];
  if (found.length === 2) [start, step, end] = [one, one <= two ? 1 : -1, two];
  if (step === 0 || (start < end && step < 0) || (start > end && step > 0)) return undefined;
  const values: number[] = [];
  for (let value = start; step > 0 ? value <= end : value >= end; value += step) {
    if (values.length >= mostRounds) return undefined;
    values.push(value);
  }
  return values;
}

/** strtol(3) with base 0: decimal, 0x hexadecimal, 0 octal. */
function numberOf(text: string): number | undefined {
  const digits = text.trim().replace(/^[+-]/, "");
  const sign = text.trim().startsWith("-") ? -1 : 1;
  if (/^0[0-9]/.test(digits)) return /^[0-7]+$/.test(digits) ? sign * Number.parseInt(digits, 8) : undefined;
  const value = sign * Number(digits);
  return Number.isSafeInteger(value) ? value : undefined;
}

function listRounds(code: Traced): readonly Round[] | undefined {
  const spec = recognise("listSpec", code.text);
  if (!spec) return undefined;
  const names = spec.children.filter((child) => child.rule === "listName");
  const sets = spec.children.filter((child) => child.rule === "listSet");
  const text = textAfter(code, spec);
  const rounds: Round[] = [];
  for (const set of sets) {
    if (set.children.length > names.length || rounds.length >= mostRounds) return undefined;
    rounds.push({
      variables: names.map((name, index) => ({
        name: sliceOf(code, name).text,
        value: valueAt(code, set, index),
      })),
      text,
    });
  }
  return rounds;
}

/** Missing values are empty. */
function valueAt(code: Traced, set: Match, index: number): Traced {
  const value = set.children[index];
  return value ? sliceOf(code, value) : Traced.made("", code.origin(set.start, set.end).at);
}

function sliceOf(code: Traced, match: Match): Traced {
  return code.slice(match.start, match.end);
}

function textAfter(code: Traced, spec: Match | undefined): Traced {
  const text = spec?.children.find((child) => child.rule === "repeatedText");
  return text ? sliceOf(code, text) : code.slice(code.text.length);
}
