/**
 * Which characters an expression of the grammar can begin with: lets the matcher skip what cannot match and run
 * through plain characters in a tight loop. A table has one entry per ASCII character, one for all others, one for the end.
 */
export const otherCharacter = 128;
export const endOfText = 129;
const size = 130;

/** 1 where the expression can succeed with this character next. */
export type Table = Uint8Array;

/** An expression of the grammar, as scripts/grammar.mjs writes it down. */
export type Expression =
  | { readonly is: "any" | "end" }
  | { readonly is: "terminal"; readonly text: string }
  | { readonly is: "range"; readonly from: string; readonly to: string }
  | { readonly is: "rule"; readonly name: string }
  | { readonly is: "either" | "sequence"; readonly of: readonly Expression[] }
  | { readonly is: "star" | "plus" | "optional" | "not" | "ahead"; readonly of: Expression };

/**
 * `exact`: succeeds just when the next character is in the table, and takes that one character.
 * `keeps`: a rule whose matches are wanted lies inside, so it cannot be run as a mere character.
 */
export interface First {
  readonly table: Table;
  readonly nullable: boolean;
  readonly exact: boolean;
  readonly keeps: boolean;
}

/** The table index of the character at an offset. */
export function classAt(text: string, at: number): number {
  if (at >= text.length) return endOfText;
  const unit = text.charCodeAt(at);
  return unit < otherCharacter ? unit : otherCharacter;
}

function tableOf(fill: number, ...set: number[]): Table {
  const table = new Uint8Array(size).fill(fill);
  for (const index of set) table[index] = 1;
  return table;
}

function tableBut(index: number): Table {
  const table = tableOf(1);
  table[index] = 0;
  return table;
}

const everything: First = { table: tableOf(1), nullable: true, exact: false, keeps: false };

/** The grammar as first characters need it: the body of a rule, and whether its matches are wanted. */
export interface Rules {
  bodyOf(rule: string): Expression;
  isKept(rule: string): boolean;
  /** What was found out about expressions so far; large ones are asked about once for each one around them. */
  readonly firsts: Map<Expression, First>;
}

/** The first characters of an expression. The grammar must not be recursive. */
export function firstOf(expression: Expression, rules: Rules): First {
  const known = rules.firsts.get(expression);
  if (known) return known;
  const first = computed(expression, rules);
  rules.firsts.set(expression, first);
  return first;
}

function computed(expression: Expression, rules: Rules): First {
  const again = (inner: Expression) => firstOf(inner, rules);
  switch (expression.is) {
    case "any":
      return { table: tableBut(endOfText), nullable: false, exact: true, keeps: false };
    case "end":
      return { table: tableOf(0, endOfText), nullable: true, exact: false, keeps: false };
    case "terminal":
      return firstOfTerminal(expression.text);
    case "range":
      return firstOfRange(expression.from, expression.to);
    case "either":
      return union(expression.of.map(again));
    case "sequence":
      return firstOfSequence(expression.of, again);
    case "plus":
      return { ...again(expression.of), exact: false };
    case "ahead":
      return { ...again(expression.of), nullable: true, exact: false };
    case "not":
      return firstOfNot(again(expression.of));
    case "rule":
      return firstOfRule(expression.name, rules);
    default:
      return everything;
  }
}

function firstOfRule(rule: string, rules: Rules): First {
  const first = firstOf(rules.bodyOf(rule), rules);
  return rules.isKept(rule) ? { ...first, keeps: true } : first;
}

function firstOfTerminal(terminal: string): First {
  if (terminal === "") return everything;
  return {
    table: tableOf(0, classAt(terminal, 0)),
    nullable: false,
    exact: terminal.length === 1 && terminal < "\x80",
    keeps: false,
  };
}

function firstOfRange(from: string, to: string): First {
  const table = tableOf(0);
  for (let unit = from.charCodeAt(0); unit <= to.charCodeAt(0); unit++)
    table[Math.min(unit, otherCharacter)] = 1;
  return { table, nullable: false, exact: to < "\x80", keeps: false };
}

function union(parts: readonly First[]): First {
  const table = tableOf(0);
  for (const part of parts)
    for (let index = 0; index < size; index++) table[index] ||= part.table[index] as number;
  return {
    table,
    nullable: parts.some((part) => part.nullable),
    exact: parts.every((part) => part.exact),
    keeps: parts.some((part) => part.keeps),
  };
}

function firstOfNot(inner: First): First {
  if (!inner.exact) return everything;
  return { table: inner.table.map((entry) => 1 - entry), nullable: true, exact: false, keeps: false };
}

/** `~x any` with an exact x is one character again; otherwise the first factors that can be empty are looked through. */
function firstOfSequence(factors: readonly Expression[], again: (inner: Expression) => First): First {
  const firsts = factors.map(again);
  const [look, taken] = firsts;
  if (firsts.length === 2 && factors[0]?.is === "not" && look && taken?.exact && look !== everything) {
    const table = look.table.map((entry, index) => entry & (taken.table[index] as number));
    return { table, nullable: false, exact: true, keeps: taken.keeps };
  }
  const keeps = firsts.some((first) => first.keeps);
  let table = tableOf(0);
  for (const [index, first] of firsts.entries()) {
    const isLook = factors[index]?.is === "not";
    table = union([
      { table, nullable: false, exact: false, keeps },
      isLook ? { ...everything, table: tableOf(0) } : first,
    ]).table;
    if (!first.nullable) return { table, nullable: false, exact: false, keeps };
  }
  return { table, nullable: true, exact: false, keeps };
}
