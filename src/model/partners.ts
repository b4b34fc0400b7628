/** Which hosts work together, and which instances of different hosts have something in common. */
import type { Group } from "./grouping.ts";
import type { Host } from "./host.ts";
import type { Node } from "./kinship.ts";

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
 * that are not open, nothing is wanted to know.
 */
export function pairsSharing(
  nodes: readonly Node[],
  marksOf: (node: Node) => Iterable<string>,
  isOpen: (node: Node) => boolean,
): readonly (readonly [Node, Node])[] {
  const wanted = new Set<string>();
  for (const node of nodes) if (isOpen(node)) for (const mark of marksOf(node)) wanted.add(mark);
  if (wanted.size === 0) return [];
  const byMark = new Map<string, Node[]>();
  const found: (readonly [Node, Node])[] = [];
  for (const second of nodes) {
    const earlier = new Set<Node>();
    for (const mark of marksOf(second)) {
      if (!wanted.has(mark)) continue;
      const sharing = byMark.get(mark);
      if (!sharing) byMark.set(mark, [second]);
      else if (sharing[sharing.length - 1] !== second) {
        for (const first of sharing) if (isOpen(first) || isOpen(second)) earlier.add(first);
        sharing.push(second);
      }
    }
    for (const first of earlier) if (first.member.host !== second.member.host) found.push([first, second]);
  }
  return found;
}
