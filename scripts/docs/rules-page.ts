/** docs/rules.md: every rule with its reasons and its examples. */
import { plain } from "../../src/cli/markdown.ts";
import { hasFix, propertyPage, rulePage } from "../../src/cli/rule-page.ts";
import { severities } from "../../src/diagnostic.ts";
import { rules } from "../../src/rules/index.ts";
import { type Property, properties } from "../../src/rules/properties.ts";
import type { Rule } from "../../src/rules/types.ts";

const intro = `# Rules

What \`vrrp-lint\` looks for. This page is made from the rules themselves (\`npm run docs\`); every example runs as a
test. In the examples \`«\` and \`»\` enclose what a rule points at.

- **error**: keepalived rejects, ignores or silently changes what is written, or the hosts together will fail.
- **warning**: works today, will bite.
- **info** and **hint**: worth knowing.

Change the level of a rule with \`--rule ID=warning\`, switch it off with \`--rule ID=off\`, or do either in
[\`.vrrplintrc.json\`](../README.md#settings). Silence one place with a comment on the line above it:
\`# vrrp-lint-disable-next-line ID\`.
`;

/** The page as Markdown. */
export function rulesPage(): string {
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return [`${intro}\n${index(sorted)}`, ...sorted.map(section), explored()].join("\n");
}

const exploring = `## What --explore finds

\`vrrp-lint --explore\` plays the hosts against each other in virtual time, tries every order of faults, and holds what
they do to these properties. Levels and silencing comments are those of rules.
[How it explores](decisions/0017-explorer.md).
`;

function explored(): string {
  return [exploring, ...properties.map(property)].join("\n");
}

function property(each: Property): string {
  return [`### ${each.id}`, `${plain(each.summary)} *${each.severity}*`, propertyPage(each)].join("\n\n");
}

function index(sorted: readonly Rule[]): string {
  const ranked = [...sorted].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const rows = ranked.map(
    (rule) => `| [${rule.id}](#${rule.id}) | ${rule.severity} | ${plain(rule.summary)} |\n`,
  );
  return `| rule | level | what it finds |\n|---|---|---|\n${rows.join("")}`;
}

function section(rule: Rule): string {
  const scope = rule.over === "fleet" ? "looks at all hosts together" : "looks at one host";
  return [
    `## ${rule.id}`,
    `${plain(rule.summary)} *${rule.severity}, ${scope}${hasFix(rule) ? ", has a fix" : ""}*`,
    rulePage(rule),
  ].join("\n\n");
}
