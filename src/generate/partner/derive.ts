/**
 * The file of a host's partner from the host's own: everything shared is copied word for word, with comments and layout;
 * what belongs to one host alone becomes its complement.
 */
import type { Diagnostic, Place } from "../../diagnostic.ts";
import type { Fleet, Host } from "../../model/host.ts";
import { speakingOf } from "./comments.ts";
import { copyFor, type Failure, type Original, type PlaceOf, readOriginal } from "./copy.ts";
import { type Given, judgeGiven, judgeNew } from "./judge.ts";
import { mended } from "./mended.ts";
import type { Existing, Newcomer } from "./newcomer.ts";
import { changeStanding, standingNotes } from "./standing.ts";

/** New texts with what the linter says of the hosts together. */
export interface Made {
  readonly is: "files";
  /** The newcomer's, by the place where they go, the main file first. */
  readonly texts: ReadonlyMap<string, string>;
  /** The given files that the newcomer's were made from, by the place of these. */
  readonly origins: ReadonlyMap<string, string>;
  /** New texts of files that are given. */
  readonly changed: ReadonlyMap<string, string>;
  readonly fleet: Fleet;
  readonly remarks: readonly Diagnostic[];
  /** Errors of the given file that its copy does not have any more. */
  readonly mended: readonly Diagnostic[];
  /** What was concluded and not read. */
  readonly notes: readonly string[];
  /** Warnings that the newcomer's files have from those they were made from. */
  readonly warnings: readonly Diagnostic[];
  /** Lines of the new file that speak of the old host and were copied as they are. */
  readonly speaking: readonly Place[];
}

/**
 * Makes the files of a host's partner, or says why not. Where safe fixes remove all errors of a file and change nothing of
 * what it does, the copy is mended; any other error is a reason against it.
 */
export function derive(given: Existing, newcomer: Newcomer, placeOf: PlaceOf): Made | Failure {
  const original = readOriginal(given, newcomer);
  if ("problems" in original) return original;
  const judged = judgeGiven([original.host], false);
  if (judged.problems.length === 0) return partnerOf(original, original.host, judged, newcomer, placeOf);
  const sound = mended(original);
  const made = sound && partnerOf(sound, original.host, judged, newcomer, placeOf);
  const asks = made?.is === "problems" && made.problems.some(({ is }) => is === "missing");
  if (made?.is === "files" || asks) return made;
  return { is: "problems", problems: judged.problems, hosts: [original.host] };
}

/** The partner of a host: `original` is what is copied, `old` what the host has. */
function partnerOf(
  original: Original,
  old: Host,
  judged: Given,
  newcomer: Newcomer,
  placeOf: PlaceOf,
): Made | Failure {
  const copy = copyFor(original, {
    newcomer,
    role: "partner",
    placeOf,
    standing: (before, base, changes) => changeStanding(before, base, newcomer, changes),
  });
  if (copy.is === "problems") return copy;
  const { host, texts, origins } = copy;
  const origin = (file: string) => origins.get(file) ?? file;
  const verdict = judgeNew([old, host], arePair(original), judged, origin);
  const { problems, ...rest } = verdict;
  if (problems.length > 0) return { is: "problems", problems, hosts: [old, host] };
  return {
    is: "files",
    ...rest,
    texts,
    origins,
    changed: new Map(),
    mended: judged.errors,
    notes: standingNotes(original.host, newcomer),
    speaking: speakingOf(host, old),
  };
}

/** Whether the file speaks of no third host. */
function arePair({ host, ids }: Original): boolean {
  const known = [ids.old, ids.fresh];
  return (
    host.instances.every(({ peers }) => peers.length <= 1) && host.configIds.every((id) => known.includes(id))
  );
}
