/** Rules over several hosts, all of them together: silent on sound fleets, and each defect under its own name. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { lintTexts } from "../support/fleet.ts";
import { type HostText, type Mutation, mutations, type Pair, soundPair, textOf } from "./mutations.ts";
import { soundFleets } from "./sound-fleets.ts";

const isSerious = ({ severity }: Diagnostic) => severity === "error" || severity === "warning";
const inWords = ({ rule, at, message }: Diagnostic) => `${at.file}: ${rule}: ${message}`;

describe("a sound fleet gives no error and no warning", () => {
  test.each(Object.entries(soundFleets))("%s", (_name, files) => {
    expect(lintTexts(files).filter(isSerious).map(inWords)).toEqual([]);
  });

  test("nor does any pair made at random", () => {
    fc.assert(
      fc.property(soundPair, ({ hosts }) => {
        expect(lintTexts(filesOf(hosts)).filter(isSerious).map(inWords)).toEqual([]);
      }),
    );
  });
});

describe("one defect in a sound pair is named by its rule in both files, and by no other rule", () => {
  test.each(mutations.map((mutation) => [mutation.what, mutation] as const))("%s", (_what, mutation) => {
    const { applies = () => true, also = [], rule } = mutation;
    fc.assert(
      fc.property(soundPair.filter(applies), fc.boolean(), (pair, second) => {
        const before = new Set(lintTexts(filesOf(pair.hosts)).map((diagnostic) => diagnostic.rule));
        const found = lintTexts(filesOf(mutated(pair, mutation, second ? 1 : 0)));
        const own = found.filter((diagnostic) => diagnostic.rule === rule);
        expect(new Set(own.map(({ at }) => at.file))).toEqual(new Set(["a.conf", "b.conf"]));
        const others = found.filter((diagnostic) => diagnostic.rule !== rule && !before.has(diagnostic.rule));
        expect(others.filter((diagnostic) => !also.includes(diagnostic.rule)).map(inWords)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("whatever the order of the hosts", () => {
    const places = (files: Readonly<Record<string, string>>) =>
      lintTexts(files)
        .map(({ rule, at }) => `${rule} ${at.file} ${at.span.start}`)
        .sort();
    fc.assert(
      fc.property(soundPair, fc.constantFrom(...mutations), (pair, mutation) => {
        fc.pre(mutation.applies?.(pair) ?? true);
        const files = filesOf(mutated(pair, mutation, 1));
        expect(places(Object.fromEntries(Object.entries(files).reverse()))).toEqual(places(files));
      }),
    );
  });
});

function filesOf([a, b]: Pair["hosts"]): Readonly<Record<string, string>> {
  return { "a.conf": textOf(a), "b.conf": textOf(b) };
}

function mutated({ hosts }: Pair, { change }: Mutation, index: 0 | 1): Pair["hosts"] {
  const host = (which: 0 | 1): HostText => {
    const own = hosts[which];
    const other = hosts[which === 0 ? 1 : 0];
    return which === index ? { ...own, lines: change(own.lines, other.lines) } : own;
  };
  return [host(0), host(1)];
}
