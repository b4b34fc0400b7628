/** What a rule says about itself, as Markdown. */
import type { Property } from "../rules/properties.ts";
import type { Example, Rule } from "../rules/types.ts";
import { code, fenced, plain } from "./markdown.ts";

/** True when the first example shows a fix. */
export function hasFix(rule: Rule): boolean {
  return rule.bad()[0]?.fixed !== undefined;
}

/** Why it matters, an example that breaks it and a right one, and how we know. */
export function rulePage(rule: Rule): string {
  const [bad] = rule.bad();
  const target = bad?.target ? ` for keepalived ${bad.target}` : "";
  return page(rule, [
    ...(bad ? [`Reported${target}:`, exampleText(bad.input)] : []),
    ...(bad?.fixed === undefined ? [] : ["Mended:", exampleText(bad.fixed)]),
    ...(hasFix(rule)
      ? []
      : rule
          .good()
          .slice(0, 1)
          .flatMap((text) => ["Right:", exampleText(text)])),
  ]);
}

/** The same about what only exploring finds. */
export function propertyPage(property: Property): string {
  return page(
    property,
    property.bad
      ? ["Reported:", exampleText(property.bad)]
      : ["No file breaks this by itself; only a mistake in the daemon could."],
  );
}

function page({ why, basis }: Rule | Property, examples: readonly string[]): string {
  return [`**Why:** ${plain(why)}`, ...examples, `**Basis:** ${plain(basis)}\n`].join("\n\n");
}

function exampleText(files: Example): string {
  if (typeof files === "string") return fenced(files).trimEnd();
  const blocks = Object.entries(files).map(([name, text]) => `${code(name)}\n\n${fenced(text).trimEnd()}`);
  return blocks.join("\n\n");
}
