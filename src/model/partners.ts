/** Which hosts work together, and which instances of different hosts have something in common. */
import type { Group } from "./grouping.ts";
import type { Host } from "./host.ts";
import type { Node } from "./kinship.ts";
import { sharing } from "./sharing.ts";

/** Hosts that are known to work together: they share a group already, or one lists the other's address as a peer. */
export class Partners {
  readonly #partners = new Map<Host, Set<Host>>();

  constructor(nodes: readonly Node[], groups: readonly Group[]) {
    for (const { nodes: members } of groups)
      for (const one of members)
        for (const other of members) if (one !== other) this.#add(one.member.host, other.member.host);
    const bySource = hostsBySource(nodes);
    for (const { member } of nodes)
      for (const { address } of member.instance.peers)
        for (const host of bySource.get(address) ?? [])
          if (host !== member.host) this.#add(member.host, host);
  }

  has(first: Node, second: Node): boolean {
    return this.#partners.get(first.member.host)?.has(second.member.host) ?? false;
  }

  #partnersOf(host: Host): Set<Host> {
    const known = this.#partners.get(host);
    if (known) return known;
    const made = new Set<Host>();
    this.#partners.set(host, made);
    return made;
  }

  #add(one: Host, other: Host): void {
    this.#partnersOf(one).add(other);
    this.#partnersOf(other).add(one);
  }
}

/** The hosts that send adverts from an address. */
function hostsBySource(nodes: readonly Node[]): ReadonlyMap<string, ReadonlySet<Host>> {
  const found = new Map<string, Set<Host>>();
  for (const { member } of nodes) {
    const source = member.instance.source?.value;
    if (source === undefined) continue;
    const hosts = found.get(source);
    if (hosts) hosts.add(member.host);
    else found.set(source, new Set([member.host]));
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
