/** `--explain KEYWORD`: what the schema knows about a keyword, block by block. */
import { rules } from "../rules/index.ts";
import { factsOf, usage } from "../schema/describe.ts";
import { everyKeyword, type KeywordAt } from "../schema/index.ts";
import { nearest } from "../schema/nearest.ts";
import { wrap } from "./columns.ts";
import type { Page } from "./report.ts";
import { UsageError } from "./world.ts";

/** A keyword of more blocks than these is a list of paths to ask for. */
const mostBlocks = 3;

/** Explains a keyword, given by its name or by its path. Throws UsageError when there is none, with a guess. */
export function keywordText(name: string, page: Page): string {
  const exact = everyKeyword().find(({ path }) => path === name);
  const others = everyKeyword().filter((each) => each !== exact && each.keyword.name === name);
  if (exact) return entry(exact, page) + callsText("Also a keyword of other blocks", others);
  if (others.length === 0) throw new UsageError(unknownText(name));
  if (others.length <= mostBlocks) return others.map((each) => entry(each, page)).join("\n");
  return callsText(`${page.colours.bold(name)} is a keyword of ${others.length} blocks`, others).trimStart();
}

function callsText(head: string, keywords: readonly KeywordAt[]): string {
  if (keywords.length === 0) return "";
  const calls = keywords.map(({ path }) => `  vrrp-lint --explain ${path}\n`);
  return `\n${head}; ask for one of them:\n${calls.join("")}`;
}

function unknownText(name: string): string {
  const names = everyKeyword().map(({ path, keyword }) => (name.includes("/") ? path : keyword.name));
  const guess = nearest(name, [...rules.map(({ id }) => id), ...names]);
  const help = guess ? `did you mean ${guess}?` : "--list-rules shows all rules";
  return `there is no rule or keyword "${name}"; ${help}`;
}

function entry({ path, keyword }: KeywordAt, { colours, width }: Page): string {
  const blocks = path.split("/").slice(0, -1);
  const where = blocks.length > 0 ? `in ${blocks.toReversed().join(" of ")}` : "outside of all blocks";
  const head = (text: string) => `\n${colours.bold(text)}\n`;
  const example = keyword.example
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}\n`);
  return [
    `${colours.bold(usage(keyword))}  ${where}\n`,
    `  ${wrap(keyword.doc, width, 2)}\n`,
    head("Facts"),
    ...factsOf(keyword).map((fact) => `  - ${wrap(fact, width, 4)}\n`),
    head("For example"),
    ...example,
  ].join("");
}
