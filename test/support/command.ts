/** Runs vrrp-lint inside the test's own process. */
import { lintMain } from "../../src/cli/lint.ts";
import type { World } from "../../src/cli/world.ts";

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What of the world a test wants to be different. */
export interface Surroundings {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly columns?: number;
  readonly environment?: World["environment"];
}

/** Runs the command and collects what it writes. */
export function runLint(words: readonly string[], surroundings: Surroundings = {}): Outcome {
  let out = "";
  let err = "";
  const { input = "" } = surroundings;
  const code = lintMain(words, {
    cwd: surroundings.cwd ?? process.cwd(),
    environment: surroundings.environment ?? {},
    columns: surroundings.columns,
    readInput: () => (typeof input === "string" ? new TextEncoder().encode(input) : input),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
