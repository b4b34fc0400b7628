/** Which hosts work together, and which instances of different hosts have something in common. */
import type { Group } from "./grouping.ts";
import type { Host } from "./host.ts";
import { type Node, talk } from "./kinship.ts";

/** Hosts that are known to work together: they share a group already, or one lists the other's address as a peer. */
export class Partners {
  readonly #partners = new Map<Host, Set<Host>>();

  constructor(nodes: readonly Node[], groups: readonly Group[]) {
    for (const { nodes: members } of groups)
      for (const one of members) for (const other of members) this.#add(one.member.host, other.member.host);
    for (const [first, second] of pairsSharing(nodes, unicastMarks))
      if (talk(first, second)) this.#add(first.member.host, second.member.host);
  }

  has(first: Node, second: Node): boolean {
    return this.#partners.get(first.member.host)?.has(second.member.host) ?? false;
  }

  #add(one: Host, other: Host): void {
    this.#partners.set(one, (this.#partners.get(one) ?? new Set()).add(other));
    this.#partners.set(other, (this.#partners.get(other) ?? new Set()).add(one));
  }
}

/** Addresses at both ends of unicast. */
function unicastMarks({ member }: Node): readonly string[] {
  const { peers, source } = member.instance;
  const addresses = peers.map(({ address }) => address);
  return source ? [...addresses, source.value] : addresses;
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
