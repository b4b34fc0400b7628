/**
 * What a line of keepalived.conf is made of, whatever block it stands in, as TextMate patterns. They follow
 * grammar/keepalived.ohm; test/syntaxes holds the two against each other.
 */

/** A TextMate rule, as far as this grammar needs them. */
export interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Pattern[];
  readonly include?: string;
}

export type Captures = Readonly<Record<string, { readonly name: string }>>;

/** A scope with the language's name behind it. */
export const scope = (name: string) => `${name}.keepalived`;

/** Scopes for groups of a regular expression, by the order of the groups; an empty name leaves one out. */
export function captured(...names: readonly string[]): Captures {
  const entries = names.map((name, index) => [`${index + 1}`, { name: scope(name) }] as const);
  return Object.fromEntries(entries.filter((_, index) => names[index] !== ""));
}

export const include = (name: string): Pattern => ({ include: `#${name}` });

/** What separates words. Not `\s`: the expression engine counts more signs as blank than keepalived does. */
export const blank = "[ \\t\\r\\x0b\\x0c]";

/** Characters that can neither be inside a plain word nor begin one. */
export const noWord = ' \\t\\r\\n\\x0b\\x0c"{}#!\\\\\\x00';

/** Behind a word: a blank, a sign that ends it, or the end of the line, with a continuation or without. */
export const wordEnd = `(?=[ \\t\\r\\x0b\\x0c"{}#!\\x00]|\\\\[#!\\x00]|\\\\?$)`;

/** The code of a line ends here: at its end, at a NUL, before the backslash that continues it. */
const codeEnd = "(?=\\\\?$)|(?=\\\\?\\x00)";

const variableName = "[A-Za-z_][A-Za-z0-9_]*";

/** Where a value begins and where it ends; lists in parentheses and with commas have values too. */
const valueStart = '(?<![^ \\t\\r\\x0b\\x0c"{(,=])';
const valueEnd = `(?=[ \\t\\r\\x0b\\x0c"{}#!\\x00,)]|\\\\[#!\\x00]|\\\\?$)`;

/** A backslash takes the next sign with it, so that neither counts. Braces count even then, but not in a comment. */
const pair: Pattern = { match: "\\\\[^\\x00\\n]" };
const pairOfWords: Pattern = { match: "\\\\[^\\x00\\n{}]" };

function comment(sign: string, name: string): Pattern {
  return {
    name: scope(`comment.line.${name}`),
    begin: `\\\\?${sign}`,
    beginCaptures: { "0": { name: scope("punctuation.definition.comment") } },
    end: codeEnd,
    patterns: [
      pair,
      { name: scope("keyword.other.directive"), match: "vrrp-lint-disable(?:-next-line)?(?![A-Za-z0-9_-])" },
    ],
  };
}

const strings: readonly Pattern[] = [
  {
    name: scope("string.quoted.double"),
    begin: '"(?=(?:\\\\[^\\x00\\n]|[^"\\\\\\x00\\n])*")',
    beginCaptures: { "0": { name: scope("punctuation.definition.string.begin") } },
    end: '"',
    endCaptures: { "0": { name: scope("punctuation.definition.string.end") } },
    patterns: [include("escape"), include("reference")],
  },
  {
    name: scope("string.quoted.double.unclosed"),
    begin: '"',
    beginCaptures: { "0": { name: scope("invalid.illegal.unclosed-string") } },
    end: codeEnd,
    patterns: [include("escape"), include("reference")],
  },
];

const references: readonly Pattern[] = [
  {
    name: scope("variable.other.readwrite"),
    match: `(\\$\\{)(?:(_ENV) +)?${variableName}(?: +[0-9 ]*)?(\\})`,
    captures: captured(
      "punctuation.definition.variable",
      "support.variable",
      "punctuation.definition.variable",
    ),
  },
  {
    name: scope("variable.other.readwrite"),
    match: `(\\$)${variableName}(?=[ \\t,)#!\\x00]|\\\\[#!\\x00]|\\\\?$)`,
    captures: captured("punctuation.definition.variable"),
  },
];

const number = "(?:0[xX][0-9A-Fa-f]+|[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)";
const ipv4 = "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}";
const ipv6 = `(?:[0-9A-Fa-f]{0,4}:){2,7}(?:${ipv4}|[0-9A-Fa-f]{0,4})`;
const slash = "punctuation.separator.prefix";
const dash = "punctuation.separator.range";

const values: readonly Pattern[] = [
  {
    name: scope("constant.numeric.address.ipv4"),
    match: `${valueStart}${ipv4}(?:(/)[0-9]{1,2})?(?:(-)[0-9.]+)?${valueEnd}`,
    captures: captured(slash, dash),
  },
  {
    name: scope("constant.numeric.address.ipv6"),
    match: `${valueStart}${ipv6}(?:(/)[0-9]{1,3})?(?:(-)[0-9A-Fa-f:]+)?${valueEnd}`,
    captures: captured(slash, dash),
  },
  {
    name: scope("constant.numeric"),
    match: `${valueStart}[+-]?${number}(ms|us|ns|s)?(?:[-/]${number})?${valueEnd}`,
    captures: captured("keyword.other.unit"),
  },
  { name: scope("constant.language.boolean"), match: `${valueStart}(?:on|off|true|false|yes|no)${valueEnd}` },
  { name: scope("string.unquoted.path"), match: `${valueStart}/(?!/)[^${noWord}$]*` },
];

/** Signs that count wherever they stand: comments first, so that nothing else ever takes one. */
const everywhere: readonly Pattern[] = [
  comment("#", "number-sign"),
  comment("!", "exclamation-mark"),
  { name: scope("invalid.illegal.ignored"), match: "\\x00[^\\n]*" },
  { name: scope("punctuation.separator.continuation"), match: "\\\\(?=\\x00|$)" },
  pairOfWords,
  include("string"),
  include("reference"),
];

const conditions: readonly Pattern[] = [
  {
    match: '^[ \\t]*(@\\^?)([^ \\t#!"\\\\\\x00\\n]*)(?=[ \\t]+[^ \\t\\n])',
    captures: captured("keyword.control.conditional", "entity.name.tag.config-id"),
  },
  {
    match: '^[ \\t]*(@[^ \\t#!"\\\\\\x00\\n]*)(?=[ \\t]*(?:\\x00|\\\\?[#!]|\\\\?$))',
    captures: captured("invalid.illegal.condition"),
  },
];

const definition: Pattern = {
  name: scope("meta.definition"),
  begin: `(\\$)(${variableName})(=)`,
  beginCaptures: captured(
    "punctuation.definition.variable",
    "variable.other.constant",
    "keyword.operator.assignment",
  ),
  // An engine may look behind the line end that it adds to each line.
  end: "(?<![\\\\\\n])$",
  patterns: [include("everywhere"), include("sequence"), include("value")],
};

const sequence: Pattern = {
  name: scope("meta.sequence"),
  begin: "(~SEQ|~LST)(x)?[ \\t]*(\\()",
  beginCaptures: captured("keyword.control.loop", "keyword.other.unit", "punctuation.section.parens.begin"),
  end: "(\\))|$",
  endCaptures: captured("punctuation.section.parens.end"),
  patterns: [include("everywhere"), include("value")],
};

const inclusion: Pattern = {
  name: scope("meta.include"),
  begin: `(include[rmwba]?)(?=${blank})`,
  beginCaptures: captured("keyword.control.import"),
  end: "$",
  patterns: [
    include("everywhere"),
    { name: scope("string.unquoted.path"), match: '(?:[^ \\t\\n"#!\\\\\\x00$]|\\$(?!\\{?[A-Za-z_]))+' },
  ],
};

/** The patterns of a line by their names in the grammar's repository. */
export const linePatterns: Readonly<Record<string, Pattern>> = {
  everywhere: { patterns: everywhere },
  escape: { name: scope("constant.character.escape"), match: "\\\\[^\\x00\\n]" },
  string: { patterns: strings },
  reference: { patterns: references },
  value: { patterns: values },
  sequence,
  /** What may stand before the words of a line, or instead of them. */
  start: { patterns: [include("everywhere"), ...conditions, definition, include("sequence"), inclusion] },
};
