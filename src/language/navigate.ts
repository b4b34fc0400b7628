/** From a name to where it is defined, to all its places, and to another name. */
import type { Edit, Place } from "../diagnostic.ts";
import { parseAddress } from "../schema/address.ts";
import { parseSource } from "../syntax/parse.ts";
import { lineOf } from "./cursor.ts";
import type { FileView } from "./file-view.ts";
import { type NamedKind, nameAt, namesOf, type Occurrence, sameName, sameNameHere } from "./names.ts";
import { isSamePlace, takeoversOf } from "./standing.ts";

/**
 * Where the name at an offset is defined: on the same host, else on the others. On an instance's own definition that is
 * the same virtual router on the other hosts; on a definition that is the only one, itself, for which editors show what
 * refers to it; on an include, the files that it reads.
 */
export function definitionsOf(view: FileView, offset: number): readonly Place[] {
  const found = nameAt(view, offset);
  if (!found) return includedAt(view, offset);
  const { occurrence } = found;
  const itself = occurrence.defines ? [occurrence.at] : [];
  if (occurrence.kind === "instance" && occurrence.defines)
    return orElse(partnersOf(view, occurrence), itself);
  const defining = sameName(view, offset).filter(({ defines, at }) => defines && !isSame(at, occurrence.at));
  const files = new Set(found.host.sources.map(({ path }) => path));
  const own = defining.filter(({ at }) => files.has(at.file));
  return orElse(
    orElse(own, defining).map(({ at }) => at),
    itself,
  );
}

function orElse<T>(first: readonly T[], second: readonly T[]): readonly T[] {
  return first.length > 0 ? first : second;
}

/** The files that an include at an offset reads, of which a pattern may name several. */
function includedAt(view: FileView, offset: number): readonly Place[] {
  const { span } = lineOf(view, offset);
  const text = view.text.slice(span.start, span.end);
  const parts = parseSource(view.file, text).lines[0]?.parts ?? [];
  const at = offset - span.start;
  const path = parts.find(({ kind, start, end }) => kind === "includePath" && start <= at && at <= end);
  const found = path && view.include(text.slice(path.start, path.end), view.file);
  return (found?.files ?? []).map(({ path: file }) => ({ file, span: { start: 0, end: 0 } }));
}

function partnersOf(view: FileView, { at }: Occurrence): readonly Place[] {
  const takeover = takeoversOf(view).find(({ turns }) =>
    turns.some(({ member }) => liesOn(member.instance.at, at)),
  );
  const others = takeover?.turns.filter(({ member }) => !liesOn(member.instance.at, at)) ?? [];
  const places = others.map(({ member }) => member.instance);
  return places
    .filter((one, index) => places.findIndex((other) => isSamePlace(one, other)) === index)
    .map((one) => one.at);
}

function liesOn(header: Place, name: Place): boolean {
  return (
    header.file === name.file && header.span.start <= name.span.start && name.span.end <= header.span.end + 2
  );
}

function isSame(one: Place, other: Place): boolean {
  return one.file === other.file && one.span.start === other.span.start;
}

/** Every place of the name at an offset, those in peers and includes too. */
export function referencesOf(view: FileView, offset: number, withDefinitions: boolean): readonly Place[] {
  return sameName(view, offset)
    .filter(({ defines }) => withDefinitions || !defines)
    .map(({ at }) => at);
}

/** The places of the name at an offset in this file. */
export function highlightsOf(view: FileView, offset: number): readonly Occurrence[] {
  return sameNameHere(view, offset);
}

/** What would be renamed at an offset, or why nothing can be. */
export function renameTarget(view: FileView, offset: number): Occurrence | { readonly reason: string } {
  const found = nameAt(view, offset);
  if (!found) return { reason: "There is no name here that could be changed." };
  if (found.occurrence.name.startsWith("_") && found.occurrence.kind === "variable")
    return { reason: "Variables that begin with _ are keepalived's own." };
  const stuck = sameName(view, offset).find(({ exact }) => !exact);
  return stuck ? { reason: fromParts(view, stuck.at) } : found.occurrence;
}

function fromParts(view: FileView, { file, span }: Place): string {
  const { line } = view.linesOf(file).positionAt(span.start);
  return `${view.shown(file)}:${line} puts the name together from parts; change it there by hand.`;
}

/** The edits that give the name at an offset another one everywhere, or why that can not be. */
export function rename(
  view: FileView,
  offset: number,
  wanted: string,
): readonly Edit[] | { readonly reason: string } {
  const target = renameTarget(view, offset);
  if ("reason" in target) return target;
  const reason = faultOf(target.kind, wanted) ?? takenBy(view, target, wanted);
  if (reason !== undefined) return { reason };
  return sameName(view, offset).map(({ at }) => ({ at, text: wanted }));
}

/** Two definitions must not become one: what refers to either could not be told apart any more. */
function takenBy(view: FileView, { kind, name }: Occurrence, wanted: string): string | undefined {
  if (wanted === name) return undefined;
  const hosts = kind === "variable" ? view.hosts : view.fleet.hosts;
  for (const host of hosts) {
    const defining = namesOf(host).filter((each) => each.kind === kind && each.defines);
    const other = defining.find((each) => each.name === wanted);
    if (!other || !defining.some((each) => each.name === name)) continue;
    const { line } = view.linesOf(other.at.file).positionAt(other.at.span.start);
    return `${view.shown(other.at.file)}:${line} has the name ${wanted} already.`;
  }
  return undefined;
}

/** Why a text can not be a name of this kind. */
function faultOf(kind: NamedKind, text: string): string | undefined {
  if (kind === "address") {
    const parsed = parseAddress(text);
    const isPlain = parsed && parsed.prefix === undefined && parsed.rangeEnd === undefined;
    return isPlain
      ? undefined
      : "Write one IP address without a prefix length; the prefixes stay as they are.";
  }
  if (kind === "variable")
    return /^[A-Za-z]\w*$/.test(text)
      ? undefined
      : "A variable has letters, digits and _, and begins with a letter.";
  return /^[^\s"'{}#!$@~\\]+$/.test(text)
    ? undefined
    : "A name is one word without quotes, braces, backslashes and the signs # ! $ @ ~.";
}
