/** A cluster description for an intent, as plain objects, for tests that write it in other ways. */
import { parse } from "yaml";
import type { Intent } from "../../src/generate/intent.ts";
import { printSpec } from "../../src/generate/spec-print.ts";

export interface Described {
  readonly value: unknown;
  /** The password in a file that the description names. */
  readonly readPassword: (file: string) => string;
}

/** What printSpec() prints. */
export function specOf(intent: Intent): Described {
  const { text, passwords } = printSpec(intent, { comments: true });
  return {
    value: parse(text),
    readPassword: (file) => passwords.find((each) => each.file === file)?.password ?? "",
  };
}
