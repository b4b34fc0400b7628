/** The command vrrp-gen: what is wanted in, files out. */
import type { Refusal } from "../generate/intent.ts";
import { genCluster } from "./gen-cluster.ts";
import { genDialogue } from "./gen-dialogue.ts";
import { genFrom } from "./gen-from.ts";
import { intentOf } from "./gen-intent.ts";
import { genJoin } from "./gen-join.ts";
import type { Mode } from "./gen-mode.ts";
import { type GenOptions, parseGenOptions } from "./gen-options.ts";
import { optionAt } from "./gen-places.ts";
import { specWish } from "./gen-spec.ts";
import { genSpecFrom } from "./gen-spec-from.ts";
import { genSync } from "./gen-sync.ts";
import { UsageError, type World } from "./world.ts";
import { WriteError } from "./write-files.ts";

type Run = (options: GenOptions, world: World) => number | Promise<number>;

const modes: Readonly<Record<Mode, Run>> = {
  pair: (options, world) => {
    const intent = intentOf(options, world);
    const whereOf = ({ about }: Refusal) => `vrrp-gen: ${optionAt(about, intent, options)}`;
    return genCluster({ intent, whereOf }, options.output, world);
  },
  spec: (options, world) => genCluster(specWish(options, world), options.output, world),
  from: genFrom,
  join: genJoin,
  sync: genSync,
  "spec-from": genSpecFrom,
  dialogue: genDialogue,
};

/**
 * Runs `vrrp-gen WORDS…` and returns its exit code: 0 written, 1 refused, 2 wrong call or a file is in the way. Only
 * the dialogue needs time to answer.
 */
export function genMain(words: readonly string[], world: World): number | Promise<number> {
  try {
    const options = parseGenOptions(words, world);
    if (typeof options === "number") return options;
    const code = modes[options.mode](options, world);
    return typeof code === "number" ? code : code.catch((error: unknown) => wrongCall(error, world));
  } catch (error) {
    return wrongCall(error, world);
  }
}

/** The exit code for what the user can mend; anything else is a mistake of the program and thrown on. */
function wrongCall(error: unknown, world: World): number {
  if (!(error instanceof UsageError) && !(error instanceof WriteError)) throw error;
  world.err(`vrrp-gen: ${error.message}\n`);
  return 2;
}
