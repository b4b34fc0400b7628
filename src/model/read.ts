/** From one file's text to what it means on its host. */
import { areSame } from "../alike.ts";
import { inside, named } from "../schema/statement.ts";
import type { IncludeReader } from "../syntax/expand.ts";
import type { Text } from "../text.ts";
import { readGlobals } from "./globals.ts";
import type { Globals, Host, Instance } from "./host.ts";
import { Reading } from "./reading.ts";
import type { Section } from "./sections.ts";
import { type ReadText, readText, rereadText } from "./text.ts";
import { isMisread, uncertainBlocks } from "./uncertain.ts";

/** A host as the user names it: its main file, and how to read what that includes. */
export interface HostInput {
  readonly path: string;
  readonly text: Text;
  /** Without it the file name without `.conf`. */
  readonly name?: string | undefined;
  /** How messages name the host; without it by its path. */
  readonly shownAs?: string | undefined;
  /** What `@id` lines are judged as; without it the host's name, if a condition in the file names it. */
  readonly configId?: string | undefined;
  /** The keepalived release of the host, such as "2.2.7". */
  readonly target?: string | undefined;
  readonly include?: IncludeReader | undefined;
}

/**
 * Reads a host. Never fails: what is wrong is in the findings, and what cannot be known is marked as uncertain.
 *
 * `previous` is what an earlier text of the same file gave, for editors: blocks that the edit does not touch are taken
 * over with all that was found in them, and the result is the same as without it. `previous` is used up by that: its
 * places move along, so whatever is still to be shown of it has to be shown before. It serves one call.
 */
export function readHost(input: HostInput, previous?: Host): Host {
  const name = input.name ?? hostName(input.path);
  const before = previous && takenOver(previous, input);
  const read = readFor(input, name, before?.read);
  const { configId } = read.options;
  const unsure = read.configIds.length > 0 && configId === undefined;
  const globals = globalsOf(read, input.target, before?.host.globals);
  const uncertain = uncertainBlocks(read.statements, read.structure, read.syntaxFindings);
  const reading = new Reading((block) => unsure || uncertain.has(block));
  for (const statement of read.statements) reading.read(statement);
  const { instances, groups } = reading.complete(name, globals);
  const host: Host = {
    name,
    file: input.path,
    shownAs: input.shownAs ?? input.path,
    target: input.target,
    configId,
    configIds: read.configIds,
    sources: read.sources,
    syntaxFindings: read.syntaxFindings,
    findings: [...read.structure, ...read.values],
    statements: read.statements,
    globals,
    instances,
    groups: sameOr(groups, before?.host.groups),
    definitions: sameOr(reading.definitions.all, before?.host.definitions),
    ownAddresses: [...sourcesOf(instances), ...reading.staticAddresses],
    uncertain: read.uncertain || unsure || isMisread(read.structure),
  };
  readings.set(host, { host, input, read });
  return host;
}

interface HostReading {
  readonly host: Host;
  readonly input: HostInput;
  readonly read: ReadText;
}

const readings = new WeakMap<Host, HostReading>();

/** What is known of an earlier reading of the same host, which is over with it. */
function takenOver(previous: Host, input: HostInput): HostReading | undefined {
  const reading = readings.get(previous);
  if (!reading) return undefined;
  const { path, name, configId, target } = reading.input;
  const same =
    path === input.path && name === input.name && configId === input.configId && target === input.target;
  if (!same) return undefined;
  readings.delete(previous);
  return reading;
}

/** The sections of a host's file, where each of its blocks means the same whatever stands around it. */
export function sectionsOf(host: Host): readonly Section[] | undefined {
  return readings.get(host)?.read.sections;
}

/**
 * The hosts of a file that may be one file for the whole cluster: one for each config-id its conditions name, when none
 * was given, and one more where a single name is also negated (`@main` and `@^main`). Otherwise the one host it is.
 * `previous` is what the earlier text gave, as for `readHost`.
 */
export function readHosts(input: HostInput, previous: readonly Host[] = []): readonly Host[] {
  const [first] = previous;
  const host = readHost(input, (first && unnamed.get(first)) ?? first);
  if (host.configId !== undefined || host.configIds.length === 0) return [host];
  const negated = input.text.includes(`@^${host.configIds[0]}`);
  const others = host.configIds.length === 1 && negated ? [otherHost] : [];
  const hosts = [...host.configIds, ...others].map((id) => {
    const before = previous.find(({ configId }) => configId === id);
    return readHost({ ...input, name: id, configId: id, shownAs: `host ${id}` }, before);
  });
  if (hosts[0]) unnamed.set(hosts[0], host);
  return hosts;
}

/** The reading of a file without a config-id, by the first host that it turned out to be. */
const unnamed = new WeakMap<Host, Host>();

/** Stands for any host that a lone condition does not name. */
const otherHost = "other";

function hostName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.conf$/, "");
}

/** Without a config-id the host's name is one, where a condition names it. */
function readFor({ path, text, configId, include }: HostInput, name: string, before?: ReadText): ReadText {
  const again = before && rereadText(text, before, include);
  if (again) return again;
  const asGiven = (id: string | undefined) =>
    readText(text, { path, configId: id, include }, before?.options.configId === id ? before : undefined);
  const read = asGiven(configId);
  return configId === undefined && read.configIds.includes(name) ? asGiven(name) : read;
}

function sourcesOf(instances: readonly Instance[]): Host["ownAddresses"] {
  const found: Host["ownAddresses"][number][] = [];
  for (const { source } of instances)
    if (source && !source.unknown) found.push({ address: source.value, at: source.at });
  return found;
}

/** The earlier settings where their lines are the same, so that what depends on them can be taken over. */
function globalsOf(read: ReadText, target: string | undefined, before: Globals | undefined): Globals {
  const blocks = named(read.statements, "global_defs");
  const statements = blocks.flatMap(inside);
  const same = before && sameOr(statements, before.statements) === before.statements;
  return same ? before : readGlobals(blocks, target);
}

/** The earlier list where it has the same elements. */
function sameOr<T>(list: readonly T[], before: readonly T[] | undefined): readonly T[] {
  return before && areSame(list, before) ? before : list;
}
