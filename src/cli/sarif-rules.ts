/** The rules as SARIF describes them (sections 3.49 and 3.20.5). */
import type { ConfigurationOverride, ReportingConfiguration, ReportingDescriptor } from "sarif";
import type { Severity } from "../diagnostic.ts";
import type { Level } from "../language/settings.ts";
import { rules } from "../rules/index.ts";
import { type Property, properties } from "../rules/properties.ts";
import type { Rule } from "../rules/types.ts";
import { propertyPage, rulePage } from "./rule-page.ts";
import { rulesPage } from "./version.ts";

export const sarifLevels: Readonly<Record<Severity, ReportingConfiguration.level>> = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
};

/** GitHub's words for what is no matter of security. */
const problemSeverities: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "recommendation",
  hint: "recommendation",
};

/** What a rule looks at, to filter by. */
const tags = { file: "one-host", fleet: "across-hosts", exploration: "exploration" };

/** Each rule's number in the list. */
export const ruleIndices: ReadonlyMap<string, number> = new Map(
  [...rules, ...properties].map(({ id }, index) => [id, index]),
);

/** All rules, whether they found something or not: the list is the same for all files. */
export function sarifRules(): ReportingDescriptor[] {
  return [
    ...rules.map((rule) => descriptor(rule, rulePage(rule), tags[rule.over])),
    ...properties.map((property) => descriptor(property, propertyPage(property), tags.exploration)),
  ];
}

function descriptor(
  { id, severity, summary, why, basis }: Rule | Property,
  page: string,
  tag: string,
): ReportingDescriptor {
  const silence = `Silence it with a comment on the line above: # vrrp-lint-disable-next-line ${id}`;
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\nHow we know: ${basis}\n\n${silence}\n\nMore: vrrp-lint --explain ${id}`,
      markdown: `${page}\n**Silence it** on the next line: \`# vrrp-lint-disable-next-line ${id}\`\n`,
    },
    helpUri: `${rulesPage}#${id}`,
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: { tags: ["keepalived", tag], "problem.severity": problemSeverities[severity] },
  };
}

/** The levels that this call gave to rules. */
export function overrides(levels: Readonly<Record<string, Level>>): ConfigurationOverride[] {
  return Object.entries(levels).map(([id, level]) => ({
    descriptor: { id, index: ruleIndices.get(id) as number },
    configuration: level === "off" ? { enabled: false } : { level: sarifLevels[level] },
  }));
}
