/** What the words of one line ask of each other: families, companions, what has to be there. */

import type { Word } from "../syntax/tree.ts";
import { parseAddress } from "./address.ts";
import { type Binding, type Bound, choiceOf } from "./bind.ts";
import { readAnyBase } from "./line_values.ts";
import type { Finding, Statement } from "./statement.ts";
import type { Companions, DataLines, LineFamily, Value } from "./types.ts";
import { oneOf, readInteger } from "./values.ts";

/** The first thing, in keepalived's order, that keeps it from taking a line whose words are all well by themselves. */
export function lawFinding(
  statement: Statement,
  binding: Binding,
  lines: DataLines | undefined,
): Finding | undefined {
  return (
    (lines?.oneFamily && mixedFamilies(statement, binding)) ||
    (lines && missingPart(statement, binding, lines)) ||
    missingCompanion(statement, binding)
  );
}

function mixedFamilies(statement: Statement, binding: Binding): Finding | undefined {
  let settled: { readonly family: LineFamily; readonly word: Word } | undefined;
  for (const { word, family } of familiesOf(binding)) {
    if (settled && family !== settled.family) {
      const related = [
        { at: settled.word.at, message: `${settled.word.text} makes it IPv${settled.family}` },
      ];
      const expected = family === "open" ? `${word.text} before all addresses` : `IPv${settled.family} only`;
      return { kind: "mixed-families", at: word.at, statement, word, expected, related };
    }
    if (family !== "open") settled = { family, word };
  }
  return undefined;
}

/** The words of a line that stand for a family, in the order of the line. */
function familiesOf({ bound, options, words }: Binding): readonly { word: Word; family: LineFamily }[] {
  const byWord = new Map<Word, LineFamily>();
  for (const { word, option } of options) if (option.family) byWord.set(word, option.family);
  for (const { word, arg, option } of bound) {
    const family = option?.skips ? undefined : familyOf(arg.value, word.text);
    if (family) byWord.set(word, family);
  }
  return words.flatMap((word) => {
    const family = byWord.get(word);
    return family ? [{ word, family }] : [];
  });
}

function familyOf(value: Value, text: string): LineFamily | undefined {
  const choice = choiceOf(value, text);
  if (choice) return choice.family;
  if (value.is === "address") return value.family === undefined ? parseAddress(text)?.family : undefined;
  if (value.is !== "either") return undefined;
  return value.of.map((one) => familyOf(one, text)).find((family) => family !== undefined);
}

/** The line lacks the one thing it is about, or has two of it. */
function missingPart(statement: Statement, binding: Binding, { needs }: DataLines): Finding | undefined {
  if (!needs) return undefined;
  const isPart = (name: string | undefined) => name !== undefined && needs.oneOf.includes(name);
  const { bound, options, words } = binding;
  const parts = new Set([
    ...options.filter(({ option }) => isPart(option.name)).map(({ word }) => word),
    ...bound.filter(({ arg, option }) => isPart(arg.name) && !isPart(option?.name)).map(({ word }) => word),
  ]);
  const [first, second] = words.filter((word) => parts.has(word));
  if (!first) {
    const at = statement.words[0]?.at ?? statement.line.at;
    return { kind: "incomplete-line", at, statement, expected: needs.what };
  }
  if (!needs.once || !second) return undefined;
  const related = [{ at: first.at, message: `${first.text} stands here already` }];
  return {
    kind: "second-option",
    at: second.at,
    statement,
    word: second,
    expected: needs.what,
    related,
  };
}

/** A word stands without another one that it needs. */
function missingCompanion(statement: Statement, binding: Binding): Finding | undefined {
  for (const { word, needs } of needyWords(binding)) {
    const { bound, options } = binding;
    const isThere = ({ word: other }: { readonly word: Word }) => needs.oneOf.includes(other.text);
    const companion = options.find(isThere) ?? bound.find((one) => isWordOfList(one) && isThere(one));
    if (!companion) {
      return { kind: "lacks-companion", at: word.at, statement, word, expected: oneOf(needs.oneOf) };
    }
    const [own, other] = [numberBehind(word, binding), numberBehind(companion.word, binding)];
    if (!needs.below || own === undefined || other === undefined || other < own) continue;
    const expected = `a number above ${companion.word.text} ${other}`;
    return { kind: "lacks-companion", at: word.at, statement, word, expected };
  }
  return undefined;
}

function isWordOfList({ word, arg }: Bound): boolean {
  return choiceOf(arg.value, word.text) !== undefined;
}

function needyWords({
  options,
  bound,
}: Binding): readonly { readonly word: Word; readonly needs: Companions }[] {
  return [
    ...options.map(({ word, option }) => ({ word, needs: option.needs })),
    ...bound.map(({ word, arg }) => ({ word, needs: choiceOf(arg.value, word.text)?.needs })),
  ].flatMap(({ word, needs }) => (needs ? [{ word, needs }] : []));
}

/** The number that stands behind the name of an option. */
function numberBehind(word: Word, { bound, words }: Binding): number | undefined {
  const next = words[words.indexOf(word) + 1];
  const value = bound.find((one) => one.word === next)?.arg.value;
  if (!next || value?.is !== "int") return undefined;
  return value.anyBase ? readAnyBase(next.text) : readInteger(next.text);
}
