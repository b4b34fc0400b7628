/** Who is master: state and priority of a newcomer, as far as the file of its partner tells. */
import type { Host, Instance } from "../../model/host.ts";
import { trackersInForce } from "../../model/priority.ts";
import { lineOf, listed } from "../../rules/support.ts";
import type { Statement } from "../../schema/statement.ts";
import type { Changes } from "./changes.ts";
import { chosenPriority, type Newcomer, type Problem } from "./newcomer.ts";

/** Whether the newcomer stands above or below the host whose file is read. */
export type Rank = "above" | "below";

/** What the instance does so that its state tells nothing about its rank: both hosts start as BACKUP. */
const startsAsBackup = ["nopreempt", "preempt_delay"];

const owner = 255;
/** What hosts get without weights, as in new files: 150, 100. */
const usualGap = 50;

/** Sets state and priority of every instance in `base`, the text that is changed, against those in `old`. */
export function changeStanding(
  old: Host,
  base: Host,
  newcomer: Newcomer,
  changes: Changes,
): readonly Problem[] {
  const ranks = new Map(old.instances.map((instance) => [instance.name, rankOf(instance, newcomer)]));
  return base.instances.flatMap((instance): readonly Problem[] => {
    const own = old.instances.find(({ name }) => name === instance.name);
    if (!own || isSettled(own, instance)) return [];
    const rank = ranks.get(own.name);
    if (rank === undefined) return [unknownRank(own)];
    const priority = chosenPriority(newcomer, own) ?? priorityFor(old, own, rank, ranks);
    if (priority === undefined) return [noRoom(own, rank)];
    if (priority === own.priority.value) return [tieWith(own)];
    setPriority(instance, priority, changes);
    setState(instance, rank, changes);
    return [];
  });
}

/** Conditions say already that the instance is another one on the newcomer. */
function isSettled(own: Instance, instance: Instance): boolean {
  return own.priority.value !== instance.priority.value || own.state.value !== instance.state.value;
}

function rankOf(instance: Instance, newcomer: Newcomer): Rank | undefined {
  const priority = instance.priority.value;
  const chosen = chosenPriority(newcomer, instance);
  if (chosen !== undefined) return chosen > priority ? "above" : "below";
  const state = lineOf(instance, "state")?.words[1]?.text;
  if (priority === owner || state === "MASTER") return "below";
  if (startsAsBackup.some((keyword) => lineOf(instance, keyword))) return "below";
  if (instance.peers.length > 1) return undefined;
  // keepalived takes any other word, such as SLAVE, for BACKUP.
  if (state !== undefined) return "above";
  return newcomer.follows ? "below" : undefined;
}

function priorityFor(
  host: Host,
  instance: Instance,
  rank: Rank,
  ranks: ReadonlyMap<string, Rank | undefined>,
): number | undefined {
  const weights = weightsOf(host, instance);
  return mirrored(host, instance, rank, ranks, weights) ?? nextTo(instance.priority.value, rank, weights);
}

/** The weights that change the priority of an instance. */
export function weightsOf(host: Host, instance: Instance): readonly number[] {
  return trackersInForce({ host, instance })
    .map(({ weight }) => weight.value)
    .filter((weight) => weight !== 0);
}

/** A file in which each host is master of something shows both numbers: the newcomer has them the other way round. */
function mirrored(
  { instances }: Host,
  { priority }: Instance,
  rank: Rank,
  ranks: ReadonlyMap<string, Rank | undefined>,
  weights: readonly number[],
): number | undefined {
  const prioritiesOf = (wanted: Rank) => [
    ...new Set(instances.filter(({ name }) => ranks.get(name) === wanted).map((each) => each.priority.value)),
  ];
  const [high, ...otherHigh] = prioritiesOf("below");
  const [low, ...otherLow] = prioritiesOf("above");
  if (high === undefined || low === undefined || otherHigh.length + otherLow.length > 0) return undefined;
  if (high <= low || high === owner || high - low > largestGap(weights)) return undefined;
  return rank === "below" ? low : priority.value === low ? high : undefined;
}

/** The gap up to which each weight alone changes the master. */
function largestGap(weights: readonly number[]): number {
  return Math.min(owner, ...weights.map((weight) => Math.abs(weight) - 1));
}

/**
 * A priority above or below another: half the smallest weight away, so that each check alone changes the master, and
 * where all weights together still count. Undefined when there is no room.
 */
export function nextTo(
  priority: number,
  rank: Rank,
  weights: readonly number[],
  gap = gapFor(weights),
): number | undefined {
  if (rank === "below") {
    const lost = sum(weights.filter((weight) => weight < 0));
    return nearer(priority - 1, priority - gap, 1 - lost, 1);
  }
  const won = sum(weights.filter((weight) => weight > 0));
  const mirror = nearer(-priority - 1, -priority - gap, won + 1 - owner, 1 - owner);
  return mirror === undefined ? undefined : -mirror;
}

function gapFor(weights: readonly number[]): number {
  const smallest = Math.min(...weights.map(Math.abs));
  return weights.length === 0 ? usualGap : Math.min(usualGap, Math.max(1, Math.floor(smallest / 2)));
}

/** The wish, or what lies between it and the nearest number when the wish is below what is good, or possible. */
function nearer(nearest: number, wish: number, good: number, possible: number): number | undefined {
  if (wish >= good) return wish;
  if (nearest >= good) return good;
  return nearest >= possible ? Math.max(possible, nearest) : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Writes a priority into an instance, as a new line where there is none. */
export function setPriority(instance: Instance, priority: number, changes: Changes): void {
  const word = lineOf(instance, "priority")?.words[1];
  if (word) changes.replace(word, `${priority}`);
  else changes.addAfter(lineForPriority(instance), `priority ${priority}`);
}

/** A priority belongs behind what else identifies the instance. */
function lineForPriority(instance: Instance): Statement {
  const [line] = ["virtual_router_id", "interface", "state"].flatMap(
    (keyword) => lineOf(instance, keyword) ?? [],
  );
  return line ?? instance.block;
}

/** Writes the state with which an instance starts, where one is written. */
export function setState(instance: Instance, rank: Rank, changes: Changes): void {
  const word = lineOf(instance, "state")?.words[1];
  // Where others may stand above it, BACKUP is the start that disturbs nobody.
  const waits = instance.peers.length > 1 || startsAsBackup.some((keyword) => lineOf(instance, keyword));
  if (word) changes.replace(word, rank === "above" && !waits ? "MASTER" : "BACKUP");
}

/** What was concluded about who is master, where the file does not say it outright. */
export function standingNotes({ instances, shownAs }: Host, newcomer: Newcomer): readonly string[] {
  const open = instances.filter(
    (each) => chosenPriority(newcomer, each) === undefined && each.state.value === "BACKUP",
  );
  const namesOf = (rank: Rank) =>
    listed(open.filter((each) => rankOf(each, newcomer) === rank).map(({ name }) => name));
  // In a file that says MASTER elsewhere, BACKUP means what it says.
  const isPlain = instances.some(({ state }) => state.value === "MASTER");
  const [above, below] = [isPlain ? "" : namesOf("above"), namesOf("below")];
  const several = instances.some(({ peers }) => peers.length > 1);
  return [
    ...(above === ""
      ? []
      : [
          `${shownAs} starts as BACKUP in ${above}, so the new host is master there. Where all hosts start as BACKUP and ${shownAs} has the highest priority, give the new host a lower one: --priority N.`,
        ]),
    ...(below === ""
      ? []
      : [
          `With ${startsAsBackup.join(" or ")} all hosts start as BACKUP, so the state in ${below} does not tell which one is preferred. The new host got the lower priority; --priority N gives it another.`,
        ]),
    ...(several
      ? [
          "The file does not tell the priorities of the other partners: see that no two are equal. --join reads all files and does.",
        ]
      : []),
  ];
}

function unknownRank(instance: Instance): Problem {
  const { name, priority, peers } = instance;
  const why =
    peers.length > 1
      ? `${name} is BACKUP here and has ${peers.length} partners, any of which may be master`
      : `${name} does not say whether this host is its master`;
  return {
    is: "missing",
    at: lineOf(instance, "state")?.line.at ?? instance.at,
    message: `${why}: --priority N says which priority the new host gets, more or less than ${priority.value}`,
  };
}

/** No number is left on one side of a priority. */
export function noRoom(instance: Instance, rank: Rank): Problem {
  const { name, priority } = instance;
  return {
    is: "refused",
    at: priority.at,
    message: `There is no priority ${rank} the ${priority.value} of ${name}, because they go from 1 to 254. Change it on this host first.`,
  };
}

/** Two hosts with one priority. */
export function tieWith(instance: Instance): Problem {
  const { name, priority } = instance;
  return {
    is: "refused",
    at: priority.at,
    message: `${name} has priority ${priority.value} on this host already. With the same one on both, the addresses decide who is master; choose another.`,
  };
}
