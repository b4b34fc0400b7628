/** Which hosts work together, and which instances of different hosts have something in common. */
import type { Group } from "./grouping.ts";
import type { Host } from "./host.ts";
import type { Node } from "./kinship.ts";
import { sharing } from "./sharing.ts";

/** Addresses that a host's instances send adverts from and to. */
interface Talk {
  readonly sources: Set<string>;
  readonly peers: Set<string>;
}

/** Hosts that are known to work together: they share a group already, or one lists the other's address as a peer. */
export class Partners {
  readonly #nodes: readonly Node[];
  readonly #groups: readonly Group[];
  readonly #known = new Map<Host, Map<Host, boolean>>();
  /** Made when it is asked for: the first group of two hosts tells of most. */
  #talk: ReadonlyMap<Host, Talk> | undefined;

  constructor(nodes: readonly Node[], groups: readonly Group[]) {
    this.#nodes = nodes;
    this.#groups = groups.filter((group) => group.nodes.length > 1);
  }

  has(first: Node, second: Node): boolean {
    const [one, other] = [first.member.host, second.member.host];
    const ofOne = this.#known.get(one) ?? new Map<Host, boolean>();
    this.#known.set(one, ofOne);
    const known = ofOne.get(other);
    if (known !== undefined) return known;
    const found = one !== other && (this.#shareGroup(one, other) || this.#areInTalk(one, other));
    ofOne.set(other, found);
    return found;
  }

  #shareGroup(one: Host, other: Host): boolean {
    return this.#groups.some(({ nodes }) =>
      [one, other].every((host) => nodes.some(({ member }) => member.host === host)),
    );
  }

  #areInTalk(one: Host, other: Host): boolean {
    this.#talk ??= talkOf(this.#nodes);
    const [ours, theirs] = [this.#talk.get(one), this.#talk.get(other)];
    return ours !== undefined && theirs !== undefined && (isHeard(ours, theirs) || isHeard(theirs, ours));
  }
}

function isHeard({ peers }: Talk, { sources }: Talk): boolean {
  for (const address of peers) if (sources.has(address)) return true;
  return false;
}

function talkOf(nodes: readonly Node[]): ReadonlyMap<Host, Talk> {
  const found = new Map<Host, Talk>();
  for (const { member } of nodes) {
    const { host, instance } = member;
    const talk = found.get(host) ?? { sources: new Set(), peers: new Set() };
    found.set(host, talk);
    if (instance.source) talk.sources.add(instance.source.value);
    for (const { address } of instance.peers) talk.peers.add(address);
  }
  return found;
}

/**
 * All pairs on different hosts that have a mark in common, each pair once, in no order that means anything. Of two nodes
 * that are not open, nothing is wanted to know; without `isOpen` all are.
 */
export function pairsSharing(
  nodes: readonly Node[],
  marksOf: (node: Node) => Iterable<string>,
  isOpen?: (node: Node) => boolean,
): readonly (readonly [Node, Node])[] {
  const wanted = isOpen && marksOfOpen(nodes, marksOf, isOpen);
  if (wanted?.size === 0) return [];
  const isWanted = (first: Node, second: Node) =>
    first.member.host !== second.member.host && (!isOpen || isOpen(first) || isOpen(second));
  return sharing(nodes, marksOf, isWanted, wanted && ((mark) => wanted.has(mark)));
}

function marksOfOpen(
  nodes: readonly Node[],
  marksOf: (node: Node) => Iterable<string>,
  isOpen: (node: Node) => boolean,
): ReadonlySet<string> {
  const wanted = new Set<string>();
  for (const node of nodes) if (isOpen(node)) for (const mark of marksOf(node)) wanted.add(mark);
  return wanted;
}
