/** Every place where something with a name is defined or meant: scripts, instances, variables, addresses and the like. */
import type { Place } from "../diagnostic.ts";
import { readHostAddress } from "../model/addresses.ts";
import type { Host } from "../model/host.ts";
import { bind } from "../schema/bind.ts";
import { walk } from "../schema/statement.ts";
import type { NameKind, Value } from "../schema/types.ts";
import type { Part, SourceFile, Word } from "../syntax/tree.ts";
import type { FileView } from "./file-view.ts";

/** `address`: one that hosts share or know each other by. `host`: what `@id` lines name. */
export type NamedKind = NameKind | "variable" | "host" | "address";

/** One place where a name stands. */
export interface Occurrence {
  readonly kind: NamedKind;
  readonly name: string;
  /** The name itself, without quotes, signs or prefix length. */
  readonly at: Place;
  readonly defines: boolean;
  /** The text at `at` is the name, so that it can be changed there. */
  readonly exact: boolean;
}

const known = new WeakMap<Host, readonly Occurrence[]>();

/** The names in the files of a host, collected once. */
export function namesOf(host: Host): readonly Occurrence[] {
  const before = known.get(host);
  if (before) return before;
  const all = [...schemaNames(host), ...host.sources.flatMap(signNames), ...addressNames(host)];
  known.set(host, all);
  return all;
}

/** The name at an offset, and the host that reads it. */
export function nameAt(
  view: FileView,
  offset: number,
): { readonly host: Host; readonly occurrence: Occurrence } | undefined {
  for (const host of view.hosts) {
    const occurrence = namesOf(host).find(
      ({ at }) => at.file === view.file && at.span.start <= offset && offset <= at.span.end,
    );
    if (occurrence) return { host, occurrence };
  }
  return undefined;
}

/**
 * Every place of the name at an offset, each once: over all hosts of the fleet, for their files are meant to be alike, and
 * what the schema knows names of in what no host reads as well; variables only over the hosts that read this file, for
 * each host has its own.
 */
export function sameName(view: FileView, offset: number): readonly Occurrence[] {
  const found = nameAt(view, offset);
  if (!found) return [];
  const { kind } = found.occurrence;
  const isOfSchema = kind !== "variable" && kind !== "address" && kind !== "host";
  return placesOf(view, found.occurrence, isOfSchema ? view.strays() : []);
}

/** The places of the name at an offset in this file, as the hosts read it. */
export function sameNameHere(view: FileView, offset: number): readonly Occurrence[] {
  const found = nameAt(view, offset);
  return found ? placesOf(view, found.occurrence, []).filter(({ at }) => at.file === view.file) : [];
}

function placesOf(view: FileView, { kind, name }: Occurrence, more: readonly Host[]): readonly Occurrence[] {
  const hosts = kind === "variable" ? view.hosts : [...view.fleet.hosts, ...more];
  const all = hosts.flatMap((host) =>
    namesOf(host).filter((each) => each.kind === kind && each.name === name),
  );
  return unique(all);
}

/** Files that several hosts read give each place more than once. */
function unique(all: readonly Occurrence[]): readonly Occurrence[] {
  const places = new Map(all.map((each) => [`${each.at.file} ${each.at.span.start}`, each]));
  return [...places.values()];
}

/** Names that the schema knows of: what a keyword's argument defines or refers to. */
function schemaNames(host: Host): Occurrence[] {
  return [...walk(host.statements)].flatMap((statement) =>
    (bind(statement)?.bound ?? []).flatMap(({ word, arg }): Occurrence[] => {
      const use = useOf(arg.value);
      if (!use || word.unknown || word.text === "") return [];
      const { at, exact } = unquoted(word);
      return [{ ...use, name: word.text, at, exact }];
    }),
  );
}

function useOf(value: Value): Pick<Occurrence, "kind" | "defines"> | undefined {
  if (value.is === "either") {
    for (const one of value.of) {
      const use = useOf(one);
      if (use) return use;
    }
  }
  if (value.is !== "name") return undefined;
  if (value.defines) return { kind: value.defines, defines: true };
  return value.refersTo && { kind: value.refersTo, defines: false };
}

/** The name inside the quotes of a word; a word from a variable stands where the variable is defined. */
function unquoted({ text, at, quoted, exact }: Word): Pick<Occurrence, "at" | "exact"> {
  const { start, end } = at.span;
  const inner = quoted && end - start === text.length + 2;
  return { at: inner ? { file: at.file, span: { start: start + 1, end: end - 1 } } : at, exact };
}

/** Variables and config-ids, which the signs before them tell. */
function signNames({ path, lines }: SourceFile): Occurrence[] {
  return lines.flatMap(({ start, text, parts }) =>
    parts
      .flatMap((part) => [part, ...(part.inner ?? [])])
      .flatMap((part) => {
        const use = signUse(part);
        const found = use?.shape.exec(text.slice(part.start, part.end));
        if (!use || !found?.[2]) return [];
        const from = start + part.start + (found[1]?.length ?? 0);
        const at = { file: path, span: { start: from, end: from + found[2].length } };
        return [{ kind: use.kind, name: found[2], at, defines: use.defines, exact: true }];
      }),
  );
}

function signUse({
  kind,
}: Part): (Pick<Occurrence, "kind" | "defines"> & { readonly shape: RegExp }) | undefined {
  switch (kind) {
    case "definitionName":
      return { kind: "variable", defines: true, shape: /^(\$)([A-Za-z_]\w*)/ };
    case "reference":
      return { kind: "variable", defines: false, shape: /^(\$\{?)([A-Za-z_]\w*)/ };
    case "condition":
      return { kind: "host", defines: false, shape: /^(@\^?)(\S+)/ };
    default:
      return undefined;
  }
}

/** Addresses that instances move or send from define them; peers refer to the sources of other hosts. */
function addressNames({ instances }: Host): Occurrence[] {
  return instances.flatMap(({ addresses, excluded, source, peers }) => [
    ...[...addresses, ...excluded].flatMap(({ address, statement }) =>
      addressIn(statement.words, address, true),
    ),
    ...(source?.statement ? addressIn(source.statement.words, source.value, true) : []),
    ...peers.flatMap(({ address, statement }) => addressIn(statement.words, address, false)),
  ]);
}

/** The word of a line that is this address, in whatever way it is written. */
function addressIn(words: readonly Word[], address: string, defines: boolean): Occurrence[] {
  const word = words.find((each) => each.text === address || readHostAddress(each.text)?.address === address);
  if (!word) return [];
  const { at, exact } = unquoted(word);
  const slash = word.text.search(/[/-]/);
  const end = exact && slash !== -1 ? at.span.start + slash : at.span.end;
  return [
    {
      kind: "address",
      name: address,
      at: { file: at.file, span: { start: at.span.start, end } },
      defines,
      exact,
    },
  ];
}
