/** The schema against the list of keyword paths that keepalived 2.4.3 accepts, and against itself. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { argFact, factsOf } from "../../src/schema/describe.ts";
import { blocksWith, everyKeyword, findKeyword, rootKeywords } from "../../src/schema/index.ts";
import type { Arg, DataLines, Keyword, Option, Value } from "../../src/schema/types.ts";

const oldestLookedAt = "<=2.0.20";

/** Path and first release of every keyword, from a keepalived with all common build options. */
const facts: ReadonlyMap<string, string> = new Map(
  readFileSync(new URL("keywords.tsv", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#") && line !== "path\tsince")
    .map((line) => line.split("\t") as [string, string]),
);

/** Keywords outside the list, and why they are known all the same. */
const beyondFacts: ReadonlyMap<string, string> = new Map([
  ["global_defs/vrrp_ipsets", "needs iptables and ipset, which the build behind the list did not have"],
]);

const entries = everyKeyword();

/** Every word position of an entry, in its line and in the lines of its block, options included. */
function argsOf(keyword: Keyword): readonly Arg[] {
  const { args, options = [], lines } = keyword;
  const own = [...args, ...(lines?.args ?? [])];
  return [...own, ...innerArgs(own), ...[...options, ...(lines?.options ?? [])].flatMap(optionArgs)];
}

function optionArgs({ args, options = [] }: Option): readonly Arg[] {
  return [...args, ...innerArgs(args), ...options.flatMap(optionArgs)];
}

/** The positions behind a word of a closed list that has its own. */
function innerArgs(args: readonly Arg[]): readonly Arg[] {
  const choices = args
    .flatMap(({ value }) => valuesIn(value))
    .flatMap((one) => (one.is === "word" ? one.of : []));
  return choices.flatMap(({ args: own = [], options = [] }) => [
    ...own,
    ...innerArgs(own),
    ...options.flatMap(optionArgs),
  ]);
}

function valuesIn(value: Value): readonly Value[] {
  return value.is === "either" ? value.of.flatMap(valuesIn) : [value];
}

function valuesOf(keyword: Keyword): readonly Value[] {
  return argsOf(keyword).flatMap((arg) => valuesIn(arg.value));
}

/** The first release of a keyword: its own, else that of the block it stands in. */
function firstRelease(path: string): string | undefined {
  const own = findKeyword(path)?.since;
  return own ?? (path.includes("/") ? firstRelease(path.slice(0, path.lastIndexOf("/"))) : undefined);
}

/** The paths of entries that break a law, so that a failure names them. */
function breaking(law: (keyword: Keyword, path: string) => boolean): readonly string[] {
  return entries.filter(({ keyword, path }) => !law(keyword, path)).map(({ path }) => path);
}

describe("the list of keyword paths", () => {
  test("has all 527", () => expect(facts.size).toBe(527));

  test("is known without a gap", () => {
    expect([...facts.keys()].filter((path) => !findKeyword(path))).toEqual([]);
  });

  test("holds every known path, exceptions aside", () => {
    expect(breaking((_, path) => facts.has(path) || beyondFacts.has(path))).toEqual([]);
  });

  test("agrees about the first release", () => {
    const differing = breaking((_, path) => {
      const since = facts.get(path);
      return since === undefined || firstRelease(path) === (since === oldestLookedAt ? undefined : since);
    });
    expect(differing).toEqual([]);
  });
});

describe("every entry", () => {
  test("is the only one of its name in its block", () => {
    const paths = entries.map(({ path }) => path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });

  test("has an explanation of whole sentences, the first short enough for a list", () => {
    expect(breaking(({ doc }) => /^[^a-z].*\.$/s.test(doc) && !doc.includes("\n"))).toEqual([]);
    expect(breaking(({ doc }) => (doc.split(/[.:;] /)[0] as string).length <= 200)).toEqual([]);
  });

  test("has an example that shows it", () => {
    const firstWords = (text: string) => text.split("\n").map((line) => line.trim().split(" ")[0]);
    expect(breaking(({ name, example }) => firstWords(example).includes(name))).toEqual([]);
  });

  test("says where it was learnt", () => {
    const place = /keepalived\.conf\(5\)|keepalived\/\S+\.c:\d+/;
    expect(breaking(({ source }) => place.test(source))).toEqual([]);
  });

  test("is a block of keywords, a block of data, a flag or a line with words, and only one of them", () => {
    const shapes = ({ keywords, lines, flag }: Keyword) => [keywords, lines, flag].filter(Boolean).length;
    expect(breaking((keyword) => shapes(keyword) <= 1)).toEqual([]);
    expect(breaking(({ flag, args, default: value }) => !flag || (args.length === 0 && !value))).toEqual([]);
    expect(
      breaking(
        (keyword) =>
          shapes(keyword) === 1 ||
          keyword.args.length > 0 ||
          (keyword.options ?? []).length > 0 ||
          !!keyword.blockOptional,
      ),
    ).toEqual([]);
  });

  test("says which of several wins only where one does", () => {
    expect(breaking(({ times, wins }) => times === "once" || wins === undefined)).toEqual([]);
  });

  test("has optional words after the needed ones, and a word that takes the rest last", () => {
    const inOrder = (args: readonly Arg[]) =>
      args.every((arg, index) => {
        const next = args[index + 1];
        return !next || (!arg.rest && (!arg.optional || next.optional === true));
      });
    const ordered = ({ anyOrder, args = [] }: Partial<DataLines>) => anyOrder || inOrder(args);
    expect(breaking(({ args, lines = {} }) => inOrder(args) && ordered(lines))).toEqual([]);
  });

  test("has ranges that are not empty and choices that differ", () => {
    const sound = (value: Value): boolean => {
      if (value.is === "int" || value.is === "seconds") return value.min < value.max;
      if (value.is !== "word") return true;
      return value.of.length > 0 && new Set(value.of.map((choice) => choice.word)).size === value.of.length;
    };
    expect(breaking((keyword) => valuesOf(keyword).every(sound))).toEqual([]);
  });

  test("has a default that its own words accept, where the default is a plain number", () => {
    const fits = (text: string, value: Value): boolean =>
      (value.is !== "int" && value.is !== "seconds") ||
      (Number(text) >= value.min && Number(text) <= value.max);
    const differing = breaking(({ default: text, args }) => {
      if (text === undefined || !/^-?\d+(\.\d+)?$/.test(text)) return true;
      return args.slice(0, 1).every((arg) => valuesIn(arg.value).some((value) => fits(text, value)));
    });
    expect(differing).toEqual([]);
  });

  test("has lines that ask for words which they know", () => {
    const names = ({ args, options = [] }: DataLines) => [...options, ...args].map(({ name }) => name);
    const known = (lines: DataLines) => {
      const argNames = (lines.options ?? []).flatMap(optionArgs).map(({ name }) => name);
      const asked = (lines.options ?? []).flatMap(({ needs }) => needs?.oneOf ?? []);
      return (
        asked.every((name) => names(lines).includes(name)) &&
        (lines.needs?.oneOf ?? []).every((name) => [...names(lines), ...argNames].includes(name))
      );
    };
    expect(breaking(({ lines }) => !lines || known(lines))).toEqual([]);
  });

  test("refers to kinds of names that some block defines", () => {
    const names = entries.flatMap(({ keyword }) => valuesOf(keyword)).filter((value) => value.is === "name");
    const defined = new Set(names.map((value) => value.defines));
    expect(names.map((value) => value.refersTo).filter((kind) => kind && !defined.has(kind))).toEqual([]);
  });

  test("is replaced, when deprecated, by something that exists or by nothing", () => {
    const words = (use: string) => use.match(/[a-z][a-z0-9_]*_[a-z0-9_]+/g) ?? [];
    const differing = breaking(({ deprecated }) =>
      words(deprecated?.use ?? "").every((word) => blocksWith(word).length > 0),
    );
    expect(differing).toEqual([]);
  });
});

describe("looking up", () => {
  test("finds keywords by path", () => {
    expect(findKeyword("vrrp_instance/priority")?.name).toBe("priority");
    expect(findKeyword("vrrp_instance")).toBe(rootKeywords.find(({ name }) => name === "vrrp_instance"));
    expect(findKeyword("priority")).toBeUndefined();
  });

  test("names the blocks of a keyword, the top level as an empty path", () => {
    expect(blocksWith("priority")).toEqual(["vrrp_instance"]);
    expect(blocksWith("auth_pass")).toEqual(["vrrp_instance/authentication"]);
    expect(blocksWith("linkbeat_use_polling")).toEqual(["", "vrrp_instance"]);
    expect(blocksWith("global_defs")).toEqual([""]);
    expect(blocksWith("toString")).toEqual([]);
  });

  test("lists an outer entry before the entries inside it", () => {
    const position = new Map(entries.map(({ path }, index) => [path, index]));
    const early = breaking((_, path) => {
      const outer = path.slice(0, path.lastIndexOf("/"));
      return !path.includes("/") || (position.get(outer) as number) < (position.get(path) as number);
    });
    expect(early).toEqual([]);
  });
});

test("what may be written for an argument begins with its name, said once", () => {
  expect(argFact({ name: "priority", value: { is: "int", min: 1, max: 255 } })).toBe(
    "priority: whole number, 1 to 255",
  );
  expect(argFact({ name: "user", value: { is: "user" } })).toBe("user name");
  const all = entries.flatMap(({ keyword }) => [...argsOf(keyword).map(argFact), ...factsOf(keyword)]);
  expect(all.filter((fact) => /^(\S+): \1\b/.test(fact))).toEqual([]);
});
