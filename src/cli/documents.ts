/** The documents that a call can end with on standard output; a report for people is none. */
import type { Diagnostic } from "../diagnostic.ts";
import type { Level } from "../language/settings.ts";
import type { Fleet } from "../model/host.ts";
import type { Coverage } from "../simulate/explore.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import type { Format } from "./options.ts";
import type { Repository } from "./repository.ts";
import { sarifReport } from "./sarif.ts";

/** What a call came to. */
export interface Outcome {
  readonly fleet: Fleet;
  readonly diagnostics: readonly Diagnostic[];
  /** What was explored. */
  readonly coverage: Coverage | undefined;
  /** Who takes over was asked for. */
  readonly takeover: boolean;
  /** What could not be read or written, one line each. */
  readonly problems: readonly string[];
  readonly exitCode: number;
  /** The levels that rules were given. */
  readonly levels: Readonly<Record<string, Level>>;
  readonly repository: Repository;
}

/** What writes each kind of document. */
export const documents: Readonly<Record<Exclude<Format, "text">, (outcome: Outcome) => string>> = {
  json: ({ fleet, diagnostics, ...asked }) => jsonReport(fleet, diagnostics, asked),
  sarif: sarifReport,
  github: githubReport,
  junit: junitReport,
};
