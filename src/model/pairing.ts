/**
 * Which instances of different hosts are one virtual router: first those that share addresses, then those that share
 * VRID and network, then those that share a name. Each step only adds to what the one before it left open. The result
 * does not depend on the order of the hosts. The reasons are in docs/decisions/pairing.md.
 */
import { type Candidate, type Group, Grouping, type Permission } from "./grouping.ts";
import type { Host } from "./host.ts";
import {
  comparable,
  type Node,
  networkRelation,
  overlap,
  sameInterface,
  sameName,
  sameSecret,
  sameVrid,
  talk,
} from "./kinship.ts";

/** Divides nodes into groups. */
export function pairUp(nodes: readonly Node[]): readonly Group[] {
  const grouping = new Grouping(nodes);
  grouping.join("addresses", byAddresses(nodes), () => true);
  const partners = new Partners(nodes, grouping.all());
  grouping.join("vrid", byVrid(nodes, partners), newcomerOnly(partners));
  const morePartners = new Partners(nodes, grouping.all());
  grouping.join("name", byName(nodes, morePartners), newcomerOnly(morePartners));
  return grouping.all();
}

/** Step 1: one family and at least one address in common. The larger the share, the better; then VRID, then name. */
function byAddresses(nodes: readonly Node[]): readonly Candidate[] {
  const marksOf = (node: Node) => [...node.moved].map((address) => `${familyOf(node)} ${address}`);
  return pairsSharing(nodes, marksOf).map(([first, second]) => {
    const share = 4 * overlap(first.moved, second.moved);
    return { first, second, score: share + 2 * Number(sameVrid(first, second)) + resemblance(first, second) };
  });
}

/**
 * Step 2: one VRID on one network. That alone is how two clusters collide, so it takes another sign that they are
 * meant as twins: a common name, unicast between them, or that the addresses of one could not be read.
 */
function byVrid(nodes: readonly Node[], partners: Partners): readonly Candidate[] {
  const marksOf = (node: Node) => (vridOf(node) === undefined ? [] : [`${familyOf(node)} ${vridOf(node)}`]);
  return pairsSharing(nodes, marksOf).flatMap(([first, second]) => {
    const twins = (sameName(first, second) && sameSecret(first, second)) || talk(first, second);
    if (!twins && comparable(first, second)) return [];
    if (!onOneNetwork(first, second)) return [];
    return { first, second, score: resemblance(first, second) + 2 * Number(partners.has(first, second)) };
  });
}

function onOneNetwork(first: Node, second: Node): boolean {
  const relation = networkRelation(first, second);
  if (relation !== "unknown") return relation === "same";
  return sameInterface(first, second) || talk(first, second) || sameName(first, second);
}

/**
 * Step 3: one name. Names are copied from manuals, so it takes hosts that are partners elsewhere, or written addresses
 * in common (two families mixed up), or an instance that lost its VRID or its addresses to a mistake.
 */
function byName(nodes: readonly Node[], partners: Partners): readonly Candidate[] {
  const pairs = pairsSharing(nodes, (node) => [node.member.instance.name]);
  return pairs.flatMap(([first, second]) => {
    const together = partners.has(first, second);
    const lost = !comparable(first, second) || vridOf(first) === undefined || vridOf(second) === undefined;
    const near = familyOf(first) === familyOf(second) && networkRelation(first, second) !== "different";
    const meant = (lost || together) && near;
    if (!meant && overlap(first.written, second.written) === 0) return [];
    return { first, second, score: resemblance(first, second) + 2 * Number(together) };
  });
}

/** Small signs that settle which of several candidates is the best; together less than 2. */
function resemblance(first: Node, second: Node): number {
  const name = sameName(first, second) ? 0.8 : 0;
  const unicast = talk(first, second) ? 0.5 : 0;
  const network = networkRelation(first, second) === "same" ? 0.3 : 0;
  return name + unicast + network + (sameInterface(first, second) ? 0.2 : 0);
}

/**
 * After step 1 groups take in single instances but never merge: two groups that share no address are two clusters. A
 * readable newcomer without a common address must come from a host that belongs to the group's hosts.
 */
function newcomerOnly(partners: Partners): Permission {
  return (one, other, { first, second }) => {
    if (one.nodes.length === 1 && other.nodes.length === 1) return true;
    if (one.nodes.length > 1 && other.nodes.length > 1) return false;
    return !comparable(first, second) || partners.has(first, second) || talk(first, second);
  };
}

/** Hosts that are known to work together: they share a group already, or one lists the other's address as a peer. */
class Partners {
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

function familyOf(node: Node): number {
  return node.member.instance.family;
}

function vridOf(node: Node): number | undefined {
  return node.member.instance.vrid?.value;
}

/** All pairs on different hosts that have a mark in common, each pair once. */
function pairsSharing(
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
