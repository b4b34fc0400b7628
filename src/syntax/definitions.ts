/** Variables: `$NAME=value`, and their replacement in a line. */
import type { Place } from "../diagnostic.ts";
import { recognise } from "./parse.ts";
import { Traced } from "./traced.ts";
import type { SyntaxFinding } from "./tree.ts";

export interface Definition {
  /** One line, or several for a definition continued with `\`. */
  readonly lines: readonly Traced[];
  readonly multiline: boolean;
}

/** What a line became, and what has to be read after it. */
export interface Substituted {
  readonly code: Traced;
  readonly changed: boolean;
  /** It went on until there were too many references; another round would only make the line longer. */
  readonly endless: boolean;
  /** Further lines of a multi-line definition. */
  readonly rest: readonly Traced[];
  readonly findings: readonly SyntaxFinding[];
}

/**
 * More references than this do not fit on a line of keepalived, so it is a definition that names itself, on which
 * keepalived hangs, or a line it cannot hold. The rest of the line is then left as it is.
 */
const mostReferences = 400;
/** The longest reference looked at; keepalived's lines are shorter than 1024 bytes. */
const longestReference = 1100;

/** The variables of one host, as far as they are defined above the line that is read. */
export class Definitions {
  readonly #byName = new Map<string, Definition>();
  readonly #unknown = new Set<string>();
  readonly #configId: string | undefined;

  constructor(configId: string | undefined) {
    this.#configId = configId;
  }

  set(name: string, definition: Definition): void {
    this.#byName.set(name, definition);
  }

  /** A definition under a condition that is not judged: the name is known, its value is not, unless it has one. */
  setUnknown(name: string): void {
    this.#unknown.add(name);
  }

  has(name: string): boolean {
    return this.#byName.has(name) || this.#unknown.has(name) || standardNames.has(name);
  }

  names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** The value of a reference, or undefined when nothing defines it there. */
  find(name: string, parameters: string, at: Place, atEnd: boolean): Definition | undefined {
    if (this.#unknown.has(name)) return { lines: [Traced.made(name, at, true)], multiline: false };
    const own = this.#byName.get(name);
    if (own) return parameters !== "" || (own.multiline && !atEnd) ? undefined : own;
    const value = this.#standard(name, parameters, at);
    return value && { lines: [value], multiline: false };
  }

  /** keepalived's own definitions; a value that only the running host knows is marked unknown. */
  #standard(name: string, parameters: string, at: Place): Traced | undefined {
    if (parameters !== "" && name !== "_RANDOM") return undefined;
    switch (name) {
      case "_HASH":
        return Traced.made("#", at);
      case "_BANG":
        return Traced.made("!", at);
      case "_PWD":
        return Traced.made("/", at, true);
      case "_RANDOM":
        return Traced.made(parameters.trim().split(/ +/)[0] || "0", at, true);
      case "_INSTANCE":
        return this.#configId === undefined
          ? Traced.made("_INSTANCE", at, true)
          : Traced.made(this.#configId, at);
      default:
        return undefined;
    }
  }
}

const standardNames: ReadonlySet<string> = new Set([
  "_HASH",
  "_BANG",
  "_PWD",
  "_RANDOM",
  "_INSTANCE",
  "_ENV",
]);

/** Replaces the references of a line from left to right (keepalived lib/parser.c, replace_param). */
export function substitute(line: Traced, definitions: Definitions): Substituted {
  const findings: SyntaxFinding[] = [];
  let code = line;
  let rest: readonly Traced[] = [];
  let changed = false;
  let references = 0;
  let at = code.text.indexOf("$");
  for (
    ;
    at !== -1 && at + 1 < code.text.length && references < mostReferences;
    at = code.text.indexOf("$", at)
  ) {
    const reference = referenceAt(code, at);
    const definition =
      reference &&
      definitions.find(
        reference.name,
        reference.parameters,
        reference.at,
        reference.end === code.text.length,
      );
    if (!reference || (!definition && reference.name !== "_ENV")) {
      if (reference) references++;
      const finding = complaint(code, at, reference, definitions);
      if (finding) findings.push(finding);
      if (reference) code = withUnknown(code, at, reference.end);
      at = reference ? reference.end : at + 1;
      continue;
    }
    const [value, ...more] = definition?.lines ?? [Traced.made("_ENV", reference.at, true)];
    if (definition?.multiline) rest = [...more.map((text) => text.broughtBy(reference.at)), ...rest];
    const brought = (value ?? Traced.made("", reference.at)).broughtBy(reference.at);
    code = Traced.joined([code.slice(0, at), brought, code.slice(reference.end)]);
    changed = true;
    references++;
    if (brought.text.trimStart().startsWith("~")) break;
    // _ENV stands for text that is not known; looking into it again would find nothing.
    if (!definition) at += brought.text.length;
  }
  return { code, changed, endless: references >= mostReferences, rest, findings };
}

interface Reference {
  readonly name: string;
  readonly parameters: string;
  readonly end: number;
  readonly at: Place;
}

function referenceAt(code: Traced, start: number): Reference | undefined {
  const text = code.text.slice(start, start + longestReference);
  const found = recognise("referenceFirst", text)?.children.find((child) => child.rule === "reference");
  if (!found) return undefined;
  const part = (rule: string) => {
    const child = found.children.find((one) => one.rule === rule);
    return child ? text.slice(child.start, child.end) : "";
  };
  const environment = found.children.some((child) => child.rule === "environmentName");
  const origin = code.origin(start, start + found.end);
  return {
    name: environment ? "_ENV" : part("variableName"),
    parameters: part("parameters").trim(),
    end: start + found.end,
    at: origin.via ?? origin.at,
  };
}

/** What is wrong at a `$` that is not replaced, if anything: a plain `$` in a value is fine. */
function complaint(
  code: Traced,
  start: number,
  reference: Reference | undefined,
  definitions: Definitions,
): SyntaxFinding | undefined {
  if (reference) {
    const kind = definitions.has(reference.name) ? "definition-syntax" : "undefined-variable";
    return { kind, at: reference.at, subject: reference.name };
  }
  const text = code.text.slice(start, start + longestReference);
  const near = recognise("nearReference", text)?.children.find((child) => child.rule === "variableName");
  const name = near && text.slice(near.start, near.end);
  if (!name || !definitions.has(name)) return undefined;
  return {
    kind: "variable-needs-braces",
    at: code.origin(start, start + (near?.end ?? 1)).at,
    subject: name,
  };
}

function withUnknown(code: Traced, start: number, end: number): Traced {
  return Traced.joined([code.slice(0, start), code.slice(start, end).asUnknown(), code.slice(end)]);
}
