/** SARIF as its schema has it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log, Run } from "sarif";

const schema = createRequire(import.meta.url).resolve(
  "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
);
// The schema has a pattern that is none in the mode for Unicode.
const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));

/** The one run of a log. Throws where the log is not valid. */
export function readSarif(text: string): Run {
  const log: unknown = JSON.parse(text);
  if (!validate(log)) throw new Error(ajv.errorsText(validate.errors, { separator: "\n" }));
  const { runs } = log as Log;
  if (runs.length !== 1) throw new Error(`${runs.length} runs`);
  return runs[0] as Run;
}
