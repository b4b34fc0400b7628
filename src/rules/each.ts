/**
 * Rules that look at one instance, or at the members of one virtual router, at a time. Where such a rule had nothing to
 * say, it is not asked again while all that it may look at stays the same: after a keystroke in one block, hundreds of
 * others need no second look.
 */
import type { Fleet, Host, Instance, Member } from "../model/host.ts";
import { type Statement, walk } from "../schema/statement.ts";
import { addressesOf, type Team, teams } from "./across/teams.ts";
import type { FileRule, FleetRule, Report } from "./types.ts";

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

let count = 0;

/** Looks at each item of which a rule may have something to say; `look` tells whether it had. */
function visit<T>(
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

/** Whether anything is reported. */
function listen(report: Report, check: (report: Report) => void): boolean {
  let said = false;
  check((...words) => {
    said = true;
    report(...words);
  });
  return said;
}

/** A rule's check from what it says about one instance. */
export function eachInstance(
  check: (instance: Instance, report: Report, host: Home) => void,
): FileRule["check"] {
  const rule = count++;
  return (host, report) =>
    visit(host.instances, instanceSilences(host), rule, (instance) =>
      listen(report, (tell) => check(instance, tell, host)),
    );
}

/** What a search finds in all instances of a host, in their order. */
export function inInstances<T>(
  search: (instance: Instance, host: Home) => readonly T[],
): (host: Host) => readonly T[] {
  const rule = count++;
  return (host) => {
    const found: T[] = [];
    visit(host.instances, instanceSilences(host), rule, (instance) => {
      const here = search(instance, host);
      found.push(...here);
      return here.length > 0;
    });
    return found;
  };
}

/** A rule's check from what it says about the members of one virtual router. `fleet` is for what it reports. */
export function eachTeam(check: (team: Team, report: Report, fleet: Fleet) => void): FleetRule["check"] {
  const rule = count++;
  return (fleet, report) =>
    visit(teams(fleet), teamSilences(fleet), rule, (team) =>
      listen(report, (tell) => check(team, tell, fleet)),
    );
}

/** A rule's check from what it says about one statement, whatever block it stands in. */
export function eachStatement(
  check: (statement: Statement, report: Report, host: Home) => void,
): FileRule["check"] {
  const rule = count++;
  return (host, report) =>
    visit(host.statements, blockSilences(host), rule, (block) =>
      listen(report, (tell) => {
        for (const statement of walk([block])) check(statement, tell, host);
      }),
    );
}

/** What a search finds in all statements of a host, in their order. */
export function inStatements<T>(
  search: (statement: Statement, host: Home) => T | undefined,
): (host: Host) => readonly T[] {
  const rule = count++;
  const known = new WeakMap<Host, readonly T[]>();
  return (host) => {
    const before = known.get(host);
    if (before) return before;
    const found: T[] = [];
    visit(host.statements, blockSilences(host), rule, (block) => {
      const length = found.length;
      for (const statement of walk([block])) {
        const one = search(statement, host);
        if (one !== undefined) found.push(one);
      }
      return found.length > length;
    });
    known.set(host, found);
    return found;
  };
}

/** What is remembered as long as everything around stays the same; silences by what is uncertain, a bit for each host. */
interface Memory {
  readonly surroundings: Surroundings;
  readonly silences: Silence[];
}

interface TeamMemory extends Pick<Memory, "silences"> {
  readonly team: readonly Instance[];
  readonly neighbours: readonly (Neighbour | undefined)[];
}

const blockMemory = new WeakMap<Statement, Memory>();
const byBlocks = new WeakMap<Host, Silences>();
const instanceMemory = new WeakMap<Instance, Memory>();
const teamMemory = new WeakMap<Instance, TeamMemory>();
const byHost = new WeakMap<Host, Silences>();
const byFleet = new WeakMap<Fleet, Silences>();

const instanceSilences = (host: Host) => silencesOn(host, host.instances, byHost, instanceMemory);
const blockSilences = (host: Host) => silencesOn(host, host.statements, byBlocks, blockMemory);

function silencesOn<Key extends object>(
  host: Host,
  keys: readonly Key[],
  known: WeakMap<Host, Silences>,
  memory: WeakMap<Key, Memory>,
): Silences {
  const before = known.get(host);
  if (before) return before;
  const surroundings = surroundingsOf(host);
  const made = keys.map((key) => {
    let kept = memory.get(key);
    if (kept?.surroundings !== surroundings) {
      kept = { surroundings, silences: [] };
      memory.set(key, kept);
    }
    return silenceOf(kept.silences, Number(host.uncertain));
  });
  const silences = silencesFrom(made);
  known.set(host, silences);
  return silences;
}

function teamSilences(fleet: Fleet): Silences {
  const known = byFleet.get(fleet);
  if (known) return known;
  const neighbours = new Map(fleet.hosts.map((host) => [host, neighbourOf(host)]));
  const made = teams(fleet).map((team) => {
    const { instance } = team[0] as Member;
    let kept = teamMemory.get(instance);
    if (!kept || !isAbout(kept, team, neighbours)) {
      const instances = team.map((member) => member.instance);
      kept = { team: instances, neighbours: team.map(({ host }) => neighbours.get(host)), silences: [] };
      teamMemory.set(instance, kept);
    }
    let uncertain = 0;
    for (const { host } of team) uncertain = uncertain * 2 + Number(host.uncertain);
    return silenceOf(kept.silences, uncertain);
  });
  const silences = silencesFrom(made);
  byFleet.set(fleet, silences);
  return silences;
}

/** Whether a memory is of the same instances, on hosts that are the same to them. */
function isAbout(kept: TeamMemory, team: Team, neighbours: ReadonlyMap<Host, Neighbour>): boolean {
  if (kept.team.length !== team.length) return false;
  for (let index = 0; index < team.length; index++) {
    const { host, instance } = team[index] as Member;
    if (kept.team[index] !== instance || kept.neighbours[index] !== neighbours.get(host)) return false;
  }
  return true;
}

function silenceOf(silences: Silence[], uncertain: number): Silence {
  const silence = silences[uncertain] ?? [];
  silences[uncertain] = silence;
  return silence;
}

const none: readonly never[] = [];
