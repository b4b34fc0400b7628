/** `vrrp-gen --pair` and `--spec`: a wish in, the files of all hosts out. */
import { ansibleFiles, ansibleFolder } from "../generate/ansible.ts";
import { type Generated, generate, type Outcome, oneFileName } from "../generate/generate.ts";
import { choicesOf, type Intent, type Refusal } from "../generate/intent.ts";
import { configId } from "../generate/print.ts";
import { readHost } from "../model/read.ts";
import type { OutputOptions } from "./gen-options.ts";
import { checkOutput, inFolder, showChanges, textThere, writeFiles } from "./gen-output.ts";
import { knownPassword, randomPassword } from "./gen-passwords.ts";
import { ansibleNext, closingText, copyNext, refusalText } from "./gen-report.ts";
import { Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";
import type { OutFile } from "./write-files.ts";

/** An intent, and how to name the place of a reason against it. */
export interface Wish {
  readonly intent: Intent;
  readonly whereOf: (refusal: Refusal) => string;
}

/** Writes or shows the files of a cluster: 0, or 1 when it is refused. Throws UsageError and WriteError. */
export function genCluster(wish: Wish, output: OutputOptions, world: World): number {
  if (output.folder === undefined && !output.toOut)
    throw new UsageError("where to? --out-dir DIR, or --stdout");
  checkOutput(output);
  return new Run(output, world).run(wish);
}

/** Where the configurations of a cluster go, as messages show it. */
export function configFiles({ hosts }: Intent, output: OutputOptions): readonly string[] {
  const files = output.oneFile ? [oneFileName] : hosts.map(({ name }) => `${name}.conf`);
  return files.map((file) => placeOf(output, file));
}

function placeOf(output: OutputOptions, file: string): string {
  return inFolder(output, output.ansible ? `${ansibleFolder}/${file}` : file);
}

type Files = Extract<Outcome, { is: "files" }>;

class Run {
  readonly #output: OutputOptions;
  readonly #world: World;
  readonly #texts: Texts;

  constructor(output: OutputOptions, world: World) {
    this.#output = output;
    this.#world = world;
    this.#texts = new Texts(world);
  }

  run({ intent, whereOf }: Wish): number {
    const { comments, oneFile, toOut, dryRun } = this.#output;
    const newPassword = this.#passwords(intent);
    const outcome = generate(intent, { comments, oneFile, newPassword });
    if (outcome.is === "refused") {
      this.#world.err(refusalText(outcome.refusals, this.#world, whereOf));
      return 1;
    }
    if (toOut) this.#print(intent, outcome);
    else if (dryRun) showChanges(this.#outFiles(intent, outcome), this.#world);
    else this.#write(intent, outcome);
    return 0;
  }

  /** Chooses passwords; one that nobody asked to be new stays what existing files say. */
  #passwords(intent: Intent): (router: string) => string {
    const before = this.#output.toOut ? [] : this.#hostsThere(intent);
    return (name) => {
      const router = intent.routers.find((each) => each.name === name);
      const asked = router && choicesOf(intent, router).authentication !== undefined;
      return (asked ? undefined : knownPassword(before, name)) ?? randomPassword();
    };
  }

  /** The hosts that files of the same names describe now. */
  #hostsThere({ hosts }: Intent) {
    return hosts.flatMap(({ name }) => {
      const text = textThere(this.#placeOf(this.#output.oneFile ? oneFileName : `${name}.conf`), this.#texts);
      if (text === undefined) return [];
      return [
        readHost({ path: name, text, name, configId: this.#output.oneFile ? configId(name) : undefined }),
      ];
    });
  }

  #placeOf(file: string): string {
    return placeOf(this.#output, file);
  }

  #outFiles(intent: Intent, { files, plans }: Files): readonly OutFile[] {
    const all = this.#output.ansible ? ansibleFiles(intent, plans, files) : files;
    return all.map(({ file, text, secret }: Generated) => {
      const shown = inFolder(this.#output, file);
      return { path: this.#texts.resolve(shown), shown, text, secret };
    });
  }

  #print(intent: Intent, outcome: Files): void {
    const texts = outcome.files.map(({ file, text }) =>
      outcome.files.length > 1 ? `# ----- ${file}\n${text}` : text,
    );
    this.#world.out(texts.join("\n"));
    this.#world.err(closingText(outcome, copyNext(intent, outcome, new Map()), this.#world));
  }

  #write(intent: Intent, outcome: Files): void {
    writeFiles(this.#outFiles(intent, outcome), this.#output.force, this.#world);
    const places = new Map(outcome.files.map(({ file }) => [file, this.#placeOf(file)]));
    const next = this.#output.ansible ? ansibleNext : copyNext(intent, outcome, places);
    this.#world.out(closingText(outcome, next, this.#world));
  }
}
