/**
 * Runs the rules of an ohm grammar as plain closures.
 *
 * ohm's own matcher keeps a memo table per character, which costs about 100 µs a line and hundreds of bytes a character.
 * The grammar here is not recursive and needs no memo, so its expressions, which scripts/grammar.mjs has ohm read and
 * writes down, are turned into closures once. test/syntax/grammar.test.ts holds both to the same answers on a corpus and
 * on random text.
 */
import {
  classAt,
  type Expression,
  endOfText,
  type First,
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

/** Compiles the rules of a grammar. Only applications of the rules in `kept` leave a Match; the others are transparent. */
export function compile(
  bodies: Readonly<Record<string, Expression>>,
  kept: ReadonlySet<string>,
): (rule: string, text: string) => Match | undefined {
  const compiler = new Compiler(bodies, kept);
  return (rule, text) => {
    const found: Match[] = [];
    const end = compiler.rule(rule)(text, 0, found);
    if (end !== text.length) return undefined;
    const only = found[0];
    return only?.rule === rule ? only : { rule, start: 0, end, children: found };
  };
}

class Compiler implements Rules {
  readonly firsts = new Map<Expression, First>();
  readonly #bodies: Readonly<Record<string, Expression>>;
  readonly #kept: ReadonlySet<string>;
  readonly #rules = new Map<string, Step>();

  constructor(bodies: Readonly<Record<string, Expression>>, kept: ReadonlySet<string>) {
    this.#bodies = bodies;
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
    const body = this.#bodies[name];
    if (!body) throw new Error(`No such grammar rule: ${name}`);
    return body;
  }

  #step(expression: Expression): Step {
    if (expression.is === "rule") return this.rule(expression.name);
    const first = firstOf(expression, this);
    if (first.exact && !first.keeps) return characterStep(first.table);
    switch (expression.is) {
      case "any":
      case "range":
        throw new Error("matcher.ts knows ranges of ASCII characters only.");
      case "end":
        return (text, at) => (at >= text.length ? at : -1);
      case "terminal":
        return terminalStep(expression.text);
      case "either":
        return alternativeStep(expression.of.map((term) => this.#guarded(term)));
      case "sequence":
        return sequenceStep(expression.of.map((factor) => this.#step(factor)));
      default:
        return this.#wrapped(expression.is, this.#guarded(expression.of));
    }
  }

  #wrapped(is: "star" | "plus" | "optional" | "not" | "ahead", { step, table }: Guarded): Step {
    if (is === "star") return repeatStep(step, table, 0);
    if (is === "plus") return repeatStep(step, table, 1);
    return is === "optional" ? optionalStep(step, table) : lookStep(step, table, is === "ahead");
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
  // Chosen when a text asks for it: of 130 characters a start meets some forty.
  const candidates = new Array<readonly Step[] | undefined>(endOfText + 1).fill(undefined);
  return (text, at, found) => {
    const mark = found.length;
    const index = classAt(text, at);
    let steps = candidates[index];
    if (!steps) {
      steps = terms.filter((term) => term.table[index] === 1).map((term) => term.step);
      candidates[index] = steps;
    }
    for (const step of steps) {
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
