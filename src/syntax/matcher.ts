/**
 * Runs the rules of an ohm grammar as plain closures.
 *
 * ohm's own matcher keeps a memo table per character, which costs about 100 µs a line and hundreds of bytes a character.
 * The grammar here is not recursive and needs no memo, so its expression tree (`grammar.rules[…].body`) is turned into
 * closures once. test/syntax/grammar.test.ts holds both to the same answers on a corpus and on random text.
 */
import { type Grammar, type PExpr, pexprs } from "ohm-js";

/** A rule that matched `text.slice(start, end)`, with the kept rules that matched inside it. */
export interface Match {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly Match[];
}

/** Returns the offset after the match, or -1; pushes the kept rules to `found` and leaves it as it was on failure. */
type Step = (text: string, at: number, found: Match[]) => number;

/** What the closures read of ohm's expression classes, whose fields its type declarations leave out. */
interface Expression {
  readonly obj?: unknown;
  readonly from?: string;
  readonly to?: string;
  readonly terms?: readonly Expression[];
  readonly factors?: readonly Expression[];
  readonly expr?: Expression;
  readonly ruleName?: string;
  readonly args?: readonly Expression[];
}

/** Compiles a grammar. Only applications of the rules in `kept` leave a Match; the others are transparent. */
export function compile(grammar: Grammar, kept: ReadonlySet<string>): (rule: string, text: string) => Match | undefined {
  const rules = new Map<string, Step>();
  const bodies = grammar.rules as unknown as Record<string, { body: Expression }>;

  const ruleStep = (name: string): Step => {
    const known = rules.get(name);
    if (known) return known;
    let body: Step | undefined;
    const step: Step = (text, at, found) => {
      body ??= stepOf((bodies[name] as { body: Expression }).body);
      if (!kept.has(name)) return body(text, at, found);
      const children: Match[] = [];
      const end = body(text, at, children);
      if (end >= 0) found.push({ rule: name, start: at, end, children });
      return end;
    };
    rules.set(name, step);
    return step;
  };

  const stepOf = (expression: Expression): Step => {
    const expr = expression as unknown as PExpr;
    if (expr === pexprs.any) return anyStep;
    if (expr === pexprs.end) return (text, at) => (at >= text.length ? at : -1);
    if (expr instanceof pexprs.Terminal) return terminalStep(String(expression.obj));
    if (expr instanceof pexprs.Range) return rangeStep(expression.from as string, expression.to as string);
    if (expr instanceof pexprs.Alt) return alternativeStep((expression.terms ?? []).map(stepOf));
    if (expr instanceof pexprs.Seq) return sequenceStep((expression.factors ?? []).map(stepOf));
    if (expr instanceof pexprs.Star) return repeatStep(stepOf(expression.expr as Expression), 0, Number.POSITIVE_INFINITY);
    if (expr instanceof pexprs.Plus) return repeatStep(stepOf(expression.expr as Expression), 1, Number.POSITIVE_INFINITY);
    if (expr instanceof pexprs.Opt) return repeatStep(stepOf(expression.expr as Expression), 0, 1);
    if (expr instanceof pexprs.Not) return lookStep(stepOf(expression.expr as Expression), false);
    if (expr instanceof pexprs.Lookahead) return lookStep(stepOf(expression.expr as Expression), true);
    if (expr instanceof pexprs.Lex) return stepOf(expression.expr as Expression);
    if (expr instanceof pexprs.Apply && expression.args?.length === 0) return ruleStep(expression.ruleName as string);
    throw new Error(`The grammar uses an expression that matcher.ts does not know: ${expr.toString()}`);
  };

  return (rule, text) => {
    if (!(rule in bodies)) throw new Error(`No such grammar rule: ${rule}`);
    const found: Match[] = [];
    const end = ruleStep(rule)(text, 0, found);
    if (end !== text.length) return undefined;
    const only = found[0];
    return only?.rule === rule ? only : { rule, start: 0, end, children: found };
  };
}

/** One code point, as ohm counts it. */
const anyStep: Step = (text, at) => {
  if (at >= text.length) return -1;
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 && (text.codePointAt(at) as number) > 0xffff ? at + 2 : at + 1;
};

function terminalStep(terminal: string): Step {
  if (terminal.length === 1) {
    const unit = terminal.charCodeAt(0);
    return (text, at) => (text.charCodeAt(at) === unit ? at + 1 : -1);
  }
  return (text, at) => (text.startsWith(terminal, at) ? at + terminal.length : -1);
}

function rangeStep(from: string, to: string): Step {
  const low = from.charCodeAt(0);
  const high = to.charCodeAt(0);
  return (text, at) => {
    const unit = text.charCodeAt(at);
    return unit >= low && unit <= high ? at + 1 : -1;
  };
}

function alternativeStep(terms: readonly Step[]): Step {
  return (text, at, found) => {
    const mark = found.length;
    for (const term of terms) {
      const end = term(text, at, found);
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

function repeatStep(step: Step, least: number, most: number): Step {
  return (text, at, found) => {
    let end = at;
    let count = 0;
    while (count < most) {
      const mark = found.length;
      const next = step(text, end, found);
      if (next < 0) {
        found.length = mark;
        break;
      }
      // A round that takes nothing would repeat for ever; ohm refuses such grammars, except for `?`.
      if (next === end && most > 1) break;
      end = next;
      count++;
    }
    return count < least ? -1 : end;
  };
}

function lookStep(step: Step, wanted: boolean): Step {
  return (text, at) => (step(text, at, []) >= 0 === wanted ? at : -1);
}
