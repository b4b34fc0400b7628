/** Lines of data made from the schema alone: every word of every option, at its limits and beyond, and mixtures. */
import fc from "fast-check";
import type { Arg, DataLines, Option, Value } from "../../src/schema/types.ts";

function integers(min: number, max: number): readonly string[] {
  const limits = max === Number.POSITIVE_INFINITY ? ["18446744073709551615"] : [`${max}`, `${max + 1}`];
  return [`${min}`, ...limits, "5", "+5", `${min - 1}`];
}

const addresses = ["192.0.2.1", "2001:db8::5", "192.0.2.300", "192.0.2.01", "name"];
const networks = [...addresses, "192.0.2.0/24", "192.0.2.9/24", "2001:db8::/32", "0.0.0.0/0", "192.0.2.0/33"];

const ranges = [
  "192.0.2.1-20",
  "192.0.2.20-20",
  "192.0.2.20-10",
  "192.0.2.5-256",
  "192.0.2.5-192.0.3.1",
  "192.0.2.5-192.0.2.5",
  "192.0.2.5-192.0.2.1",
  "192.0.2.5-",
  "2001:db8::1-ff",
  "2001:db8::1-2001:db9::",
  "2001:db8::1-192.0.2.9",
  "2001:db8::1/64",
  "192.0.2.1/32",
  "0.0.0.0/0",
];

const times = ["5", "200ms", "1.5s", "1.5", "1.5ms", "1.234s", "1.2345s", "s", "1e3", "5m", "5SECS", "-5"];

/** Words that a value takes and words that it does not. */
export function wordsFor(value: Value): readonly string[] {
  switch (value.is) {
    case "int":
      return [...integers(value.min, value.max), "x", "5x", "1.5", "0x10", "010", "08", '""', '" 5"'];
    case "named-number": {
      const known = [...integers(value.min ?? 0, value.max).filter((word) => word !== "4294967296"), "010"];
      return [...known, ...(value.decimal ? [] : ["0x10"]), ...(value.pair ? ["1/2", "256/1", "1/256"] : [])];
    }
    case "range":
      return ["1-2", "5", "5-", "-", "a-b", "70000-80000"];
    case "mark":
      return ["5", "0x5/0xff", "-1", "5/-1", "5/", "4294967295", "4294967296", "x", "5x", "08", "1/2/3"];
    case "route-time": {
      const most = 120_000 * value.partsPerMillisecond;
      return [...times, `${most}`, `${most + 1}`, `${most}ms`, `${most / 1000}s`, `${most / 1000 + 1}s`];
    }
    case "addresses":
      return [...networks, ...ranges];
    case "word":
      return [...value.of.map(({ word }) => word), "bogus"];
    case "address":
      return value.prefix === "refused" ? [...addresses, "192.0.2.1/24"] : networks;
    case "either":
      return value.of.filter(({ is }) => is !== "text").flatMap(wordsFor);
    case "interface":
      return ["eth0"];
    case "name":
      return ["g"];
    default:
      return ["100"];
  }
}

/** Every option of a set with each of its words, and its own options the same way. */
export function eachWord(options: readonly Option[]): readonly string[] {
  return options.flatMap(({ name, args, options: own = [] }) => {
    const words = args.flatMap(({ value }) => wordsFor(value));
    return [name, ...[...words, ...eachWord(own)].map((word) => `${name} ${word}`)];
  });
}

function argTexts(args: readonly Arg[]): fc.Arbitrary<string> {
  const texts = args.map(({ value, optional }) => {
    const word = fc.constantFrom(...wordsFor(value)).chain((text) => behind(value, text));
    return optional ? fc.option(word, { nil: "" }) : word;
  });
  return fc.tuple(...texts).map((words) => words.join(" "));
}

/** A word, and what it asks for behind it. */
function behind(value: Value, text: string): fc.Arbitrary<string> {
  const lists = value.is === "either" ? value.of : [value];
  const choice = lists.flatMap((one) => (one.is === "word" ? one.of : [])).find(({ word }) => word === text);
  return fc
    .tuple(argTexts(choice?.args ?? []), optionTexts(choice?.options ?? [], 2))
    .map((words) => [text, ...words].join(" "));
}

function optionTexts(options: readonly Option[], most: number): fc.Arbitrary<string> {
  if (options.length === 0) return fc.constant("");
  const one = fc
    .constantFrom(...options)
    .chain(({ name, args, options: own = [] }) =>
      fc.tuple(argTexts(args), optionTexts(own, 2)).map((words) => [name, ...words].join(" ")),
    );
  return fc.array(one, { maxLength: most }).map((texts) => texts.join(" "));
}

/** Lines of any of the options and arguments in any order, some of them with a word too few or too many. */
export function anyLine({ args, options = [] }: DataLines, usual: readonly string[]): fc.Arbitrary<string> {
  const start = fc.oneof(fc.constantFrom(...usual), argTexts(args));
  const slip = fc.option(fc.tuple(fc.nat(9), fc.constantFrom("", "bogus", "27", "via")), { freq: 5 });
  return fc
    .tuple(optionTexts(options, 2), start, optionTexts(options, 3), slip)
    .map(([before, middle, after, slipped]) => {
      const words = `${before} ${middle} ${after}`.match(/"[^"]*"|\S+/g) ?? [];
      if (slipped) words.splice(slipped[0], 1, ...(slipped[1] === "" ? [] : [slipped[1]]));
      return words.join(" ");
    })
    .filter((line) => line !== "");
}
