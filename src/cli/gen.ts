/** The command vrrp-gen: what is wanted in, files out. */
import { existsSync } from "node:fs";
import path from "node:path";
import { ansibleFiles, ansibleFolder } from "../generate/ansible.ts";
import { type Generated, generate, type Outcome, oneFileName } from "../generate/generate.ts";
import { choicesOf, type Intent, type Refusal } from "../generate/intent.ts";
import { configId } from "../generate/print.ts";
import { readHost } from "../model/read.ts";
import { diffText } from "./gen-diff.ts";
import { intentOf } from "./gen-intent.ts";
import { type GenOptions, type OutputOptions, parseGenOptions } from "./gen-options.ts";
import { knownPassword, randomPassword } from "./gen-passwords.ts";
import { ansibleNext, closingText, copyNext, refusalText } from "./gen-report.ts";
import { specWish } from "./gen-spec.ts";
import { pageFor } from "./report.ts";
import { Texts, UnreadableError } from "./texts.ts";
import { UsageError, type World } from "./world.ts";
import { type OutFile, WriteError, writeAll } from "./write-files.ts";

/** Runs `vrrp-gen WORDS…` and returns its exit code: 0 written, 1 refused, 2 wrong call or a file is in the way. */
export function genMain(words: readonly string[], world: World): number {
  try {
    const options = parseGenOptions(words, world);
    if (typeof options === "number") return options;
    const wish = wishOf(options, world);
    return new Run(options.output, world).run(wish);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof WriteError)) throw error;
    world.err(`vrrp-gen: ${error.message}\n`);
    return 2;
  }
}

/** An intent, and how to name the place of a reason against it. */
export interface Wish {
  readonly intent: Intent;
  readonly whereOf: (refusal: Refusal) => string;
}

function wishOf(options: GenOptions, world: World): Wish {
  if (options.spec !== undefined) return specWish(options.spec, options, world);
  const described = options.hosts.length + options.routers.length > 0;
  if (!options.pair && !described)
    throw new UsageError(
      "what is wanted? --pair with --host and --router, or --spec FILE; vrrp-gen --help shows examples",
    );
  return { intent: intentOf(options, world), whereOf: () => "vrrp-gen: " };
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
    const { folder, toOut, dryRun, ansible } = output;
    if (folder === undefined && !toOut) throw new UsageError("where to? --out-dir DIR, or --stdout");
    if (folder !== undefined && toOut) throw new UsageError("--out-dir and --stdout exclude each other");
    if (toOut && (dryRun || ansible))
      throw new UsageError(`--stdout and ${dryRun ? "--dry-run" : "--ansible"} exclude each other`);
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
    else if (dryRun) this.#showChanges(intent, outcome);
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
      const text = this.#textThere(this.#placeOf(this.#output.oneFile ? oneFileName : `${name}.conf`));
      if (text === undefined) return [];
      return [
        readHost({ path: name, text, name, configId: this.#output.oneFile ? configId(name) : undefined }),
      ];
    });
  }

  /** Where a configuration belongs. */
  #placeOf(file: string): string {
    return this.#inFolder(this.#output.ansible ? `${ansibleFolder}/${file}` : file);
  }

  #inFolder(file: string): string {
    return path.join(this.#output.folder ?? ".", file);
  }

  #textThere(file: string): string | undefined {
    if (!existsSync(this.#texts.resolve(file))) return undefined;
    try {
      return this.#texts.read(file);
    } catch (error) {
      if (error instanceof UnreadableError) throw new UsageError(error.message);
      throw error;
    }
  }

  #outFiles(intent: Intent, { files, plans }: Files): readonly OutFile[] {
    const all = this.#output.ansible ? ansibleFiles(intent, plans, files) : files;
    return all.map(({ file, text, secret }: Generated) => {
      const shown = this.#inFolder(file);
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

  #showChanges(intent: Intent, outcome: Files): void {
    const { colours } = pageFor(this.#world);
    const diffs = this.#outFiles(intent, outcome).map(({ shown, text }) =>
      diffText(shown, this.#textThere(shown), text, colours),
    );
    const changed = diffs.filter((diff) => diff !== "").length;
    this.#world.out(diffs.join(""));
    this.#world.out(changed === 0 ? "Nothing would change.\n" : "Nothing was written (--dry-run).\n");
  }

  #write(intent: Intent, outcome: Files): void {
    const files = this.#outFiles(intent, outcome);
    const there = files.filter((file) => existsSync(file.path)).map(({ shown }) => shown);
    if (there.length > 0 && !this.#output.force)
      throw new UsageError(
        `${there.join(", ")} ${there.length > 1 ? "exist" : "exists"}; nothing was written. --dry-run shows what would change, --force writes over it`,
      );
    writeAll(files, this.#output.force);
    const places = new Map(outcome.files.map(({ file }) => [file, this.#placeOf(file)]));
    this.#world.out(`Written: ${files.map(({ shown }) => shown).join(", ")}\n\n`);
    const next = this.#output.ansible ? ansibleNext : copyNext(intent, outcome, places);
    this.#world.out(closingText(outcome, next, this.#world));
  }
}
