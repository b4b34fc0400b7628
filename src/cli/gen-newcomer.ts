/** What `--from` and `--join` share: the new host as the options describe it, the files that exist, reasons against it. */
import path from "node:path";
import type { Place } from "../diagnostic.ts";
import type { Failure } from "../generate/partner/copy.ts";
import type { Existing, Newcomer, Problem } from "../generate/partner/newcomer.ts";
import { lineMap } from "../lines.ts";
import type { Host } from "../model/host.ts";
import { harmless } from "./columns.ts";
import { includeReader } from "./fleet.ts";
import type { GenOptions } from "./gen-options.ts";
import { readText } from "./gen-output.ts";
import { refusalText } from "./gen-report.ts";
import { standardInput, type Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";

/** Names that may be files and words of a configuration. */
const hostName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** The new host. Throws UsageError. */
export function newcomerOf(options: GenOptions): Newcomer {
  const { interfaces, priorities } = options;
  const known = [...options.files, options.from ?? ""].map(hostNameOf);
  const [host, ...more] = options.hosts.filter(({ name }) => !known.includes(name));
  if (host && (more.length > 0 || options.as !== undefined))
    throw new UsageError("name one new host: --as NAME --address ADDRESS, or --host NAME=ADDRESS");
  const name = host?.name ?? options.as;
  if (name !== undefined && !hostName.test(name))
    throw new UsageError(`${name} is no name for a host: letters, digits, dots, - and _ may be in it`);
  return {
    name,
    addresses: [...options.addresses, ...(host?.addresses ?? [])],
    interfaces: interfaces.map(({ host: old, word }) => ({ old, fresh: word })),
    priorities,
  };
}

/** A host is called as its file without `.conf`. */
function hostNameOf(file: string): string {
  if (file === standardInput) return "stdin";
  return path.basename(file).replace(/\.conf$/, "");
}

/** A file that exists, before it is read. Throws UsageError when it cannot be read. */
export function existing(file: string, options: GenOptions, texts: Texts): Existing {
  return {
    path: file,
    text: readText(file, texts),
    name: hostNameOf(file),
    addresses: options.hosts.find(({ name }) => name === hostNameOf(file))?.addresses ?? [],
    configId: options.configId,
    target: options.target,
    include: includeReader(texts, new Set()),
  };
}

/** Says why there are no files: 1 when they are refused. Throws UsageError when an option is missing or wrong. */
export function refuse({ problems, hosts }: Failure, world: World): number {
  const where = placesIn(hosts);
  const whereOf = ({ at }: Pick<Problem, "at">) => (at ? where(at) : "");
  const missing = problems.filter((each) => each.is === "missing");
  if (missing.length > 0)
    throw new UsageError(
      missing.map((each) => `${harmless(whereOf(each))}${harmless(each.message)}`).join("\nvrrp-gen: "),
    );
  const told = new Map(problems.map((each) => [`${whereOf(each)} ${each.message}`, each]));
  const refusals = [...told.values()].map(({ message, rule, at }) => ({
    message,
    rule,
    where: whereOf({ at }),
  }));
  world.err(refusalText(refusals, world, (each) => refusals.find((one) => one === each)?.where ?? ""));
  return 1;
}

/** How messages name a place in the files of hosts: `a.conf:3:5: `. */
export function placesIn(hosts: readonly Host[]): (at: Place) => string {
  const sources = hosts.flatMap((host) => host.sources);
  return ({ file, span }) => {
    const source = sources.find((each) => each.path === file);
    const { line, column } = lineMap(source?.text ?? "").positionAt(span.start);
    return `${file}:${line}:${column}: `;
  };
}
