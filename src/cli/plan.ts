/** From the command line and the project settings to hosts: which file is which host, under which name and release. */
import path from "node:path";
import { hostNames } from "../language/paths.ts";
import type { Settings } from "../language/settings.ts";
import { confFilesIn, filesMatching, isPattern, kindOf } from "./glob.ts";
import type { LintOptions } from "./options.ts";
import { standardInput, type Texts } from "./texts.ts";

/** One host to read. */
export interface PlannedHost {
  readonly file: string;
  readonly name: string;
  /** What the host's `@id` lines are judged as, when the user said so. */
  readonly configId: string | undefined;
  readonly target: string | undefined;
  /** Found in a folder or by a pattern: it is no host of its own when a given file includes it. */
  readonly found: boolean;
}

export interface Found {
  readonly file: string;
  readonly found: boolean;
}

/** The files that the operands stand for, each once, and what is wrong with the operands. */
export function findFiles(
  operands: readonly string[],
  texts: Texts,
): { readonly files: readonly Found[]; readonly problems: readonly string[] } {
  const files = new Map<string, Found>();
  const problems: string[] = [];
  for (const operand of operands) {
    const { paths, found, problem } = expandOperand(operand, texts);
    if (problem) problems.push(`${operand}: ${problem}`);
    for (const file of paths) {
      const identity = texts.identity(file);
      const known = files.get(identity);
      files.set(identity, { file: known?.file ?? file, found: found && (known?.found ?? true) });
    }
  }
  return { files: [...files.values()], problems };
}

interface Expanded {
  readonly paths: readonly string[];
  readonly found: boolean;
  readonly problem?: string;
}

function expandOperand(operand: string, texts: Texts): Expanded {
  if (operand === standardInput) return { paths: [operand], found: false };
  const kind = kindOf(texts.resolve(operand));
  if (kind === "directory") {
    const paths = confFilesIn(operand, texts.cwd);
    return paths.length > 0
      ? { paths, found: true }
      : { paths, found: true, problem: "no *.conf file in this folder" };
  }
  if (kind === "file" || !isPattern(operand)) return { paths: [operand], found: false };
  const paths = filesMatching(operand, texts.cwd);
  return paths.length > 0
    ? { paths, found: true }
    : { paths, found: true, problem: "no file matches this pattern" };
}

/** The hosts of these files, in their order; a file with several `--host` names is several hosts. */
export function planHosts(
  files: readonly Found[],
  options: LintOptions,
  settings: Settings | undefined,
  texts: Texts,
): PlannedHost[] {
  const named = namesByFile(options, settings, texts);
  const planned = files.flatMap((file) =>
    namings(file, named.get(texts.identity(file.file)) ?? [], options, settings),
  );
  const defaults = defaultNames(planned.filter(({ name }) => name === undefined).map(({ file }) => file));
  return planned.map((host) => {
    const name = host.name ?? defaults.get(host.file) ?? host.file;
    return { ...host, name, target: targetOf(host.file, name, options, settings, texts) };
  });
}

interface Naming extends Found {
  readonly name: string | undefined;
  readonly configId: string | undefined;
}

/** The hosts that one file is, under the names the user gave it. */
function namings(
  { file, found }: Found,
  names: readonly string[],
  options: LintOptions,
  settings: Settings | undefined,
): Naming[] {
  if (names.length === 0) {
    return [{ file, name: undefined, configId: options.configId ?? settings?.configId, found }];
  }
  const given = (name: string) => options.hosts.some((host) => host.name === name);
  return names.map((name) => {
    const configId = given(name) ? name : (options.configId ?? name);
    return { file, name, configId, found: false };
  });
}

function namesByFile(
  options: LintOptions,
  settings: Settings | undefined,
  texts: Texts,
): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  const add = (file: string, name: string) => {
    const identity = texts.identity(file);
    result.set(identity, [...(result.get(identity) ?? []), name]);
  };
  for (const { name, file } of options.hosts) add(file, name);
  const fromOptions = new Set(result.keys());
  for (const [name, file] of settings?.hosts ?? [])
    if (!fromOptions.has(texts.identity(file))) add(file, name);
  return result;
}

function defaultNames(files: readonly string[]): ReadonlyMap<string, string> {
  const names = hostNames(files, path.sep);
  return new Map([...names].map(([file, name]) => [file, file === standardInput ? "stdin" : name]));
}

function targetOf(
  file: string,
  name: string,
  options: LintOptions,
  settings: Settings | undefined,
  texts: Texts,
): string | undefined {
  const identity = texts.identity(file);
  const isThis = (host: string | undefined) =>
    host !== undefined && (host === name || host === file || texts.identity(host) === identity);
  const { targets } = options;
  const chosen =
    targets.findLast(({ host }) => isThis(host)) ?? targets.findLast(({ host }) => host === undefined);
  if (chosen) return chosen.release;
  const fromSettings = [...(settings?.targets ?? [])].find(([host]) => isThis(host))?.[1];
  return fromSettings ?? settings?.target;
}

/** Names in `--target NAME=…` that stand for no host, for a message. */
export function strayTargets(options: LintOptions, hosts: readonly PlannedHost[], texts: Texts): string[] {
  const known = new Set(hosts.flatMap(({ file, name }) => [file, name, texts.identity(file)]));
  return options.targets.flatMap(({ host }) =>
    host === undefined || known.has(host) || known.has(texts.identity(host)) ? [] : [host],
  );
}
