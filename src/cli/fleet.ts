/** Reads hosts from files and forms the fleet; what cannot be read is a line for standard error. */
import path from "node:path";
import { formFleet } from "../model/fleet.ts";
import type { Fleet, Host } from "../model/host.ts";
import { readHost, readHosts } from "../model/read.ts";
import type { IncludeReader } from "../syntax/expand.ts";
import { includeMatches } from "./glob.ts";
import type { PlannedHost } from "./plan.ts";
import { standardInput, type Texts, UnreadableError } from "./texts.ts";

export interface Read {
  readonly fleet: Fleet;
  /** Files that could not be read, one line each. */
  readonly problems: readonly string[];
}

/** Reads the planned hosts. `complete` overrides the guess that two or more files are the whole cluster. */
export function readFleet(
  planned: readonly PlannedHost[],
  texts: Texts,
  complete: boolean | undefined,
): Read {
  const problems = new Set<string>();
  const hosts: { readonly host: Host; readonly found: boolean }[] = [];
  for (const plan of planned) {
    const text = readOr(problems, () => texts.read(plan.file));
    if (text === undefined) continue;
    const { name, configId, target } = plan;
    const include = includeReader(texts, problems);
    const shownAs = nameFor(plan, planned);
    const input = { path: plan.file, text, name, shownAs, configId, target, include };
    // A file that stands alone and names its hosts in conditions is the whole cluster in one file.
    const read = planned.length === 1 ? readHosts(input) : [readHost(input)];
    for (const host of read) hosts.push({ host, found: plan.found });
  }
  const own = withoutIncluded(hosts, texts);
  const all = complete ?? (own.length > 1 && problems.size === 0);
  return { fleet: formFleet(own, { complete: all }), problems: [...problems] };
}

/** By its file, as the user wrote it; that is no name where one file is several hosts, nor for standard input. */
function nameFor({ file, name }: PlannedHost, planned: readonly PlannedHost[]): string {
  if (planned.filter((other) => other.file === file).length > 1) return `host ${name}`;
  return file === standardInput ? "standard input" : file;
}

/** A file that was found in a folder and that another host includes is a part of that host. */
function withoutIncluded(
  hosts: readonly { readonly host: Host; readonly found: boolean }[],
  texts: Texts,
): readonly Host[] {
  const included = new Set(
    hosts.flatMap(({ host }) => host.sources.slice(1).map((source) => texts.identity(source.path))),
  );
  const own = hosts.filter(({ host, found }) => !found || !included.has(texts.identity(host.file)));
  return (own.length > 0 ? own : hosts).map(({ host }) => host);
}

/** Finds included files as keepalived does: relative to the folder of the including file. `problems` gets what cannot be read. */
export function includeReader(texts: Texts, problems: Set<string>): IncludeReader {
  return (pattern, from) => {
    const folder = from === standardInput ? "." : path.dirname(from);
    const { files, directories } = includeMatches(pattern, texts.resolve(folder));
    const read: { path: string; text: string }[] = [];
    for (const file of files) {
      const shown = path.isAbsolute(pattern)
        ? file
        : path.join(folder, path.relative(texts.resolve(folder), file));
      const text = readOr(problems, () => texts.read(shown));
      if (text === undefined) return undefined;
      read.push({ path: shown, text });
    }
    return { files: read, directories };
  };
}

function readOr(problems: Set<string>, read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    problems.add(error.message);
    return undefined;
  }
}
