/** The lines of track_script, track_process, track_file, track_bfd and track_interface blocks. */
import { inside, type Statement } from "../schema/statement.ts";
import type { Definitions } from "./definitions.ts";
import type { Definition, Spot, Tracker, TrackerIgnored, TrackerKind } from "./host.ts";
import { readWhole } from "./numbers.ts";
import { writtenAt } from "./spots.ts";

/** Blocks of tracked things; vrrp_instance and vrrp_sync_group have the same ones. */
const blocks: Readonly<Record<string, TrackerKind>> = {
  track_script: "script",
  track_process: "process",
  track_file: "file",
  track_bfd: "bfd",
  track_interface: "interface",
};

/** Weights beyond these make keepalived fall back to the definition's weight. */
const largestWeight: Readonly<Record<TrackerKind, number>> = {
  script: 254,
  process: 254,
  file: 254,
  bfd: 253,
  interface: 254,
};

/**
 * All trackers of an instance's or a group's block, in the order of the file. `definitions` are those that stand above
 * the block: keepalived looks a name up when it reads the line.
 */
export function readTrackers(block: Statement, definitions: Definitions): readonly Tracker[] {
  const trackers: Tracker[] = [];
  for (const list of inside(block)) {
    const kind = list.data ? undefined : blocks[list.words[0]?.text ?? ""];
    if (kind === undefined) continue;
    for (const line of inside(list)) {
      const tracker = readTracker(kind, line, definitions, trackers);
      if (tracker) trackers.push(tracker);
    }
  }
  return trackers;
}

function readTracker(
  kind: TrackerKind,
  line: Statement,
  definitions: Definitions,
  earlier: readonly Tracker[],
): Tracker | undefined {
  const name = line.words[0];
  if (!name || name.unknown) return undefined;
  const definition = kind === "interface" ? undefined : definitions.find(kind, name.text);
  const duplicate = earlier.some(
    (other) => other.kind === kind && other.name === name.text && !other.ignored,
  );
  return {
    kind,
    name: name.text,
    weight: weightInForce(kind, line, definition),
    reverse: reverseInForce(kind, line, definition),
    definition,
    ignored: whyIgnored(kind, line, definition, duplicate),
    at: name.at,
    statement: line,
  };
}

function whyIgnored(
  kind: TrackerKind,
  line: Statement,
  definition: Definition | undefined,
  duplicate: boolean,
): TrackerIgnored | undefined {
  if (kind !== "interface" && !definition) return "undefined-name";
  if (duplicate) return "duplicate";
  return readable(kind, line) ? undefined : "malformed";
}

/** keepalived drops the line for an option other than `weight NUMBER`; what follows the number matters less. */
function readable(kind: TrackerKind, line: Statement): boolean {
  const [, option, weight, direction] = line.words;
  if (!option) return true;
  if (option.text !== "weight" || !weight) return false;
  const known = !direction || direction.text === "reverse" || direction.text === "noreverse";
  return known || (kind !== "file" && kind !== "bfd");
}

function weightInForce(kind: TrackerKind, line: Statement, definition: Definition | undefined): Spot<number> {
  const name = line.words[0];
  const fallback = definition?.weight ?? 0;
  const inherited: Spot<number> = {
    value: fallback,
    at: definition?.weightAt ?? (name ? name.at : line.line.at),
    written: definition?.weightAt !== undefined,
  };
  const word = line.words[1]?.text === "weight" ? line.words[2] : undefined;
  if (!word) return definition?.uncertain ? { ...inherited, unknown: true } : inherited;
  const limit = largestWeight[kind];
  const value = readWhole(word.text, { min: -limit, max: limit, tolerant: true });
  return writtenAt(word, value === undefined ? fallback : clamped(kind, value), line);
}

/** 254 is not accepted for scripts and interfaces, but for old files' sake it counts as 253. */
function clamped(kind: TrackerKind, weight: number): number {
  if (kind !== "script" && kind !== "interface") return weight;
  return Math.max(-253, Math.min(253, weight));
}

function reverseInForce(kind: TrackerKind, line: Statement, definition: Definition | undefined): boolean {
  const direction = line.words[1]?.text === "weight" ? line.words[3]?.text : undefined;
  if (direction === "reverse") return true;
  if (direction === "noreverse" && kind !== "interface") return false;
  return definition?.reverse ?? false;
}

/**
 * Weights that keepalived takes away when the whole file is read. An address owner has none; a member of a sync group
 * keeps its weighted processes only. A weight that the author did not write becomes 0, so the tracker then means
 * FAULT (vrrp.c, vrrp_complete_instance).
 */
export function withoutWeights(
  trackers: readonly Tracker[],
  because: "sync-group" | "owner",
): readonly Tracker[] {
  return trackers.map((tracker) => {
    if (tracker.ignored || tracker.weight.value === 0 || tracker.kind === "process") return tracker;
    const unweighted = { ...tracker, weight: { ...tracker.weight, value: 0 } };
    if (tracker.kind === "interface" && because === "sync-group") return unweighted;
    if (tracker.kind === "file" && tracker.weight.value === 1) return unweighted;
    return { ...tracker, ignored: because };
  });
}

/** keepalived tracks an instance's own interface anyway and ignores the line. */
export function withoutOwnInterface(
  trackers: readonly Tracker[],
  name: string | undefined,
): readonly Tracker[] {
  return trackers.map((tracker) =>
    tracker.kind === "interface" && tracker.name === name && !tracker.ignored
      ? { ...tracker, ignored: "own-interface" as const }
      : tracker,
  );
}
