/**
 * Runs the rules of an ohm grammar as plain closures.
 *
 * ohm's own matcher keeps a memo table per character, which costs about 100 µs a line and hundreds of bytes a character.
 * The grammar here is not recursive and needs no memo, so its expression tree (`grammar.rules[…].body`) is turned into
 * closures once. test/syntax/grammar.test.ts holds both to the same answers on a corpus and on random text.
 */
import { type Grammar, type PExpr, pexprs } from "ohm-js";
import {
  classAt,
  type Expression,
  endOfText,
  firstOf,
  otherCharacter,
  type Rules,
  type Table,
} from "./first.ts";

/** A rule that matched `text.slice(start, end)`, with the kept rules that matched inside it. */
export interface Match {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly Match[];
}

/** Returns the offset after the match, or -1; pushes the kept rules to `found` and leaves it as it was on failure. */
type Step = (text: string, at: number, found: Match[]) => number;

/** Compiles a grammar. Only applications of the rules in `kept` leave a Match; the others are transparent. */
export function compile(
  grammar: Grammar,
  kept: ReadonlySet<string>,
): (rule: string, text: string) => Match | undefined {
  const compiler = new Compiler(grammar, kept);
  return (rule, text) => {
    const found: Match[] = [];
    const end = compiler.rule(rule)(text, 0, found);
    if (end !== text.length) return undefined;
    const only = found[0];
    return only?.rule === rule ? only : { rule, start: 0, end, children: found };
  };
}

class Compiler implements Rules {
  readonly #bodies: Readonly<Record<string, { readonly body: Expression }>>;
  readonly #kept: ReadonlySet<string>;
  readonly #rules = new Map<string, Step>();

  constructor(grammar: Grammar, kept: ReadonlySet<string>) {
    this.#bodies = grammar.rules as unknown as Record<string, { body: Expression }>;
    this.#kept = kept;
  }

  rule(name: string): Step {
    const known = this.#rules.get(name);
    if (known) return known;
    // The body is compiled at the first use: most start rules are not used in one run.
    let body: Step | undefined;
    const plain: Step = (text, at, found) => {
      body ??= this.#step(this.bodyOf(name));
      return body(text, at, found);
    };
    const step = this.#kept.has(name) ? keptStep(name, plain) : plain;
    this.#rules.set(name, step);
    return step;
  }

  isKept(name: string): boolean {
    return this.#kept.has(name);
  }

  bodyOf(name: string): Expression {
    const rule = this.#bodies[name];
    if (!rule) throw new Error(`No such grammar rule: ${name}`);
    return rule.body;
  }

  #step(expression: Expression): Step {
    const expr = expression as unknown as PExpr;
    if (expr instanceof pexprs.Apply && expression.args?.length === 0)
      return this.rule(expression.ruleName as string);
    const first = firstOf(expression, this);
    if (first.exact && !first.keeps) return characterStep(first.table);
    if (expr === pexprs.end) return (text, at) => (at >= text.length ? at : -1);
    if (expr instanceof pexprs.Terminal) return terminalStep(String(expression.obj));
    if (expr instanceof pexprs.Alt)
      return alternativeStep((expression.terms ?? []).map((term) => this.#guarded(term)));
    if (expr instanceof pexprs.Seq)
      return sequenceStep((expression.factors ?? []).map((factor) => this.#step(factor)));
    if (expression.expr) return this.#wrapped(expr, this.#guarded(expression.expr));
    throw new Error(`The grammar uses an expression that matcher.ts does not know: ${expr.toString()}`);
  }

  #wrapped(expr: PExpr, { step, table }: Guarded): Step {
    if (expr instanceof pexprs.Star) return repeatStep(step, table, 0);
    if (expr instanceof pexprs.Plus) return repeatStep(step, table, 1);
    if (expr instanceof pexprs.Opt) return optionalStep(step, table);
    if (expr instanceof pexprs.Not) return lookStep(step, table, false);
    if (expr instanceof pexprs.Lookahead) return lookStep(step, table, true);
    return step;
  }

  #guarded(expression: Expression): Guarded {
    return { step: this.#step(expression), table: firstOf(expression, this).table };
  }
}

/** A step with the characters it can begin with. */
interface Guarded {
  readonly step: Step;
  readonly table: Table;
}

function keptStep(rule: string, body: Step): Step {
  return (text, at, found) => {
    const children: Match[] = [];
    const end = body(text, at, children);
    if (end >= 0) found.push({ rule, start: at, end, children });
    return end;
  };
}

/** One character of the table; a code point outside the basic plane is one character, as ohm counts. */
function characterStep(table: Table): Step {
  return (text, at) => {
    const unit = text.charCodeAt(at);
    if (unit < otherCharacter) return table[unit] === 1 ? at + 1 : -1;
    if (at >= text.length || table[otherCharacter] !== 1) return -1;
    const pair = unit >= 0xd800 && unit < 0xdc00 && (text.codePointAt(at) as number) > 0xffff;
    return pair ? at + 2 : at + 1;
  };
}

function terminalStep(terminal: string): Step {
  return (text, at) => (text.startsWith(terminal, at) ? at + terminal.length : -1);
}

function alternativeStep(terms: readonly Guarded[]): Step {
  const candidates: (readonly Step[])[] = [];
  for (let index = 0; index <= endOfText; index++) {
    candidates.push(terms.filter((term) => term.table[index] === 1).map((term) => term.step));
  }
  return (text, at, found) => {
    const mark = found.length;
    for (const step of candidates[classAt(text, at)] as readonly Step[]) {
      const end = step(text, at, found);
      if (end >= 0) return end;
      found.length = mark;
    }
    return -1;
  };
}

function sequenceStep(factors: readonly Step[]): Step {
  return (text, at, found) => {
    let end = at;
    for (const factor of factors) {
      end = factor(text, end, found);
      if (end < 0) return -1;
    }
    return end;
  };
}

function repeatStep(step: Step, table: Table, least: 0 | 1): Step {
  return (text, at, found) => {
    let end = at;
    while (table[classAt(text, end)] === 1) {
      const mark = found.length;
      const next = step(text, end, found);
      // A round that takes nothing would repeat for ever; ohm refuses to match such a grammar.
      if (next <= end) {
        found.length = mark;
        break;
      }
      end = next;
    }
    return least === 1 && end === at ? -1 : end;
  };
}

function optionalStep(step: Step, table: Table): Step {
  return (text, at, found) => {
    if (table[classAt(text, at)] !== 1) return at;
    const mark = found.length;
    const end = step(text, at, found);
    if (end >= 0) return end;
    found.length = mark;
    return at;
  };
}

function lookStep(step: Step, table: Table, wanted: boolean): Step {
  const seen: Match[] = [];
  return (text, at) => {
    const matched = table[classAt(text, at)] === 1 && step(text, at, seen) >= 0;
    seen.length = 0;
    return matched === wanted ? at : -1;
  };
}
