/** Names and definitions of what is tracked: each thing once, however many routers track it. */
import type { Intent, RouterIntent, TrackerIntent } from "./intent.ts";
import { choicesOf } from "./intent.ts";

/** A tracker that needs a definition. */
export type DefinedTracker = Exclude<TrackerIntent, { track: "interface" }>;

/** Every definition with the name that tracks it, in the order of first use; the first use gives its weight. */
export function defineTrackers(intent: Intent): ReadonlyMap<string, DefinedTracker> {
  const named = new Map<string, DefinedTracker>();
  const seen = new Set<string>();
  for (const router of intent.routers)
    for (const tracker of trackersOf(intent, router)) {
      if (tracker.track === "interface" || seen.has(definitionKey(tracker))) continue;
      seen.add(definitionKey(tracker));
      named.set(freeName(tracker.name ?? nameFor(tracker), named), tracker);
    }
  return named;
}

/** What a router tracks. */
export function trackersOf(intent: Intent, router: RouterIntent): readonly TrackerIntent[] {
  return choicesOf(intent, router).trackers ?? [];
}

/** The name under which a tracker is defined, and the definition, which may have another weight. */
export function definitionOf(
  definitions: ReadonlyMap<string, DefinedTracker>,
  tracker: DefinedTracker,
): { readonly name: string; readonly weight: number } | undefined {
  const found = [...definitions].find(([, other]) => definitionKey(other) === definitionKey(tracker));
  return found && { name: found[0], weight: found[1].weight ?? 0 };
}

/** Equal for trackers that need one definition only: they watch the same, with whatever weight. */
export function definitionKey(tracker: TrackerIntent): string {
  return keyOf({ ...tracker, weight: undefined });
}

/** Equal for trackers that are one and the same. */
export function keyOf(tracker: TrackerIntent): string {
  return JSON.stringify(
    Object.entries(tracker)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value instanceof Map ? [...value] : value])
      .sort(),
  );
}

function nameFor(tracker: DefinedTracker): string {
  switch (tracker.track) {
    case "script":
      return word(lastPart(/^\S+/.exec(tracker.command.trim())?.[0] ?? ""), "check");
    case "process":
      return `${word(lastPart(/^\S+/.exec(tracker.process.trim())?.[0] ?? ""), "process")}_runs`;
    case "file":
      return word(lastPart(tracker.file), "file");
  }
}

function lastPart(path: string): string {
  return path.split("/").at(-1) ?? path;
}

function word(text: string, otherwise: string): string {
  const plain = text.replace(/\.\w+$/, "").replaceAll(/[^A-Za-z0-9_-]+/g, "_");
  return /[A-Za-z0-9]/.test(plain) ? plain : otherwise;
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    if (!taken.has(name)) return name;
  }
}
