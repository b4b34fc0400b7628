/** A keyword in words, for readers: its form, and the facts of the schema about it. */
import type { Arg, DataLines, Keyword, Option, Value } from "./types.ts";

/** What may be written behind the keyword and in its block, its default and its releases, a line for each. */
export function factsOf(keyword: Keyword): readonly string[] {
  const { args, options = [], lines, deprecated } = keyword;
  return [
    ...args.map(argFact).filter((fact) => fact !== "name"),
    ...options.flatMap((option) => optionTexts(option)),
    ...choiceTexts(args),
    ...(lines ? linesFacts(lines) : []),
    ...(keyword.default === undefined ? [] : [`Default: ${keyword.default}`]),
    ...(keyword.times === "once" && keyword.wins ? [`Given twice, the ${keyword.wins} one counts`] : []),
    ...(keyword.since === undefined ? [] : [`Since keepalived ${keyword.since}`]),
    ...(deprecated ? [deprecationText(deprecated)] : []),
    ...(keyword.build === undefined ? [] : [`Needs a keepalived built with ${keyword.build}`]),
    `Source: ${keyword.source}`,
  ];
}

/** An argument and what may be written for it: `priority: whole number, 1 to 255`, `user name`. */
export function argFact({ name, value }: Arg): string {
  const text = valueText(value);
  return text.split(/[ ,]/, 1)[0] === name ? text : `${name}: ${text}`;
}

function deprecationText({ since, use }: { readonly since?: string; readonly use: string }): string {
  return `Deprecated${since ? ` since ${since}` : ""}${use ? `: ${use}` : ""}`;
}

function linesFacts({ what, args, options = [] }: DataLines): string[] {
  const line = ["Each line is", `${withArticle(what)}:`, ...args.map(argText)];
  return [line.join(" ").replace(/:$/, ""), ...options.flatMap((option) => optionTexts(option))];
}

function withArticle(what: string): string {
  return `${/^[aeiou]/.test(what) ? "an" : "a"} ${what}`;
}

/** An option, then the options of its own and of the words it takes. */
function optionTexts({ name, args, doc, since, deprecated, options = [] }: Option, outer = ""): string[] {
  const words = [`${outer}${name}`, ...args.map(argText)].join(" ");
  const more = [since ? `since ${since}` : "", deprecated ? deprecationText(deprecated).toLowerCase() : ""];
  const text = more.filter((one) => one !== "").join("; ");
  return [
    `${words}: ${doc}${text ? ` (${text})` : ""}`,
    ...options.flatMap((option) => optionTexts(option, `${outer}${name} … `)),
    ...choiceTexts(args, `${outer}${name} `),
  ];
}

/** The options that words of closed lists bring with them. */
function choiceTexts(args: readonly Arg[], outer = ""): string[] {
  const choices = args.flatMap(({ value }) => (value.is === "word" ? value.of : []));
  return choices.flatMap(({ word, options = [] }) =>
    options.flatMap((option) => optionTexts(option, `${outer}${word} … `)),
  );
}

/** How the keyword is written, such as `priority PRIORITY`. */
export function usage(keyword: Keyword): string {
  const words = [keyword.name, ...keyword.args.map(argText)];
  if (keyword.options || choiceTexts(keyword.args).length > 0) words.push("[OPTION…]");
  if (keyword.keywords || keyword.lines) words.push(keyword.blockOptional ? "[{ … }]" : "{ … }");
  return words.join(" ");
}

/** An argument as forms show it: `PRIORITY`, `[DIRECTION]`, `WORDS…`. */
export function argText({ name, optional, rest }: Arg): string {
  const word = `${name.toUpperCase().replaceAll(" ", "-")}${rest ? "…" : ""}`;
  return optional ? `[${word}]` : word;
}

/** What may be written, in words. */
export function valueText(value: Value): string {
  switch (value.is) {
    case "int":
      return `whole number, ${numbers(value)}`;
    case "seconds":
      return `${value.unit ?? "seconds"}, ${value.min} to ${value.max}`;
    case "word":
      return value.of.map(({ word }) => word).join(", ");
    case "bool":
      return "on, off, true, false, yes or no";
    case "address":
      return addressText(value);
    case "name":
      return `name${value.refersTo ? ` of ${withArticle(value.refersTo)}` : ""}${atMost(value.maxBytes)}`;
    case "text":
      return `text${atMost(value.maxBytes)}`;
    case "named-number":
      return `number up to ${value.max}, or a name that the host gives to one`;
    case "hex":
      return "hexadecimal digits";
    case "either":
      return value.of.map(valueText).join("; or ");
    default:
      return plainKinds[value.is];
  }
}

function numbers({ min, max }: { readonly min: number; readonly max: number }): string {
  return max >= Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
}

const plainKinds = {
  interface: "network interface",
  path: "path of a file",
  command: "program with its arguments, in double quotes when there are any",
  user: "user name",
  group: "group name",
  email: "mail address",
  range: "FIRST-LAST",
  mark: "firewall mark, with /MASK if it has one",
  "route-time": "time such as 200ms or 1.5s",
  addresses: "address, network, or range of addresses",
};

function atMost(bytes: number | undefined): string {
  return bytes === undefined ? "" : `, at most ${bytes} bytes`;
}

function addressText({ family, prefix, range, multicast }: Extract<Value, { is: "address" }>): string {
  const prefixText = { needed: " with /prefix", allowed: ", /prefix allowed", refused: "" }[prefix];
  const kind = `${multicast ? "multicast " : ""}address`;
  return `${family ? `IPv${family} ` : ""}${kind}${prefixText}${range ? ", or a range such as 10.0.0.1-20" : ""}`;
}
