/**
 * syntaxes/keepalived.tmLanguage.json: how an editor colours keepalived.conf. Every list of words comes from the
 * schema, so a new keyword is coloured without a touch here. `npm run docs` writes the file.
 */
import { blocksWith, everyKeyword, rootKeywords } from "../../src/schema/index.ts";
import type { Arg, Choice, Keyword, Option, Value } from "../../src/schema/types.ts";
import {
  blank,
  captured,
  include,
  linePatterns,
  noWord,
  type Pattern,
  scope,
  wordEnd,
} from "./line-patterns.ts";

/** The grammar as the text of its file. */
export function textmateText(): string {
  return `${JSON.stringify(textmateGrammar(), undefined, 1)}\n`;
}

/** The grammar as vscode-textmate takes it. */
export function textmateGrammar() {
  const words = new Words();
  const blocks = everyKeyword().filter(({ keyword }) => keyword.keywords || keyword.lines);
  const repository: Record<string, Pattern> = { ...linePatterns };
  repository["keywords"] = { patterns: keywordPatterns(rootKeywords, "", words) };
  for (const { path, keyword } of blocks) {
    if (keyword.keywords) {
      repository[`keywords-${idOf(path)}`] = { patterns: keywordPatterns(keyword.keywords, path, words) };
    }
    repository[`inside-${idOf(path)}`] = { patterns: inside(keyword, path, words) };
    repository[`braces-${idOf(path)}`] = { ...braces, patterns: [include(`inside-${idOf(path)}`)] };
    repository[`block-${idOf(path)}`] = blockPattern(keyword, path, words);
  }
  // A file that is included inside a block has that block's keywords outside every block.
  const fragments = blocks.flatMap(({ path, keyword }) =>
    keyword.keywords ? [include(`keywords-${idOf(path)}`)] : [],
  );
  return {
    name: "keepalived",
    scopeName: scope("source"),
    fileTypes: ["keepalived.conf", "keepalived"],
    patterns: [
      include("start"),
      include("keywords"),
      ...fragments,
      { name: scope("invalid.illegal.brace"), match: "\\}" },
      statement(words.patternsOf([])),
    ],
    repository: { ...repository, ...words.repository() },
  };
}

const idOf = (path: string) => path.replaceAll("/", "-");

/** A block that lacks its closing brace ends where a keyword stands that only stands outside every block. */
const outermost = rootKeywords
  .filter(({ name, keywords, lines }) => (keywords ?? lines) && blocksWith(name).length === 1)
  .map(({ name }) => name);
const blockEnd = `(\\})|(?=^${blank}*${oneOf(outermost)}${wordEnd})`;

/** Braces that no known keyword opens; they never close the block around them. */
const braces: Pattern = {
  begin: "\\{",
  beginCaptures: { "0": { name: scope("punctuation.section.block.begin") } },
  end: blockEnd,
  endCaptures: captured("punctuation.section.block.end"),
};

function inside(keyword: Keyword, path: string, words: Words): readonly Pattern[] {
  const lines = keyword.lines;
  const ofLines = lines ? [...namesOfArgs(lines.args), ...namesOfOptions(lines.options)] : [];
  return [
    include("start"),
    ...(keyword.keywords ? [include(`keywords-${idOf(path)}`)] : []),
    include(`braces-${idOf(path)}`),
    statement(words.patternsOf(ofLines)),
  ];
}

/** From the keyword to its closing brace. The opening one may follow on a later line, or be missing. */
function blockPattern(keyword: Keyword, path: string, words: Words): Pattern {
  const named = keyword.args[0]?.value.is === "name";
  const name = named ? `(?:${blank}+([^${noWord}$]+))?` : "";
  return {
    name: scope(`meta.block.${keyword.name}`),
    begin: `(${keyword.name})${wordEnd}${name}`,
    beginCaptures: captured("storage.type.block", named ? "entity.name.section" : ""),
    end: blockEnd,
    endCaptures: captured("punctuation.section.block.end"),
    patterns: [
      {
        begin: `\\G(?!${blank}*\\})`,
        end: `(\\{)|(?=\\})|^(?=${blank}*[^ \\t\\r\\n\\x0b\\x0c{#!])`,
        endCaptures: captured("punctuation.section.block.begin"),
        patterns: words.patternsOf(namesOf(keyword)),
      },
      include(`inside-${idOf(path)}`),
    ],
  };
}

/** Blocks one by one; keywords in groups that allow the same words behind them. */
function keywordPatterns(keywords: readonly Keyword[], above: string, words: Words): readonly Pattern[] {
  const pathOf = (name: string) => (above === "" ? name : `${above}/${name}`);
  const groups = new Map<string, { names: string[]; patterns: readonly Pattern[] }>();
  const blocks: Pattern[] = [];
  for (const keyword of keywords) {
    if (keyword.keywords || keyword.lines) {
      blocks.push(include(`block-${idOf(pathOf(keyword.name))}`));
      continue;
    }
    const patterns = words.patternsOf(namesOf(keyword));
    const key = JSON.stringify(patterns);
    const group = groups.get(key) ?? { names: [], patterns };
    group.names.push(keyword.name);
    groups.set(key, group);
  }
  const plain = [...groups.values()].map(({ names, patterns }) => ({
    begin: `(${oneOf(names)})${wordEnd}`,
    beginCaptures: captured("support.type.property-name"),
    end: statementEnd,
    patterns,
  }));
  return [...blocks, ...plain];
}

const statementEnd = "(?=[{}])|$";

/** A line whose first word is no keyword: data of the block, or something unknown. */
function statement(patterns: readonly Pattern[]): Pattern {
  return { begin: "(?=[^ \\t\\r\\n\\x0b\\x0c{}])", end: statementEnd, patterns };
}

/** A word that means something behind a keyword. */
interface Name {
  readonly word: string;
  readonly as: "option" | "choice" | "anyCase";
}

function namesOf(keyword: Keyword): readonly Name[] {
  return [...namesOfArgs(keyword.args), ...namesOfOptions(keyword.options)];
}

function namesOfArgs(args: readonly Arg[] = []): readonly Name[] {
  return args.flatMap(({ value }) => namesOfValue(value));
}

function namesOfValue(value: Value): readonly Name[] {
  if (value.is === "either") return value.of.flatMap(namesOfValue);
  if (value.is !== "word") return [];
  const as = value.anyCase ? "anyCase" : "choice";
  return value.of.flatMap((choice: Choice) => [
    { word: choice.word, as } as const,
    ...namesOfArgs(choice.args),
    ...namesOfOptions(choice.options),
  ]);
}

function namesOfOptions(options: readonly Option[] = []): readonly Name[] {
  return options.flatMap((option) => [
    { word: option.name, as: "option" } as const,
    ...namesOfArgs(option.args),
    ...namesOfOptions(option.options),
  ]);
}

/** The sets of words that stand behind keywords; equal sets are one pattern of the repository. */
class Words {
  readonly #sets = new Map<string, string>();

  /** What may stand behind a keyword with these words. */
  patternsOf(names: readonly Name[]): readonly Pattern[] {
    const of = (as: Name["as"]) => names.filter((name) => name.as === as).map(({ word }) => word);
    const own = [
      this.#set("keyword.other.option", of("option")),
      this.#set("support.constant", of("choice")),
      this.#set("support.constant", of("anyCase"), "(?i)"),
    ];
    return [include("everywhere"), ...own.flat(), include("value")];
  }

  repository(): Record<string, Pattern> {
    return Object.fromEntries([...this.#sets].map(([text, name]) => [name, JSON.parse(text)]));
  }

  #set(name: string, words: readonly string[], flag = ""): readonly Pattern[] {
    if (words.length === 0) return [];
    const before = '(?<![^ \\t\\r\\x0b\\x0c"{}])';
    const text = JSON.stringify({ name: scope(name), match: `${flag}${before}${oneOf(words)}${wordEnd}` });
    const known = this.#sets.get(text) ?? `words-${this.#sets.size + 1}`;
    this.#sets.set(text, known);
    return [include(known)];
  }
}

function oneOf(words: readonly string[]): string {
  const escaped = [...new Set(words)].sort().map((word) => word.replaceAll(/[^A-Za-z0-9_-]/g, "\\$&"));
  return `(?:${escaped.join("|")})`;
}
