/** The command vrrp-lint: options in, report out. */
import path from "node:path";
import type { Diagnostic } from "../diagnostic.ts";
import type { Level, Settings } from "../language/settings.ts";
import type { Fleet } from "../model/host.ts";
import { lint } from "../rules/run.ts";
import { type Coverage, explore } from "../simulate/explore.ts";
import { coverageText } from "./coverage.ts";
import { documents, type Outcome } from "./documents.ts";
import { explainText, rulesText } from "./explain.ts";
import { type Change, fixAll } from "./fix.ts";
import { readFleet } from "./fleet.ts";
import { type LintOptions, parseOptions } from "./options.ts";
import { findFiles, planHosts, strayTargets } from "./plan.ts";
import { counted, type Page, pageFor, reportText, summaryText } from "./report.ts";
import { repositoryOf } from "./repository.ts";
import { findSettings, readSettings } from "./settings.ts";
import { countBySeverity } from "./shown.ts";
import { takeoverText } from "./takeover-table.ts";
import { standardInput, Texts, UnreadableError } from "./texts.ts";
import { UsageError, type World } from "./world.ts";

/** Runs `vrrp-lint WORDS…` and returns its exit code: 0 no errors, 1 problems, 2 wrong call or unreadable file. */
export function lintMain(words: readonly string[], world: World): number {
  try {
    const options = parseOptions(words, world);
    return typeof options === "number" ? options : run(options, world);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    world.err(`vrrp-lint: ${error.message}\n`);
    return 2;
  }
}

function run(options: LintOptions, world: World): number {
  const page = pageFor(world);
  if (options.explain !== undefined || options.listRules) {
    world.out(
      options.explain === undefined ? rulesText(options.format, page) : explainText(options.explain, page),
    );
    return 0;
  }
  return new Run(options, world).run(page);
}

type Levels = Readonly<Record<string, Level>>;

interface Judged {
  readonly fleet: Fleet;
  readonly diagnostics: readonly Diagnostic[];
  /** What was explored. */
  readonly coverage?: Coverage;
}

class Run {
  readonly #options: LintOptions;
  readonly #world: World;
  readonly #texts: Texts;
  /** Lines for standard error, each once. */
  readonly #problems = new Set<string>();

  constructor(options: LintOptions, world: World) {
    this.#options = options;
    this.#world = world;
    this.#texts = new Texts(world);
  }

  run(page: Page): number {
    const operands = this.#operands();
    this.#checkFormat();
    const settings = this.#settingsFor(operands);
    if (operands.length === 0) operands.push(...this.#hostsOf(settings));
    const { files, problems } = findFiles(operands, this.#texts);
    for (const problem of problems) this.#problem(problem);
    const planned = planHosts(files, this.#options, settings, this.#texts);
    const [stray] = strayTargets(this.#options, planned, this.#texts);
    if (stray !== undefined)
      throw new UsageError(`--target ${stray}=…: ${stray} is none of the files or hosts`);
    const levels = { ...settings?.rules, ...this.#options.rules };
    const judgeAgain = (): Judged => {
      const { fleet, problems } = readFleet(planned, this.#texts, settings?.complete);
      for (const problem of problems) this.#problem(problem);
      return { fleet, diagnostics: lint(fleet, { severities: levels }) };
    };
    const changes = this.#options.fix ? fixAll(this.#texts, judgeAgain) : [];
    const mended = judgeAgain();
    const unread = this.#problems.size;
    // What could not be written is as bad as before.
    const judged = this.#explore(this.#write(changes) ? mended : judgeAgain(), levels);
    const exitCode = this.#exitCode(judged.diagnostics, settings);
    const { format } = this.#options;
    if (format === "text") this.#show(judged, page, unread);
    else this.#world.out(documents[format](this.#outcome(judged, levels, exitCode)));
    return exitCode;
  }

  #checkFormat(): void {
    const { format, takeover } = this.#options;
    if (format === "text") return;
    if (this.#mendsInput())
      throw new UsageError(
        `--fix writes the text of - to standard output, so --format ${format} has no place there`,
      );
    if (takeover && format !== "json")
      throw new UsageError(`--takeover shows tables, and --format ${format} has no place for them`);
  }

  /** The same with what exploring finds, where that is asked for. */
  #explore(judged: Judged, severities: Levels): Judged {
    const { explore: faults } = this.#options;
    if (faults === undefined) return judged;
    const { diagnostics, coverage } = explore(judged.fleet, { faults });
    return {
      fleet: judged.fleet,
      diagnostics: lint(judged.fleet, { severities, explored: diagnostics }),
      coverage,
    };
  }

  /** One call has one set of settings: the nearest above its first file. */
  #settingsFor(operands: readonly string[]): Settings | undefined {
    const { cwd } = this.#world;
    const [first] = operands.filter((operand) => operand !== standardInput);
    const folder = first === undefined ? cwd : this.#folderOf(first);
    const file = findSettings(folder);
    return file === undefined ? undefined : readSettings(file, path.relative(cwd, file) || file);
  }

  #folderOf(operand: string): string {
    return path.dirname(path.join(this.#texts.resolve(operand), "x"));
  }

  #hostsOf(settings: Settings | undefined): string[] {
    const files = [...new Set(settings?.hosts.values())];
    if (files.length > 0) return files.map((file) => path.relative(this.#world.cwd, file));
    throw new UsageError("which files? Name one keepalived.conf per host; vrrp-lint --help shows how");
  }

  #problem(problem: string): void {
    if (this.#problems.has(problem)) return;
    this.#problems.add(problem);
    this.#world.err(`vrrp-lint: ${problem}\n`);
  }

  /** Writes what was changed, and says whether all of it could be written. */
  #write(changes: readonly Change[]): boolean {
    let all = true;
    if (this.#mendsInput()) this.#world.out(this.#texts.read(standardInput));
    for (const file of new Set(changes.map((change) => change.file))) {
      if (!this.#texts.changed(file)) continue;
      try {
        if (file !== standardInput) this.#texts.write(file);
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
        this.#problem(error.message);
        this.#texts.restore(file);
        all = false;
        continue;
      }
      this.#sayChanges(
        file,
        changes.filter((change) => change.file === file),
      );
    }
    return all;
  }

  #sayChanges(file: string, changes: readonly Change[]): void {
    const lines = changes.map(({ line, title }) => `  line ${line}: ${title}\n`);
    this.#aside(
      `${file}: ${counted(changes.length, "fix").replace("fixs", "fixes")} applied\n${lines.join("")}\n`,
    );
  }

  /** Text beside the report: on standard error where standard output holds a document. */
  #aside(text: string): void {
    if (this.#documentOnOut()) this.#world.err(text);
    else this.#world.out(text);
  }

  /** Standard output is one document for programs, or the mended text of standard input. */
  #documentOnOut(): boolean {
    return this.#options.format !== "text" || this.#mendsInput();
  }

  #mendsInput(): boolean {
    return this.#options.fix && this.#operands().includes(standardInput);
  }

  #operands(): string[] {
    return [...this.#options.operands, ...this.#options.hosts.map(({ file }) => file)];
  }

  #show({ fleet, diagnostics, coverage }: Judged, page: Page, unread: number): void {
    if (fleet.hosts.length === 0) return;
    const body = this.#options.takeover
      ? takeoverText(fleet, diagnostics, page)
      : reportText(fleet, diagnostics, page);
    const explored = coverage ? coverageText(coverage, diagnostics, page) : "";
    this.#aside(`${body}${explored}${summaryText(fleet, diagnostics, page, unread)}`);
  }

  #outcome({ fleet, diagnostics, coverage }: Judged, levels: Levels, exitCode: number): Outcome {
    return {
      fleet,
      diagnostics,
      coverage,
      takeover: this.#options.takeover,
      problems: [...this.#problems],
      exitCode,
      levels,
      repository: repositoryOf(fleet.hosts[0]?.file, this.#texts, this.#world),
    };
  }

  #exitCode(diagnostics: readonly Diagnostic[], settings: Settings | undefined): number {
    if (this.#problems.size > 0) return 2;
    const count = countBySeverity(diagnostics);
    const most = this.#options.maxWarnings ?? settings?.maxWarnings ?? Number.POSITIVE_INFINITY;
    return count.error > 0 || count.warning > most ? 1 : 0;
  }
}
