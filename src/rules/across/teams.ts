/** Which instances of several hosts are meant to be one virtual router, and how the hosts know each other. */
import { membersOf } from "../../model/fleet.ts";
import type { Fleet, Host, Instance, Member } from "../../model/host.ts";
import { sharing } from "../../model/sharing.ts";

/** The members of one virtual router, one per host, in the order of the hosts; two at least. */
export type Team = readonly Member[];

const knownTeams = new WeakMap<Fleet, readonly Team[]>();

/**
 * The virtual routers that several hosts share. Instances that could not be read completely are left out, and so
 * are instances that merely look alike: a common name or VRID does not make one router of two clusters.
 */
export function teams(fleet: Fleet): readonly Team[] {
  const before = knownTeams.get(fleet);
  if (before) return before;
  const found: Team[] = [];
  for (const { members } of fleet.routers) {
    // Almost all are plain pairs, and a file may have hundreds.
    if (isPlainPair(members)) found.push(members);
    else for (const team of split(members)) if (team.length > 1) found.push(team);
  }
  knownTeams.set(fleet, found);
  return found;
}

const knownByInstance = new WeakMap<Fleet, ReadonlyMap<Instance, Team>>();

/** The team an instance belongs to, if other hosts have it too. */
export function teamOf(fleet: Fleet, instance: Instance): Team | undefined {
  const before = knownByInstance.get(fleet);
  if (before) return before.get(instance);
  const found = new Map<Instance, Team>();
  for (const team of teams(fleet)) for (const member of team) found.set(member.instance, team);
  knownByInstance.set(fleet, found);
  return found.get(instance);
}

const knownMembers = new WeakMap<Fleet, readonly Member[]>();

/** All instances of all hosts that could be read completely. */
export function everyMember(fleet: Fleet): readonly Member[] {
  const before = knownMembers.get(fleet);
  if (before) return before;
  const found: Member[] = [];
  for (const host of fleet.hosts)
    for (const member of membersOf(host)) if (!member.instance.uncertain) found.push(member);
  knownMembers.set(fleet, found);
  return found;
}

/** Every pair of two elements, in order. */
export function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
}

/** Every wanted pair of members of different hosts that have a mark in common, once, in order. */
export function pairsSharing(
  members: readonly Member[],
  marksOf: (member: Member) => readonly unknown[],
  isWanted: (one: Member, other: Member) => boolean = () => true,
): readonly (readonly [Member, Member])[] {
  const isPair = (one: Member, other: Member) => one.host !== other.host && isWanted(one, other);
  return sharing(members, marksOf, isPair);
}

/** Whether all elements give the same key. */
export function agree<T>(items: readonly T[], key: (item: T) => unknown): boolean {
  for (let index = 1; index < items.length; index++)
    if (key(items[index] as T) !== key(items[0] as T)) return false;
  return true;
}

/** Whether the members have one virtual_router_id, so that they hear each other at all. */
export function oneVrid(team: Team): boolean {
  return agree(team, ({ instance }) => instance.vrid?.value);
}

const knownMoved = new WeakMap<Instance, readonly string[]>();

/** All addresses an instance moves, advertised or excluded. */
export function moved(instance: Instance): readonly string[] {
  const before = knownMoved.get(instance);
  if (before) return before;
  const found = [...instance.addresses, ...instance.excluded].map(({ address }) => address);
  knownMoved.set(instance, found);
  return found;
}

/** Whether two instances move an address in common. */
export function overlap(one: Instance, other: Instance): boolean {
  const [first] = one.addresses;
  // Almost always the lists begin with the same address.
  if (first && first.address === other.addresses[0]?.address) return true;
  const addresses = new Set(moved(one));
  return moved(other).some((address) => addresses.has(address));
}

/** Whether a member sends its adverts to an address of the other member's host. */
export function listsAsPeer(member: Member, other: Member): boolean {
  const theirs = addressesOf(other.host);
  const source = other.instance.source?.value;
  return member.instance.peers.some(({ address }) => theirs.has(address) || address === source);
}

const knownAddresses = new WeakMap<Host, ReadonlySet<string>>();

/** The addresses that a host's files say it has. */
export function addressesOf(host: Host): ReadonlySet<string> {
  const before = knownAddresses.get(host);
  if (before) return before;
  const found = new Set(host.ownAddresses.map(({ address }) => address));
  knownAddresses.set(host, found);
  return found;
}

const knownPeers = new WeakMap<Host, ReadonlySet<string>>();

/** The addresses that a host sends its adverts to. */
export function peersOf(host: Host): ReadonlySet<string> {
  const before = knownPeers.get(host);
  if (before) return before;
  const found = new Set<string>();
  for (const { peers } of host.instances) for (const { address } of peers) found.add(address);
  knownPeers.set(host, found);
  return found;
}

/** Groups in which everybody is joined to somebody, in the order of their first members. */
export function components<T>(
  items: readonly T[],
  joined: (a: T, b: T) => boolean,
): readonly (readonly T[])[] {
  let groups: T[][] = [];
  for (const item of items) {
    const touching = groups.filter((group) => group.some((other) => joined(other, item)));
    const [home] = touching;
    if (!home) groups = [...groups, [item]];
    else {
      home.push(...touching.slice(1).flat(), item);
      groups = groups.filter((group) => group === home || !touching.includes(group));
    }
  }
  return groups;
}

/** The members of one family that are meant as one, in the order of the hosts. */
function split(members: readonly Member[]): readonly Team[] {
  const readable = members.filter((member) => !member.instance.uncertain);
  return components(readable, (a, b) => a.instance.family === b.instance.family && meantAsOne(a, b));
}

function isPlainPair(members: readonly Member[]): boolean {
  const [one, other] = members;
  if (!one || !other || members.length !== 2 || one.instance.uncertain || other.instance.uncertain)
    return false;
  return one.instance.family === other.instance.family && meantAsOne(one, other);
}

/**
 * Whether two instances that the model pairs up are meant to back each other up. Common addresses with one VRID say so;
 * with two VRIDs more of the list or the name has to agree. Without a common address it takes peers that name each
 * other, hosts that share another router, or settings that look like one pair with a mistyped address.
 */
function meantAsOne(one: Member, other: Member): boolean {
  const [a, b] = [one.instance, other.instance];
  const sameVrid = a.vrid?.value === b.vrid?.value;
  if (overlap(a, b)) return sameVrid || a.name === b.name || mostlyEqual(a, b);
  if (moved(a).length === 0 || moved(b).length === 0) return true;
  if (listsAsPeer(one, other) || listsAsPeer(other, one)) return true;
  return shareRouter(one.host, other.host) || (sameVrid && looksLikeOnePair(a, b));
}

function mostlyEqual(a: Instance, b: Instance): boolean {
  const [ours, theirs] = [new Set(moved(a)), new Set(moved(b))];
  const common = [...ours].filter((address) => theirs.has(address)).length;
  return 2 * common >= new Set([...ours, ...theirs]).size;
}

function looksLikeOnePair(a: Instance, b: Instance): boolean {
  const bothMaster = a.state.value === "MASTER" && b.state.value === "MASTER";
  return a.name === b.name && !bothMaster && a.priority.value !== b.priority.value;
}

/** Whether two hosts have an instance with the same VRID and a common address. */
function shareRouter(one: Host, other: Host): boolean {
  const theirs = numberedAddresses(other);
  return one.instances.some((ours) => marksOf(ours).some((mark) => theirs.has(mark)));
}

const knownMarks = new WeakMap<Host, ReadonlySet<string>>();

function numberedAddresses(host: Host): ReadonlySet<string> {
  const before = knownMarks.get(host);
  if (before) return before;
  const found = new Set(host.instances.flatMap(marksOf));
  knownMarks.set(host, found);
  return found;
}

function marksOf(instance: Instance): readonly string[] {
  return moved(instance).map((address) => `${instance.vrid?.value} ${address}`);
}
