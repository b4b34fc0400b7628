/** Runs the commands inside the test's own process. */
import { genMain } from "../../src/cli/gen.ts";
import { lintMain } from "../../src/cli/lint.ts";
import { runMain } from "../../src/cli/run.ts";
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

/** Runs vrrp-lint and collects what it writes. */
export function runLint(words: readonly string[], surroundings: Surroundings = {}): Outcome {
  return run(lintMain, words, surroundings);
}

/** Runs vrrp-gen and collects what it writes. */
export function runGen(words: readonly string[], surroundings: Surroundings = {}): Outcome {
  return run(genMain, words, surroundings);
}

/** Runs vrrp-run and collects what it writes. */
export function runRun(words: readonly string[], surroundings: Surroundings = {}): Outcome {
  return run(runMain, words, surroundings);
}

function run(
  main: (words: readonly string[], world: World) => number | Promise<number>,
  words: readonly string[],
  surroundings: Surroundings,
): Outcome {
  let out = "";
  let err = "";
  const { input = "" } = surroundings;
  const code = main(words, {
    cwd: surroundings.cwd ?? process.cwd(),
    environment: surroundings.environment ?? {},
    columns: surroundings.columns,
    interactive: false,
    readInput: () => (typeof input === "string" ? new TextEncoder().encode(input) : input),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  if (typeof code !== "number") throw new Error("the command waits for answers, and nobody is there");
  return { code, out, err };
}
