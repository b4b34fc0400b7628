/** Which hosts work together, and which instances of different hosts have something in common. */
import type { Group } from "./grouping.ts";
import type { Host } from "./host.ts";
import type { Node } from "./kinship.ts";

/** Hosts that are known to work together: they share a group already, or one lists the other's address as a peer. */
export class Partners {
  readonly #partners = new Map<Host, Set<Host>>();

  constructor(nodes: readonly Node[], groups: readonly Group[]) {
    for (const { nodes: members } of groups)
      for (const one of members) for (const other of members) this.#add(one.member.host, other.member.host);
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

/** All pairs on different hosts that have a mark in common, each pair once. */
export function pairsSharing(
  nodes: readonly Node[],
  marksOf: (node: Node) => readonly string[],
): readonly [Node, Node][] {
  const byMark = new Map<string, Node[]>();
  for (const node of nodes)
    for (const mark of new Set(marksOf(node))) {
      const sharing = byMark.get(mark);
      if (sharing) sharing.push(node);
      else byMark.set(mark, [node]);
    }
  const found = new Map<Node, Set<Node>>();
  for (const sharing of byMark.values())
    for (const [index, first] of sharing.entries())
      for (const second of sharing.slice(index + 1)) {
        if (first.member.host === second.member.host) continue;
        found.set(first, (found.get(first) ?? new Set()).add(second));
      }
  return [...found].flatMap(([first, others]) => [...others].map((second): [Node, Node] => [first, second]));
}
