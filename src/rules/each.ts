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

function isSameHome(one: Home, other: Home): boolean {
  return compared.every((key) => one[key] === other[key]);
}

/** What is remembered of an instance or a team: which rules had nothing to say, by their numbers. */
class Silence {
  readonly #rules: number[] = [];

  has(rule: number): boolean {
    return (((this.#rules[rule >> 5] ?? 0) >> (rule & 31)) & 1) === 1;
  }

  add(rule: number): void {
    const index = rule >> 5;
    while (this.#rules.length <= index) this.#rules.push(0);
    this.#rules[index] = (this.#rules[index] as number) | (1 << (rule & 31));
  }
}

let count = 0;

/** Looks at each item of which a rule may have something to say; `look` tells whether it had. */
function visit<T>(
  items: readonly T[],
  silences: readonly Silence[],
  rule: number,
  look: (item: T) => boolean,
): void {
  for (let index = 0; index < items.length; index++) {
    const silence = silences[index] as Silence;
    if (!silence.has(rule) && !look(items[index] as T)) silence.add(rule);
  }
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

interface Memory {
  /** The other instances of a team. */
  readonly others: readonly Instance[];
  hosts: readonly Host[];
  /** By the hosts that are uncertain, a bit for each. */
  silences: Silence[];
}

const blockMemory = new WeakMap<Statement, Memory>();
const byBlocks = new WeakMap<Host, readonly Silence[]>();
const instanceMemory = new WeakMap<Instance, Memory>();
const teamMemory = new WeakMap<Instance, Memory>();
const byHost = new WeakMap<Host, readonly Silence[]>();
const byFleet = new WeakMap<Fleet, readonly Silence[]>();

function instanceSilences(host: Host): readonly Silence[] {
  return silencesOn(host, host.instances, byHost, instanceMemory);
}

function blockSilences(host: Host): readonly Silence[] {
  return silencesOn(host, host.statements, byBlocks, blockMemory);
}

function silencesOn<Key extends object>(
  host: Host,
  keys: readonly Key[],
  known: WeakMap<Host, readonly Silence[]>,
  memory: WeakMap<Key, Memory>,
): readonly Silence[] {
  const before = known.get(host);
  if (before) return before;
  const isSame = comparison(isSameHome);
  const hosts = [host];
  const made = keys.map((key) => recall(memory, key, none, hosts, isSame));
  known.set(host, made);
  return made;
}

function teamSilences(fleet: Fleet): readonly Silence[] {
  const known = byFleet.get(fleet);
  if (known) return known;
  const isSame = comparison((one, other) => isSameHome(one, other) && hasSameAddresses(one, other));
  const made = teams(fleet).map((team) => {
    const [{ instance }, ...others] = team as readonly [Member, ...Member[]];
    const hosts = team.map(({ host }) => host);
    const partners = others.map((other) => other.instance);
    return recall(teamMemory, instance, partners, hosts, isSame);
  });
  byFleet.set(fleet, made);
  return made;
}

/** The silence of earlier times, if it was about the same instances on hosts that are the same to them. */
function recall<Key extends object>(
  memory: WeakMap<Key, Memory>,
  key: Key,
  others: readonly Instance[],
  hosts: readonly Host[],
  isSame: (one: Host, other: Host) => boolean,
): Silence {
  const before = memory.get(key);
  const kept = before && isAlike(others, before.others, isIdentical) ? before : undefined;
  const silences = kept && isAlike(kept.hosts, hosts, isSame) ? kept.silences : [];
  if (kept) {
    kept.hosts = hosts;
    kept.silences = silences;
  } else memory.set(key, { others, hosts, silences });
  let uncertain = 0;
  for (const host of hosts) uncertain = uncertain * 2 + Number(host.uncertain);
  const silence = silences[uncertain] ?? new Silence();
  silences[uncertain] = silence;
  return silence;
}

const isIdentical = (one: unknown, other: unknown) => one === other;

function isAlike<T>(list: readonly T[], other: readonly T[], isSame: (one: T, other: T) => boolean): boolean {
  if (list.length !== other.length) return false;
  for (let index = 0; index < list.length; index++)
    if (!isSame(list[index] as T, other[index] as T)) return false;
  return true;
}

const none: readonly never[] = [];

/** The comparison of two hosts, which is made once for all their instances. */
function comparison(compare: (one: Host, other: Host) => boolean): (one: Host, other: Host) => boolean {
  // One after the other asks for the same two hosts, and there are few hosts.
  const known: { readonly one: Host; readonly other: Host; readonly same: boolean }[] = [];
  return (one, other) => {
    if (one === other) return true;
    for (const pair of known) if (pair.one === one && pair.other === other) return pair.same;
    const same = compare(one, other);
    known.push({ one, other, same });
    return same;
  };
}

function hasSameAddresses(one: Host, other: Host): boolean {
  const [ours, theirs] = [addressesOf(one), addressesOf(other)];
  return ours.size === theirs.size && [...ours].every((address) => theirs.has(address));
}
