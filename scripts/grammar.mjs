/**
 * Writes grammar/keepalived.rules.ts, the grammar as plain data, when the grammar is newer: ohm reads it here, and
 * nothing has to load ohm and build the grammar again at every start.
 */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { changedAt, inRoot } from "./steps.mjs";

const source = inRoot("grammar", "keepalived.ohm");
const target = inRoot("grammar", "keepalived.rules.ts");
const generator = inRoot("scripts", "grammar.mjs");

/**
 * Promises that the rules beside the grammar belong to the grammar; throws when the grammar is wrong.
 * The file appears by renaming, so a reader never sees half of it.
 */
export function buildGrammar() {
  if (changedAt(target) >= Math.max(changedAt(source), changedAt(generator))) return;
  const folder = mkdtempSync(inRoot("grammar", ".making-"));
  try {
    const file = path.join(folder, "rules.ts");
    writeFileSync(file, rulesText(readFileSync(source, "utf8")));
    renameSync(file, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Needs what npm installs, so it is not loaded before it is used. */
const ohm = () => createRequire(import.meta.url)("ohm-js");

function rulesText(text) {
  const { grammar, pexprs } = ohm();
  const read = grammar(text);
  const rules = new Map();
  const add = (name) => {
    if (rules.has(name)) return;
    rules.set(name, undefined);
    rules.set(name, plain(read.rules[name].body, pexprs, add));
  };
  for (const name of Object.keys(read.rules)) add(name);
  return [
    "// Written by scripts/grammar.mjs from keepalived.ohm.",
    'import type { Expression } from "../src/syntax/first.ts";',
    "",
    "export const rules: Readonly<Record<string, Expression>> = {",
    ...[...rules].map(([name, expression]) => `  ${name}: ${JSON.stringify(expression)},`),
    "};",
    "",
  ].join("\n");
}

/** One of ohm's expressions as data; rules that it applies are handed to `add`, since ohm brings some of its own. */
function plain(expression, pexprs, add) {
  const inner = (each) => plain(each, pexprs, add);
  if (expression === pexprs.any) return { is: "any" };
  if (expression === pexprs.end) return { is: "end" };
  if (expression instanceof pexprs.Terminal) return { is: "terminal", text: String(expression.obj) };
  if (expression instanceof pexprs.Range) return { is: "range", from: expression.from, to: expression.to };
  if (expression instanceof pexprs.Alt) return { is: "either", of: expression.terms.map(inner) };
  if (expression instanceof pexprs.Seq) return { is: "sequence", of: expression.factors.map(inner) };
  if (expression instanceof pexprs.Lex) return inner(expression.expr);
  if (expression instanceof pexprs.Apply && expression.args.length === 0) {
    add(expression.ruleName);
    return { is: "rule", name: expression.ruleName };
  }
  for (const [is, kind] of Object.entries(wrappers(pexprs)))
    if (expression instanceof kind) return { is, of: inner(expression.expr) };
  throw new Error(`The grammar uses an expression that scripts/grammar.mjs does not know: ${expression}`);
}

const wrappers = ({ Star, Plus, Opt, Not, Lookahead }) => ({
  star: Star,
  plus: Plus,
  optional: Opt,
  not: Not,
  ahead: Lookahead,
});

/** Vitest calls this before the first test, so that `npx vitest` alone works too. */
export default function setup() {
  buildGrammar();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureInstalled();
  buildGrammar();
}
