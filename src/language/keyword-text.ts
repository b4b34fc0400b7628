/** A keyword of the schema for readers of an editor: short texts for lists, Markdown for pages. */
import { factsOf, usage } from "../schema/describe.ts";
import type { Deprecation, Keyword } from "../schema/types.ts";

/** The first sentence of an explanation. */
export function firstSentence(doc: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(doc)?.[0] ?? doc;
}

/** Form, explanation and facts of a keyword. */
export function keywordMarkdown(keyword: Keyword): string {
  const facts = factsOf(keyword).map((fact) => `- ${fact}`);
  return [`\`\`\`keepalived\n${usage(keyword)}\n\`\`\``, keyword.doc, facts.join("\n")].join("\n\n");
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
