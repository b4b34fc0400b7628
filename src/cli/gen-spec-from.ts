/** `vrrp-gen --spec-from FILE…`: the description of the cluster that the files make. */
import path from "node:path";
import { type Described, describeFleet } from "../generate/describe/describe.ts";
import type { Note } from "../generate/describe/notes.ts";
import { generate } from "../generate/generate.ts";
import { type PasswordFile, type Printed, printSpec } from "../generate/spec-print.ts";
import { hostNames } from "../language/paths.ts";
import { lineMap } from "../lines.ts";
import type { Fleet } from "../model/host.ts";
import { harmless, wrap } from "./columns.ts";
import { readFleet } from "./fleet.ts";
import type { GenOptions } from "./gen-options.ts";
import { checkOutput, inFolder, showChanges, textThere, writeFiles } from "./gen-output.ts";
import type { PlannedHost } from "./plan.ts";
import { pageFor } from "./report.ts";
import { Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";
import type { OutFile } from "./write-files.ts";

/** The name of the description in the folder of the output. */
const specName = "cluster.yaml";

/**
 * Describes existing files: 0, or 1 when the description cannot say all of them or nothing can be generated from it.
 * Throws UsageError and WriteError.
 */
export function genSpecFrom(options: GenOptions, world: World): number {
  checkOutput(options.output);
  if (options.output.dryRun && options.output.folder === undefined)
    throw new UsageError("--dry-run compares with files in a folder: --out-dir DIR");
  const { fleet, problems } = readFleet(plannedHosts(options), new Texts(world), true);
  if (problems.length > 0) throw new UsageError(problems.join("\nvrrp-gen: "));
  const described = describeFleet(fleet, options.target);
  const report = new Report(fleet, world);
  if (described.is === "clusters") {
    report.clusters(described.clusters.map((hosts) => hosts.map(({ file }) => file)));
    return 1;
  }
  const printed = printSpec(described.intent, { comments: true });
  put(printed, options, report, world);
  const isWhole = report.notes(described.notes);
  if (options.output.folder === undefined) report.passwordsToWrite(printed.passwords);
  return report.refusals(described) && isWhole ? 0 : 1;
}

function put({ text, passwords }: Printed, { output }: GenOptions, report: Report, world: World): void {
  if (output.folder === undefined) {
    world.out(text);
    return;
  }
  const outFile = (file: string, content: string, secret: boolean): OutFile => {
    const shown = inFolder(output, file);
    return { path: path.resolve(world.cwd, shown), shown, text: content, secret };
  };
  const spec = outFile(specName, text, false);
  const secrets = passwords.map(({ file, password }) => outFile(file, `${password}\n`, true));
  if (output.dryRun) {
    showChanges([spec], world);
    report.secretChanges(secrets);
    return;
  }
  writeFiles([spec, ...secrets], output.force, world);
  world.out(`Next: vrrp-gen --spec ${spec.shown} --out-dir DIR writes the hosts' files from it.\n`);
}

/** Each file is a host, called as `NAME=FILE` says, else by its name or folder, in the signs that names may have. */
function plannedHosts({ files, configId, target }: GenOptions): readonly PlannedHost[] {
  const words = files.map((word) => {
    const [, name, file = word] = /^([A-Za-z0-9][\w.-]*)=(.+)$/.exec(word) ?? [];
    return { name, file };
  });
  const names = plainNames(words.map(({ file }) => file));
  const planned = words.map(({ name, file }, index) => ({
    file,
    name: name ?? names[index] ?? file,
    configId,
    target,
    found: false,
  }));
  const again = planned.find(({ name }, index) => planned.findIndex((other) => other.name === name) < index);
  if (again)
    throw new UsageError(`two hosts would be called ${again.name}; name them: --spec-from NAME=FILE …`);
  return planned;
}

/** Names of hosts that can be file names. */
function plainNames(files: readonly string[]): readonly string[] {
  const names = hostNames(files, path.sep);
  const plain = (name: string) =>
    name.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "") || "host";
  return files.map((file) => plain(names.get(file) ?? file));
}

/** What there is to say, on standard error. */
class Report {
  readonly #fleet: Fleet;
  readonly #world: World;

  constructor(fleet: Fleet, world: World) {
    this.#fleet = fleet;
    this.#world = world;
  }

  /** Says why there is no description. */
  clusters(clusters: readonly (readonly string[])[]): void {
    const several = clusters.filter((files) => files.length > 1).length > 0;
    this.#tell(
      "vrrp-gen: ",
      several
        ? "These hosts are several clusters, which have no virtual router in common. Describe each by itself:"
        : "These hosts have no virtual router in common, so they are no cluster. vrrp-lint may show why: addresses or VRIDs that differ.",
    );
    if (several) for (const files of clusters) this.#world.err(`  vrrp-gen --spec-from ${files.join(" ")}\n`);
  }

  /** Tells all notes; false when something is lost. */
  notes(notes: readonly Note[]): boolean {
    const sources = new Map(
      this.#fleet.hosts.flatMap(({ sources: all }) =>
        all.map(({ path: file, text }) => [file, text] as const),
      ),
    );
    for (const { at, message, lost } of notes) {
      const { line, column } = lineMap(sources.get(at.file) ?? "").positionAt(at.span.start);
      this.#tell(`${at.file}:${line}:${column}: ${lost ? "lost: " : "note: "}`, message);
    }
    return notes.every(({ lost }) => !lost);
  }

  /** Tells why nothing can be generated as it is; true when it can. */
  refusals({ intent }: Extract<Described, { is: "intent" }>): boolean {
    const outcome = generate(intent, { comments: false, oneFile: false, newPassword: () => "" });
    if (outcome.is === "files") return true;
    this.#tell(
      "vrrp-gen: ",
      "As the files have mistakes, --spec will refuse the description until it is corrected:",
    );
    for (const { message, rule } of outcome.refusals)
      this.#tell("  ", rule === undefined ? message : `${message} [${rule}]`);
    return false;
  }

  /** How passwords get to where a description on standard output expects them. */
  passwordsToWrite(passwords: readonly PasswordFile[]): void {
    if (passwords.length === 0) return;
    const files = passwords.map(({ file, routers }) => `that of ${routers.join(" and ")} in ${file}`);
    this.#tell(
      "vrrp-gen: ",
      `Passwords do not stand in a description but in files beside it, which only you may read: ${files.join(", ")}. Write them, or let --out-dir DIR write everything.`,
    );
  }

  /** Which files with passwords would change, without showing them. */
  secretChanges(files: readonly OutFile[]): void {
    const texts = new Texts(this.#world);
    for (const { shown, text } of files)
      if (textThere(shown, texts) !== text)
        this.#tell("", `${shown} would change, too; it holds a password.`);
  }

  #tell(start: string, message: string): void {
    const { width } = pageFor(this.#world);
    this.#world.err(`${harmless(start)}${wrap(harmless(message), width, 2, start.length)}\n`);
  }
}
