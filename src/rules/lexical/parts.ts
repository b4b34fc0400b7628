/** A host part by part, so that a mistake of writing is looked for only where something changed. */
import type { Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { sectionsOf } from "../../model/read.ts";
import { endOf, type Section, startOf } from "../../model/sections.ts";
import type { Mistake } from "./mistake.ts";

/** Looks for mistakes of one kind. What it finds in a section must not depend on the lines of other sections. */
export type Search = (host: Host) => readonly Mistake[];

/** The sections in which none of the searches found anything, by the searches. */
const silent = new WeakMap<readonly Search[], WeakSet<Section>>();

/** What each search finds in all of the host, in the order of its files. */
export function searched(host: Host, searches: readonly Search[]): readonly (readonly Mistake[])[] {
  const sections = sectionsOf(host);
  if (!sections) return searches.map((search) => search(host));
  const done = silent.get(searches) ?? new WeakSet<Section>();
  silent.set(searches, done);
  const found = searches.map((): Mistake[] => []);
  for (const section of sections) {
    if (done.has(section)) continue;
    const part = partOf(host, section);
    let count = 0;
    for (const [index, search] of searches.entries())
      for (const mistake of search(part)) {
        found[index]?.push(mistake);
        count++;
      }
    if (count > 0) continue;
    done.add(section);
    // What was worked out for the search is not needed again, and a host may live for days.
    parts.get(host)?.delete(section);
  }
  return found;
}

/** The part of the host in which a place lies; the host where it is not divided. */
export function partAt(host: Host, { file, span }: Place): Host {
  const sections = file === host.file ? sectionsOf(host) : undefined;
  if (!sections) return host;
  let low = 0;
  let high = sections.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(sections[middle] as Section) <= span.start) low = middle;
    else high = middle - 1;
  }
  const section = sections[low];
  return section && span.start <= endOf(section) ? partOf(host, section) : host;
}

const parts = new WeakMap<Host, Map<Section, Host>>();

/** The host as if its file were this section alone; offsets stay as they are. */
function partOf(host: Host, section: Section): Host {
  const known = parts.get(host) ?? new Map<Section, Host>();
  parts.set(host, known);
  const before = known.get(section);
  if (before) return before;
  const { statements, lines, structure, lost, values } = section;
  const sources = host.sources.map(({ path, text }) => ({ path, text, lines }));
  const part = { ...host, statements, sources, findings: [...structure, ...lost, ...values] };
  known.set(section, part);
  return part;
}
