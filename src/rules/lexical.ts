/**
 * Which rule speaks about what. A slip of the pen shows itself in several ways at once: `priority = 100` is a number
 * that is none and a word too many. Here, and only here, it is decided which one rule says it.
 */
import type { Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import type { Finding } from "../schema/statement.ts";
import type { SyntaxFinding } from "../syntax/tree.ts";
import { blocksOnOneLine, conditionalBlocks, linesLostToMark } from "./lexical/blocks.ts";
import { type Reach, ruleOf, syntaxRules } from "./lexical/classify.ts";
import { slashComments, starComments } from "./lexical/comments.ts";
import { type Mistake, placeOf, touches } from "./lexical/mistake.ts";
import { type Search, searched } from "./lexical/parts.ts";
import { punctuation } from "./lexical/punctuation.ts";
import { brokenCommands, cutValues, displayNames, singleQuotes, smartCharacters } from "./lexical/quotes.ts";
import { brokenDefinitions, isReference, shellDefaults } from "./lexical/variables.ts";
import { lineAt } from "./lexical/written.ts";

/** From the most telling cause to the least: what an earlier one claims, later ones leave alone. */
const causes: readonly Search[] = [
  (host) => syntaxMistakes(host, "file"),
  starComments,
  slashComments,
  (host) => syntaxMistakes(host, "line"),
  conditionalBlocks,
  linesLostToMark,
  brokenDefinitions,
  shellDefaults,
  cutValues,
  smartCharacters,
  singleQuotes,
  brokenCommands,
  displayNames,
  blocksOnOneLine,
  punctuation,
  (host) => syntaxMistakes(host, "place"),
];

/** The causes that show within a block; the others are looked for in the whole of a file. */
const local: readonly Search[] = [
  slashComments,
  brokenDefinitions,
  shellDefaults,
  cutValues,
  smartCharacters,
  singleQuotes,
  brokenCommands,
  displayNames,
  blocksOnOneLine,
  punctuation,
];

interface Verdicts {
  readonly byRule: ReadonlyMap<string, readonly Mistake[]>;
  readonly claims: Claims;
}

const known = new WeakMap<Host, Verdicts>();

/** The mistakes that a rule has to report, in the order of the files. */
export function mistakes(host: Host, rule: string): readonly Mistake[] {
  return verdicts(host).byRule.get(rule) ?? [];
}

/** The findings of the tree and the values that a rule has to report. */
export function findingsFor(host: Host, rule: string): readonly Finding[] {
  return mistakes(host, rule).flatMap((mistake) => mistake.finding ?? []);
}

/** Whether a lexical rule speaks about this place already, so that a rule about values should not. */
export function isClaimed(host: Host, at: Place): boolean {
  return verdicts(host).claims.has(at);
}

function verdicts(host: Host): Verdicts {
  const before = known.get(host);
  if (before) return before;
  const claims = new Claims();
  const told = new Claims();
  const byRule = new Map<string, Mistake[]>();
  const speak = (mistake: Mistake) => {
    told.add(lineAt(host, mistake.at)?.at ?? mistake.at);
    told.add(mistake.at);
    const others = byRule.get(mistake.rule);
    if (others) others.push(mistake);
    else byRule.set(mistake.rule, [mistake]);
  };
  const inBlocks = searched(host, local);
  for (const cause of causes) {
    const all = inBlocks[local.indexOf(cause)] ?? cause(host);
    const found = all.filter((mistake) => !claims.has(mistake.at));
    for (const mistake of found) {
      speak(mistake);
      for (const place of mistake.claims) claims.add(place);
    }
  }
  const lost: Finding[] = [];
  for (const finding of withoutConsequences(host.findings)) {
    const { at, statement, word } = finding;
    // A brace that is missing is missed whatever stands behind the keyword.
    const where = finding.kind === "missing-open" ? (statement?.words[0]?.at ?? at) : at;
    if (!claims.has(where)) speak({ rule: ruleOf(host, finding), at, claims: [], statement, word, finding });
    else if (structural.has(finding.kind)) lost.push(finding);
  }
  // What the cause does to other lines than its own is worth seeing as well.
  for (const { at, word } of lost) if (!told.has(at)) speak({ rule: "lex-line-lost", at, claims: [], word });
  const result = { byRule, claims };
  known.set(host, result);
  return result;
}

const structural: ReadonlySet<Finding["kind"]> = new Set([
  "unknown-keyword",
  "unknown-block",
  "wrong-block",
  "unexpected-open",
  "extra-close",
  "lost-line",
]);

const ownMistake: ReadonlySet<Finding["kind"]> = new Set([
  "extra-words",
  "missing-value",
  "flag-with-argument",
]);

/**
 * A `{` behind a statement that takes too many words, or none where it needs one, is part of that mistake. A `{` too
 * many leaves a block above it without its `}`, for that reason alone.
 */
function withoutConsequences(findings: readonly Finding[]): readonly Finding[] {
  const other = new Set(findings.flatMap(({ kind, statement }) => (ownMistake.has(kind) ? statement : [])));
  const unexpected = findings.filter(({ kind }) => kind === "unexpected-open");
  const dropped = new Set(unexpected.filter(({ statement }) => statement && other.has(statement)));
  const unclosed = findings.filter(({ kind }) => kind === "missing-close");
  const above = new Map<string, Finding[]>();
  for (const finding of [...unclosed, ...unexpected].sort(byStart)) {
    const waiting = above.get(finding.at.file) ?? [];
    above.set(finding.at.file, waiting);
    if (finding.kind === "missing-close") waiting.push(finding);
    else {
      const nearest = waiting.pop();
      if (nearest) dropped.add(nearest);
    }
  }
  return dropped.size === 0 ? findings : findings.filter((finding) => !dropped.has(finding));
}

function byStart(one: Finding, other: Finding): number {
  return one.at.span.start - other.at.span.start;
}

function syntaxMistakes(host: Host, stage: "file" | "line" | "place"): readonly Mistake[] {
  return host.syntaxFindings.flatMap((finding) => {
    const rule = syntaxRules[finding.kind];
    if (!rule || stageOf(rule.reach) !== stage) return [];
    if (finding.kind === "undefined-variable" && !isReference(host, finding)) return [];
    const claims = reached(host, finding, rule.reach);
    return [{ rule: rule.rule, at: finding.at, claims, subject: finding.subject, syntax: finding }];
  });
}

function stageOf(reach: Reach): "file" | "line" | "place" {
  return reach === "two lines" ? "line" : reach;
}

function reached(host: Host, { at }: SyntaxFinding, reach: Reach): readonly Place[] {
  const source = host.sources.find((one) => one.path === at.file);
  const line = lineAt(host, at);
  if (reach === "place" || !source) return [at];
  if (reach === "file") return [placeOf(at.file, 0, source.text.length)];
  if (!line) return [at];
  if (reach === "line") return [line.at];
  const next = lineAt(host, placeOf(at.file, line.at.span.end + 1, line.at.span.end + 1));
  return next ? [line.at, next.at] : [line.at];
}

/** Places, found again by the stretch of the file they lie in. */
class Claims {
  readonly #byStretch = new Map<string, Place[]>();

  add(place: Place): void {
    for (const key of stretches(place)) {
      const places = this.#byStretch.get(key);
      if (places) places.push(place);
      else this.#byStretch.set(key, [place]);
    }
  }

  has(place: Place): boolean {
    return stretches(place).some((key) => this.#byStretch.get(key)?.some((one) => touches(one, place)));
  }
}

const stretch = 1024;

function stretches({ file, span }: Place): readonly string[] {
  const first = Math.floor(Math.max(span.start - 1, 0) / stretch);
  const last = Math.floor((span.end + 1) / stretch);
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index} ${file}`);
}
