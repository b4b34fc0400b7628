/** What the virtual routers track, as far as a description can say it for all hosts at once. */
import type { Definition, Host, Instance, SyncGroup, Tracker } from "../../model/host.ts";
import type { Statement } from "../../schema/statement.ts";
import type { PerHost, TrackerIntent } from "../intent.ts";
import type { DefinedTracker } from "../trackers.ts";
import { definitionIntent } from "./definitions.ts";
import type { NamedRouter } from "./meaning.ts";
import type { Reading } from "./reading.ts";

/** Virtual routers that fail together: one, or those of a sync group. */
export interface Unit {
  readonly group: string | undefined;
  readonly routers: readonly NamedRouter[];
}

export interface Watched {
  /** By the name of the router. */
  readonly trackers: ReadonlyMap<string, readonly TrackerIntent[]>;
  /** The lines of track blocks that the trackers stand for. */
  readonly lines: ReadonlySet<Statement>;
  /** The definitions that they stand for. */
  readonly definitions: ReadonlySet<Definition>;
}

/** What a description takes. */
const largestWeight = 254;

/** A tracker that counts, and all lines that it stands for. */
interface Use {
  readonly tracker: Tracker;
  readonly lines: readonly Statement[];
}

/** Finds what can be said as trackers. Of the rest the lines have to be taken over as they are. */
export function watchedBy(units: readonly Unit[], readings: readonly Reading[]): Watched {
  const trackers = new Map<string, readonly TrackerIntent[]>();
  const lines = new Set<Statement>();
  const definitions = new Set<Definition>();
  for (const unit of units) {
    const uses = readings.map((reading) => usesOf(unit, reading.host));
    const said = inPrintedOrder([...definedTrackers(uses, readings), ...interfaceTrackers(uses, readings)]);
    for (const { name } of unit.routers)
      trackers.set(
        name,
        said.map(({ intent }) => intent),
      );
    for (const use of said.flatMap((each) => each.uses)) {
      for (const line of use.lines) lines.add(line);
      if (use.tracker.definition) definitions.add(use.tracker.definition);
    }
  }
  return { trackers, lines, definitions };
}

interface Said {
  readonly intent: TrackerIntent;
  readonly uses: readonly Use[];
}

/** The order of generated files, so that what is generated is described in the same way. */
function inPrintedOrder(said: readonly Said[]): readonly Said[] {
  const kinds: readonly TrackerIntent["track"][] = ["interface", "script", "file", "process"];
  const rank = ({ intent }: Said) => kinds.indexOf(intent.track);
  return [...said].sort((one, other) => rank(one) - rank(other));
}

function definedTrackers(uses: readonly (readonly Use[])[], readings: readonly Reading[]): readonly Said[] {
  return (uses[0] ?? []).flatMap((first): readonly Said[] => {
    if (first.tracker.kind === "interface") return [];
    const each = uses.map((list) => list.find(({ tracker }) => isAlike(tracker, first.tracker)));
    const intents = each.map((use, index) => intentOf(use, readings[index]));
    const [intent] = intents;
    const same = intents.every((other) => JSON.stringify(other) === JSON.stringify(intent));
    return intent && same ? [{ intent, uses: each.flatMap((use) => use ?? []) }] : [];
  });
}

function isAlike(one: Tracker, other: Tracker): boolean {
  return one.kind === other.kind && one.name === other.name && one.weight.value === other.weight.value;
}

function intentOf(use: Use | undefined, reading: Reading | undefined): DefinedTracker | undefined {
  if (!use?.tracker.definition || !reading) return undefined;
  const intent = definitionIntent(reading, use.tracker.definition);
  const { value } = use.tracker.weight;
  return intent && { ...intent, weight: value === 0 ? undefined : value };
}

/** Interfaces have other names on other hosts: the first is taken for the first, and so on. */
function interfaceTrackers(uses: readonly (readonly Use[])[], readings: readonly Reading[]): readonly Said[] {
  const each = uses.map((list) => list.filter(({ tracker }) => tracker.kind === "interface"));
  const [first = []] = each;
  const alike = each.every(
    (list) =>
      list.length === first.length &&
      list.every(({ tracker }, index) => tracker.weight.value === first[index]?.tracker.weight.value),
  );
  if (!alike) return [];
  return first.map((use, index) => {
    const column = each.flatMap((list) => list[index] ?? []);
    const names = new Map(column.map(({ tracker }, host) => [readings[host]?.host.name ?? "", tracker.name]));
    const { value } = use.tracker.weight;
    return {
      intent: { track: "interface", interface: commonly(names), weight: value === 0 ? undefined : value },
      uses: column,
    };
  });
}

/** One value when it is the same for all, else one for each. */
export function commonly<T>(values: ReadonlyMap<string, T>): PerHost<T> {
  const [first, ...others] = values.values();
  return first !== undefined && others.every((other) => other === first) ? first : values;
}

function usesOf({ group: name, routers }: Unit, host: Host): readonly Use[] {
  const instances = routers.flatMap(({ members }) =>
    members.flatMap((member) => (member.host === host ? member.instance : [])),
  );
  const group = host.groups.find((each) => each.name === name);
  const counted = group ? [...groupUses(group), ...liftedUses(instances)] : ownUses(instances);
  return counted.filter(({ tracker }) => !tracker.reverse && Math.abs(tracker.weight.value) <= largestWeight);
}

function ownUses(instances: readonly Instance[]): readonly Use[] {
  return instances
    .flatMap(({ trackers }) => trackers.filter(({ ignored }) => !ignored))
    .map((tracker) => ({ tracker, lines: [tracker.statement] }));
}

/** Weights count for a group only where it says so. */
function groupUses({ trackers, trackingWeight }: SyncGroup): readonly Use[] {
  return trackers
    .filter(({ ignored, weight }) => !ignored && (trackingWeight || weight.value === 0))
    .map((tracker) => ({ tracker, lines: [tracker.statement] }));
}

/** What every member tracks without weight the group tracks as well: the failure of one is that of all. */
function liftedUses(instances: readonly Instance[]): readonly Use[] {
  return ownUses(instances.slice(0, 1)).flatMap(({ tracker }) => {
    const alike = instances.map(({ trackers }) =>
      trackers.find((other) => !other.ignored && !other.reverse && isAlike(other, tracker)),
    );
    const found = alike.flatMap((each) => each?.statement ?? []);
    return tracker.weight.value === 0 && found.length === instances.length ? { tracker, lines: found } : [];
  });
}
