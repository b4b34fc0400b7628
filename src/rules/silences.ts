/** What rules had nothing to say about, as long as all that they may look at stays the same. */
import { areSame } from "../alike.ts";
import type { Fleet, Host, Instance } from "../model/host.ts";
import type { Statement } from "../schema/statement.ts";
import { addressesOf, type Team, teams } from "./across/teams.ts";

/** What a rule may see of an instance's host: not the other instances, nor lines of other blocks. */
export type Home = Pick<
  Host,
  | "name"
  | "file"
  | "shownAs"
  | "target"
  | "configId"
  | "sources"
  | "syntaxFindings"
  | "globals"
  | "groups"
  | "definitions"
  | "uncertain"
>;

/**
 * What may differ between two readings of a host although an instance of it stays the same object. Whether anything on
 * the host is uncertain is missing here: it changes to and fro while somebody types, so both cases are remembered.
 */
const compared = [
  "name",
  "file",
  "shownAs",
  "target",
  "configId",
  "globals",
  "groups",
  "definitions",
] as const satisfies readonly (keyof Home)[];

type Surroundings = Pick<Home, (typeof compared)[number]>;

const knownSurroundings = new WeakMap<Host["globals"], readonly Surroundings[]>();

/** How many earlier surroundings are remembered: somebody types, takes it back, and types again. */
const mostRemembered = 4;

/** The same object for all readings of a host that are the same to its instances. */
function surroundingsOf(host: Host): Surroundings {
  const known = knownSurroundings.get(host.globals) ?? none;
  const before = known.find((each) => compared.every((key) => each[key] === host[key]));
  if (before) return before;
  const { name, file, shownAs, target, configId, globals, groups, definitions } = host;
  const made = { name, file, shownAs, target, configId, globals, groups, definitions };
  knownSurroundings.set(globals, [made, ...known].slice(0, mostRemembered));
  return made;
}

/** A host as the hosts beside it see it. */
interface Neighbour {
  readonly addresses: ReadonlySet<string>;
}

const knownNeighbours = new WeakMap<Surroundings, readonly Neighbour[]>();

/** The same object for all readings of a host that are the same to instances on other hosts too. */
function neighbourOf(host: Host): Neighbour {
  const surroundings = surroundingsOf(host);
  const addresses = addressesOf(host);
  const known = knownNeighbours.get(surroundings) ?? none;
  const before = known.find((each) => isSameSet(each.addresses, addresses));
  if (before) return before;
  const made = { addresses };
  knownNeighbours.set(surroundings, [made, ...known].slice(0, mostRemembered));
  return made;
}

function isSameSet<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean {
  if (one === other) return true;
  return one.size === other.size && [...one].every((each) => other.has(each));
}

/** What is remembered of an instance or a team: which rules had nothing to say, a bit for each. */
type Silence = number[];

function has(silence: Silence, rule: number): boolean {
  return (((silence[rule >> 5] ?? 0) >> (rule & 31)) & 1) === 1;
}

function add(silence: Silence, rule: number): void {
  const index = rule >> 5;
  while (silence.length <= index) silence.push(0);
  silence[index] = (silence[index] as number) | (1 << (rule & 31));
}

/** The silences of all items, and what is known of them at once. */
interface Silences {
  readonly all: readonly Silence[];
  /** The items that no rule has been asked about yet, by their places: after a keystroke hardly any. */
  readonly fresh: readonly number[];
  /** Which rules have nothing to say about any of the others. */
  readonly quiet: Silence;
}

function silencesFrom(all: readonly Silence[]): Silences {
  const fresh: number[] = [];
  let quiet: Silence | undefined;
  for (let index = 0; index < all.length; index++) {
    const silence = all[index] as Silence;
    if (silence.length === 0) fresh.push(index);
    else if (quiet === undefined) quiet = [...silence];
    else for (let at = 0; at < quiet.length; at++) quiet[at] = (quiet[at] as number) & (silence[at] ?? 0);
  }
  return { all, fresh, quiet: quiet ?? [] };
}

/** Looks at each item of which a rule may have something to say; `look` tells whether it had. */
export function visit<T>(
  items: readonly T[],
  { all, fresh, quiet }: Silences,
  rule: number,
  look: (item: T) => boolean,
): void {
  const lookAt = (index: number) => {
    const silence = all[index] as Silence;
    if (!has(silence, rule) && !look(items[index] as T)) add(silence, rule);
  };
  if (has(quiet, rule)) for (const index of fresh) lookAt(index);
  else for (let index = 0; index < items.length; index++) lookAt(index);
}

/** What rules were asked about an earlier time, in its order; without the hosts, which would live as long. */
interface Asked<Key> {
  readonly keys: readonly Key[];
  readonly all: readonly Silence[];
}

/** What an item is known by, and whether it is the one that was known by a key. */
interface Keying<Item, Key> {
  keyOf(item: Item): Key;
  isBehind(key: Key, item: Item): boolean;
}

/** How far behind its place an item is looked for among the earlier ones: a few come and go at once. */
const reach = 32;

/** With the silences of what was there before, in the same order. */
function askedAnew<Item, Key>(
  items: readonly Item[],
  before: Asked<Key> = { keys: none, all: none },
  { keyOf, isBehind }: Keying<Item, Key>,
): Asked<Key> {
  const keys: Key[] = [];
  const all: Silence[] = [];
  let next = 0;
  for (const item of items) {
    const end = Math.min(next + reach, before.keys.length);
    let place = next;
    while (place < end && !isBehind(before.keys[place] as Key, item)) place++;
    const isKept = place < end;
    keys.push(isKept ? (before.keys[place] as Key) : keyOf(item));
    all.push(isKept ? (before.all[place] as Silence) : []);
    if (isKept) next = place + 1;
  }
  return { keys, all };
}

function itself<Item>(): Keying<Item, Item> {
  return { keyOf: (item) => item, isBehind: (key, item) => key === item };
}

const itsInstances: Keying<Team, readonly Instance[]> = {
  keyOf: (team) => team.map(({ instance }) => instance),
  isBehind: (key, team) =>
    key.length === team.length && key.every((instance, index) => instance === team[index]?.instance),
};

/** By what is uncertain: first what was asked while nothing was, then while something was. */
type AskedOnHost<Item> = (Asked<Item> | undefined)[];

const askedOfBlocks = new WeakMap<Surroundings, AskedOnHost<Statement>>();
const askedOfInstances = new WeakMap<Surroundings, AskedOnHost<Instance>>();
const byBlocks = new WeakMap<Host, Silences>();
const byHost = new WeakMap<Host, Silences>();

export const instanceSilences = (host: Host) => silencesOn(host, host.instances, byHost, askedOfInstances);
export const blockSilences = (host: Host) => silencesOn(host, host.statements, byBlocks, askedOfBlocks);

function silencesOn<Item>(
  host: Host,
  items: readonly Item[],
  known: WeakMap<Host, Silences>,
  asked: WeakMap<Surroundings, AskedOnHost<Item>>,
): Silences {
  const before = known.get(host);
  if (before) return before;
  const surroundings = surroundingsOf(host);
  const earlier = asked.get(surroundings) ?? [];
  const uncertain = Number(host.uncertain);
  const latest = askedAnew(items, earlier[uncertain], itself<Item>());
  earlier[uncertain] = latest;
  asked.set(surroundings, earlier);
  const silences = silencesFrom(latest.all);
  known.set(host, silences);
  return silences;
}

interface AskedOfTeams extends Asked<readonly Instance[]> {
  /** The hosts as they see each other. */
  readonly neighbours: readonly Neighbour[];
  readonly uncertain: readonly boolean[];
}

/** By the first host. */
const askedOfTeams = new WeakMap<Neighbour, readonly AskedOfTeams[]>();
const byFleet = new WeakMap<Fleet, Silences>();

export function teamSilences(fleet: Fleet): Silences {
  const known = byFleet.get(fleet);
  if (known) return known;
  const neighbours = fleet.hosts.map(neighbourOf);
  const uncertain = fleet.hosts.map((host) => host.uncertain);
  const [first] = neighbours;
  const earlier = first && askedOfTeams.get(first);
  const before = earlier?.find(
    (each) => areSame(each.neighbours, neighbours) && areSame(each.uncertain, uncertain),
  );
  const latest = askedAnew(teams(fleet), before, itsInstances);
  if (first) {
    const others = earlier?.filter((each) => each !== before) ?? none;
    askedOfTeams.set(first, [{ ...latest, neighbours, uncertain }, ...others].slice(0, mostRemembered));
  }
  const silences = silencesFrom(latest.all);
  byFleet.set(fleet, silences);
  return silences;
}

const none: readonly never[] = [];
