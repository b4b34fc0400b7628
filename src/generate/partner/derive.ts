/**
 * The file of a host's partner from the host's own: everything shared is copied word for word, with comments and layout;
 * what belongs to one host alone becomes its complement.
 */
import type { Diagnostic, Place } from "../../diagnostic.ts";
import type { Fleet } from "../../model/host.ts";
import { speakingOf } from "./comments.ts";
import { copyFor, type Failure, type PlaceOf, readOriginal } from "./copy.ts";
import { judgeGiven, judgeNew } from "./judge.ts";
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
  /** What was concluded and not read. */
  readonly notes: readonly string[];
  /** Warnings that the newcomer's files have from those they were made from. */
  readonly warnings: readonly Diagnostic[];
  /** Lines of the new file that speak of the old host and were copied as they are. */
  readonly speaking: readonly Place[];
}

/** Makes the files of a host's partner, or says why not. */
export function derive(given: Existing, newcomer: Newcomer, placeOf: PlaceOf): Made | Failure {
  const original = readOriginal(given, newcomer);
  if ("problems" in original) return original;
  const { host: old } = original;
  const judged = judgeGiven([old], false);
  if (judged.problems.length > 0) return { is: "problems", problems: judged.problems, hosts: [old] };
  const copy = copyFor(original, {
    newcomer,
    role: "partner",
    placeOf,
    standing: (before, base, changes) => changeStanding(before, base, newcomer, changes),
  });
  if (copy.is === "problems") return copy;
  const { host, texts, origins } = copy;
  const pair = old.instances.every(({ peers }) => peers.length <= 1);
  const origin = (file: string) => origins.get(file) ?? file;
  const { fleet, problems, remarks, warnings } = judgeNew([old, host], pair, judged, origin);
  if (problems.length > 0) return { is: "problems", problems, hosts: [old, host] };
  return {
    is: "files",
    texts,
    origins,
    changed: new Map(),
    fleet,
    remarks,
    notes: standingNotes(old, newcomer),
    warnings,
    speaking: speakingOf(host, old),
  };
}
