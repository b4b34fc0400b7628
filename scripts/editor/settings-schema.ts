/** docs/settings.schema.json: what `.vrrplintrc.json` may say, for editors that complete and explain JSON. */
import { severities } from "../../src/diagnostic.ts";
import { rules } from "../../src/rules/index.ts";
import { properties } from "../../src/rules/properties.ts";

const release = { type: "string", pattern: "^v?\\d+\\.\\d+(\\.\\d+)?$" };

/** Every rule with the levels it may have, its own as default, and what it finds. */
export function levelsOfRules() {
  const sorted = [...rules, ...properties].sort((a, b) => (a.id < b.id ? -1 : 1));
  return Object.fromEntries(
    sorted.map(({ id, summary, severity }) => [
      id,
      { enum: [...severities, "off"], default: severity, description: summary },
    ]),
  );
}

/** The schema as the text of its file. */
export function settingsSchemaText(): string {
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Settings of vrrp-lint",
    description: "What holds for the keepalived.conf files in this folder and below.",
    type: "object",
    additionalProperties: false,
    properties: {
      rules: {
        description: "The level of single rules.",
        type: "object",
        additionalProperties: false,
        properties: levelsOfRules(),
      },
      target: {
        description: 'The keepalived release that the hosts run, such as "2.2.7"; or one for each host.',
        anyOf: [release, { type: "object", additionalProperties: release }],
      },
      configId: { description: "What lines under a condition (@id) are judged as.", type: "string" },
      hosts: {
        description: "The hosts by name, and their files, relative to this file.",
        type: "object",
        additionalProperties: { type: "string" },
      },
      complete: {
        description: "Whether the files are all hosts of their clusters, so that what is missing is missing.",
        type: "boolean",
      },
      maxWarnings: {
        description: "With more warnings than that, vrrp-lint ends with exit code 1.",
        type: "integer",
        minimum: 0,
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
