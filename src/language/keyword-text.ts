/** A keyword of the schema for readers of an editor: short texts for lists, Markdown for pages. */
import { factsOf, usage } from "../schema/describe.ts";
import type { Deprecation, Keyword } from "../schema/types.ts";

/** The first sentence of an explanation. */
export function firstSentence(doc: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(doc)?.[0] ?? doc;
}

/** More options than these are only named; each has a page of its own under the cursor. */
const mostOptions = 6;

/** Form, explanation and facts of a keyword. */
export function keywordMarkdown(keyword: Keyword): string {
  const { options = [], lines } = keyword;
  const all = [...options, ...(lines?.options ?? [])].map(({ name }) => `\`${name}\``);
  const isLong = all.length > mostOptions;
  const short = { ...keyword, options: [], ...(lines && { lines: { ...lines, options: [] } }) };
  const facts = [
    ...factsOf(isLong ? short : keyword).slice(0, -1),
    ...(isLong ? [`Options: ${all.join(", ")}`] : []),
    ...factsOf(keyword).slice(-1),
  ];
  const list = facts.map((fact) => `- ${fact}`).join("\n");
  return [`\`\`\`keepalived\n${usage(keyword)}\n\`\`\``, keyword.doc, list].join("\n\n");
}

/** `since 2.2.4; deprecated since 2.1.0: write track_file`; empty where there is nothing to say. */
export function releaseNote({
  since,
  deprecated,
}: {
  readonly since?: string;
  readonly deprecated?: Deprecation;
}): string {
  const old = deprecated
    ? `deprecated${deprecated.since ? ` since ${deprecated.since}` : ""}${deprecated.use ? `: ${deprecated.use}` : ""}`
    : "";
  return [since === undefined ? "" : `since keepalived ${since}`, old]
    .filter((text) => text !== "")
    .join("; ");
}
