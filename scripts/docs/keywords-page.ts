/** docs/keywords.md: every keyword of keepalived.conf, block by block. */

import { code, fenced, plain } from "../../src/cli/markdown.ts";
import { factsOf, usage } from "../../src/schema/describe.ts";
import { everyKeyword } from "../../src/schema/index.ts";
import type { Keyword } from "../../src/schema/types.ts";

const intro = `# Keywords

Every keyword that \`vrrp-lint\` knows, by the block it stands in. This page is made from the schema (\`npm run docs\`);
every example on it is read without a finding in the tests.
`;

/** The page as Markdown. */
export function keywordsPage(): string {
  const blocks = new Map<string, Keyword[]>();
  for (const { path, keyword } of everyKeyword()) {
    const parent = path.slice(0, -keyword.name.length).replace(/\/$/, "");
    blocks.set(parent, [...(blocks.get(parent) ?? []), keyword]);
  }
  return `${intro}\n${[...blocks].map(([path, keywords]) => block(path, keywords)).join("\n")}`;
}

function block(path: string, keywords: readonly Keyword[]): string {
  const title = path === "" ? "Top level" : path.replaceAll("/", " / ");
  return `## ${title}\n\n${keywords.map(entry).join("\n")}`;
}

function entry(keyword: Keyword): string {
  const facts = factsOf(keyword);
  return [
    `### ${keyword.name}`,
    code(usage(keyword)),
    plain(keyword.doc),
    ...(facts.length > 0 ? [facts.map((fact) => `- ${plain(fact)}`).join("\n")] : []),
    fenced(keyword.example),
  ].join("\n\n");
}
