/** `--explain` and `--list-rules`: what the rules say about themselves, and the schema about keywords. */
import { fleetOf, textsOf } from "../rules/example-fleet.ts";
import { findRule, rules } from "../rules/index.ts";
import { findProperty, type Property, properties } from "../rules/properties.ts";
import { lint } from "../rules/run.ts";
import type { BadExample, Example, Rule } from "../rules/types.ts";
import { explore } from "../simulate/explore.ts";
import { columnsOf, harmless, wrap } from "./columns.ts";
import { keywordText } from "./explain-keyword.ts";
import type { Format } from "./options.ts";
import type { Page } from "./report.ts";
import { UsageError } from "./world.ts";

/** Everything known about a rule or a keyword. Throws UsageError for a name that is neither. */
export function explainText(name: string, page: Page): string {
  const rule = findRule(name);
  if (rule) return ruleText(rule, page);
  const property = findProperty(name);
  return property ? propertyText(property, page) : keywordText(name, page);
}

function propertyText({ id, severity, summary, why, basis, bad }: Property, page: Page): string {
  const { colours, width } = page;
  const head = (text: string) => `\n${colours.bold(text)}\n`;
  const paragraph = (text: string) => `  ${wrap(text, width, 2)}\n`;
  const said = bad && explore(fleetOf(bad), { faults: 2 }).diagnostics.find(({ rule }) => rule === id);
  return [
    `${colours.bold(id)}  ${severity}, found by --explore\n`,
    paragraph(summary),
    head("Why it matters"),
    paragraph(why),
    ...(bad ? [head("For example"), filesOf(bad, (text) => text)] : []),
    ...(said ? [head("What vrrp-lint --explore says to that"), paragraph(harmless(said.message))] : []),
    head("How we know"),
    paragraph(basis),
    head("Silence it"),
    `  # vrrp-lint-disable-next-line ${id}\n`,
    `  vrrp-lint --explore --rule ${id}=off …\n`,
  ].join("");
}

function ruleText(rule: Rule, page: Page): string {
  const { colours, width } = page;
  const head = (text: string) => `\n${colours.bold(text)}\n`;
  const paragraph = (text: string) => `  ${wrap(text, width, 2)}\n`;
  return [
    `${colours.bold(rule.id)}  ${rule.severity}\n`,
    paragraph(rule.summary),
    head("Why it matters"),
    paragraph(rule.why),
    ...rule
      .bad()
      .slice(0, 1)
      .map((example) => head("For example") + badText(example)),
    ...messageOf(rule).map((message) => head("What vrrp-lint says to that") + paragraph(message)),
    ...fixedText(rule, head),
    head("How we know"),
    paragraph(rule.basis),
    head("Silence it"),
    `  # vrrp-lint-disable-next-line ${rule.id}\n`,
    `  vrrp-lint --rule ${rule.id}=off …\n`,
  ].join("");
}

function badText({ input }: BadExample): string {
  return filesOf(input, (text) => text.split("\n").flatMap(underlined).join("\n"));
}

/** The message of the first report on the first example: it also says what to do. */
function messageOf(rule: Rule): string[] {
  const [example] = rule.bad();
  if (!example) return [];
  const texts = Object.entries(textsOf(example.input)).map(
    ([name, text]) => [name, text.replaceAll(/[«»]/g, "")] as const,
  );
  const fleet = fleetOf(Object.fromEntries(texts), example.target);
  return lint(fleet, { rules: [rule] })
    .slice(0, 1)
    .map(({ message }) => harmless(message));
}

function fixedText({ bad }: Rule, head: (text: string) => string): string[] {
  const fixed = bad()[0]?.fixed;
  return fixed === undefined ? [] : [head("Mended") + filesOf(fixed, (text) => text)];
}

function filesOf(example: Example, show: (text: string) => string): string {
  const files = typeof example === "string" ? [["", example] as const] : Object.entries(example);
  const shown = files.map(([name, text]) => {
    const lines = show(text.trimEnd()).split("\n");
    return [...(name === "" ? [] : [`# ${name}`]), ...lines]
      .map((line) => `    ${harmless(line)}`.trimEnd())
      .join("\n");
  });
  return `${shown.join("\n\n")}\n`;
}

/** A line of an example, and carets under what stands between its marks. */
function underlined(line: string): string[] {
  if (!/[«»]/.test(line)) return [line];
  let carets = "";
  let inside = !line.includes("«") || line.indexOf("»") < line.indexOf("«");
  if (line.indexOf("»") === -1) inside = false;
  for (const character of line) {
    if (character === "«") inside = true;
    else if (character === "»") inside = false;
    else carets += (inside ? "^" : " ").repeat(columnsOf(character));
  }
  return [line.replaceAll(/[«»]/g, ""), carets.trimEnd()];
}

/** The list of all rules. Throws UsageError for a format that has no such list. */
export function rulesText(format: Format, { colours, width }: Page): string {
  if (format === "json") {
    const all = [...rules.map(ruleJson), ...properties.map(propertyJson)];
    return `${JSON.stringify({ version: 1, rules: all }, null, 2)}\n`;
  }
  if (format !== "text") throw new UsageError(`--list-rules is text or json, and not ${format}`);
  const indent = "warning  ".length;
  return [...rules, ...properties]
    .map(({ id, severity, summary }) => {
      const text = wrap(summary, width, indent);
      return `${severity.padEnd(indent)}${colours.bold(id)}\n${" ".repeat(indent)}${text}\n`;
    })
    .join("");
}

function propertyJson({ id, severity, summary, why, basis }: Property) {
  return { id, severity, over: "exploration", summary, why, basis, fixable: false };
}

function ruleJson(rule: Rule) {
  const { id, severity, over, summary, why, basis } = rule;
  return {
    id,
    severity,
    over,
    summary,
    why,
    basis,
    fixable: rule.bad().some(({ fixed }) => fixed !== undefined),
  };
}
