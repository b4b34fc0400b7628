/**
 * Brings the files of hosts that drifted apart together again: what must be equal becomes as the first host has it, or
 * as most of three or more have it. Nothing is invented; what cannot be settled is told.
 */
import type { Diagnostic, Edit, Place } from "../diagnostic.ts";
import { applyFixes, compatibleFixes } from "../edits.ts";
import type { Fleet } from "../model/host.ts";
import { walk } from "../schema/statement.ts";
import { addressFacet, prefixFacet } from "./sync/addresses.ts";
import { authenticationFacet } from "./sync/authentication.ts";
import { overlaps } from "./sync/edits.ts";
import { groupFacet } from "./sync/groups.ts";
import { missingFacet } from "./sync/missing.ts";
import { type Open, openIn, ownMistakes } from "./sync/open.ts";
import { before } from "./sync/origins.ts";
import { meshFacet, modeFacet, sourceFacet } from "./sync/peers.ts";
import { nopreemptFacet, preemptDelayFacet } from "./sync/preemption.ts";
import { crossingFacet, ownerFacet, reachFacet, tieFacet } from "./sync/priorities.ts";
import { reportedTeams, reportsOf } from "./sync/reported.ts";
import { routeFacet } from "./sync/routes.ts";
import { settingFacets } from "./sync/settings.ts";
import type { Facet, Step } from "./sync/step.ts";
import { checkFacet, weightFacet } from "./sync/trackers.ts";

/** One thing that was settled. */
export interface Decision {
  /** Where it changes the text as it was given. */
  readonly at: Place;
  readonly message: string;
  /** Something that was in the file is gone: an address, a password, a check. */
  readonly removes: boolean;
}

/** What sync made of a fleet. */
export interface Synced {
  /** New texts by path, in the order of the hosts; those that stay as they were are not among them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly decisions: readonly Decision[];
  /** What the user has to decide, at places in the new texts. */
  readonly open: readonly Open[];
  /** Mistakes of single files, at places in the new texts; they may be why something is open. */
  readonly own: readonly Diagnostic[];
  /** Where a place of the new texts was in the given ones. */
  readonly given: (place: Place) => Place;
}

/** Reads the fleet anew with these texts in the place of the files' own. */
export type ReadFleet = (texts: ReadonlyMap<string, string>) => Fleet;

/** The first of these that finds something is done before the next one looks: each builds on those before it. */
export const facets: readonly Facet[] = [
  ...settingFacets,
  sourceFacet,
  modeFacet,
  meshFacet,
  missingFacet,
  addressFacet,
  prefixFacet,
  authenticationFacet,
  routeFacet,
  groupFacet,
  checkFacet,
  weightFacet,
  nopreemptFacet,
  preemptDelayFacet,
  ownerFacet,
  crossingFacet,
  tieFacet,
  reachFacet,
];

/** More rounds than this mean that two facets disagree. */
const mostRounds = 500;

/** Settles what can be settled. The fleet's hosts are in the order in which the user named them. */
export function sync(read: ReadFleet): Synced {
  const texts = new Map<string, string>();
  const rounds: (readonly Edit[])[] = [];
  const decisions: Decision[] = [];
  const first = read(texts);
  let fleet = first;
  for (let round = 0; round < mostRounds; round++) {
    const steps = nextSteps(fleet);
    const changed = applyFixes(textsOf(fleet), steps);
    if (changed.size === 0) break;
    for (const { title, safe, edits } of steps)
      for (const { at } of edits.slice(0, 1))
        decisions.push({ at: origin(at, rounds), message: title, removes: !safe });
    for (const [path, text] of changed) texts.set(path, text);
    rounds.push(steps.flatMap(({ edits }) => edits));
    fleet = read(texts);
  }
  const given = (place: Place) => origin(place, rounds);
  const paths = fleet.hosts.flatMap(({ sources }) => sources.map(({ path }) => path));
  const ordered = new Map(paths.flatMap((path) => changeOf(texts, path)));
  return { texts: ordered, decisions, open: openIn(fleet, first), own: ownMistakes(fleet), given };
}

function changeOf(texts: ReadonlyMap<string, string>, path: string): readonly (readonly [string, string])[] {
  const text = texts.get(path);
  return text === undefined ? [] : [[path, text]];
}

function nextSteps(fleet: Fleet): readonly Step[] {
  for (const facet of facets) {
    const isQuiet = reportsOf(fleet, facet.settles).length === 0;
    const found = isQuiet ? [] : facet.find(fleet, reportedTeams(fleet, facet.settles));
    const steps = found.filter((step) => concernsOne(fleet, step));
    if (steps.length > 0) return compatibleFixes(steps);
  }
  return [];
}

/** Whether no other host reads what a step changes: several hosts may share an include, or one file with conditions. */
function concernsOne(fleet: Fleet, { host, edits }: Step): boolean {
  return fleet.hosts.every((other) => {
    if (other === host) return true;
    const shared = edits.filter(({ at }) => other.sources.some(({ path }) => path === at.file));
    if (shared.length === 0) return true;
    const lines = [...walk(other.statements)].map(({ line }) => line.at);
    return shared.every(({ at }) => at.span.start < at.span.end && !lines.some((line) => overlaps(line, at)));
  });
}

function textsOf(fleet: Fleet): ReadonlyMap<string, string> {
  return new Map(
    fleet.hosts.flatMap(({ sources }) => sources.map(({ path, text }) => [path, text.toString()] as const)),
  );
}

/** Where a place of the present texts was in the given ones; the last round's edits are undone first. */
function origin({ file, span }: Place, rounds: readonly (readonly Edit[])[]): Place {
  const back = (offset: number) =>
    rounds.reduceRight(
      (at, edits) =>
        before(
          edits.filter((edit) => edit.at.file === file),
          at,
        ),
      offset,
    );
  const start = back(span.start);
  return { file, span: { start, end: Math.max(start, back(span.end)) } };
}
