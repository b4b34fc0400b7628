/**
 * Which instances of different hosts are one virtual router: first those that share addresses, then those that share
 * VRID and network, then those that share a name. Each step only adds to what the one before it left open. The result
 * does not depend on the order of the hosts. The reasons are in docs/decisions/0010-pairing.md.
 */
import { type Candidate, type Group, Grouping, type Permission, unrivalled } from "./grouping.ts";
import {
  comparable,
  type Node,
  networkRelation,
  overlap,
  readable,
  sameInterface,
  sameName,
  sameSecret,
  sameVrid,
  sharesMore,
  talk,
} from "./kinship.ts";
import { Partners, pairsSharing } from "./partners.ts";

/** Divides nodes into groups. */
export function pairUp(nodes: readonly Node[]): readonly Group[] {
  const grouping = new Grouping(nodes);
  joinByAddresses(grouping, nodes);
  // Two groups never merge from here on, so what is readable and in one has found its place.
  const isOpen = (node: Node) => !readable(node) || grouping.isAlone(node);
  if (!nodes.some(isOpen)) return grouping.all();
  const partners = new Partners(nodes, grouping.all());
  const byNumber = clear(byVrid(nodes, partners, isOpen), grouping);
  grouping.join("vrid", byNumber, newcomerOnly(partners));
  if (!nodes.some(isOpen)) return grouping.all();
  const morePartners = new Partners(nodes, grouping.all());
  const byWord = clear(byName(nodes, morePartners, isOpen), grouping);
  grouping.join("name", byWord, newcomerOnly(morePartners));
  return grouping.all();
}

/** Step 1: one family and at least one address in common. The larger the share, the better; then VRID, then name. */
function joinByAddresses(grouping: Grouping, nodes: readonly Node[]): void {
  const sharing = pairsSharing(nodes, ({ moved }) => moved);
  const pairs = sharing.filter(
    ([first, second]) => familyOf(first) === familyOf(second) && sharesMore(first, second),
  );
  const choices = new Uint32Array(nodes.length);
  const choicesOf = ({ position }: Node) => choices[position] ?? 0;
  for (const pair of pairs) for (const node of pair) choices[node.position] = choicesOf(node) + 1;
  const [clearly, contested]: [Candidate[], Candidate[]] = [[], []];
  for (const [first, second] of pairs) {
    // Where neither has another choice, no score is needed.
    if (choicesOf(first) === 1 && choicesOf(second) === 1) clearly.push({ first, second, score: unrivalled });
    else {
      const share = 4 * overlap(first.moved, second.moved) + 2 * Number(sameVrid(first, second));
      contested.push({ first, second, score: share + resemblance(first, second) });
    }
  }
  grouping.join("addresses", clearly, () => true);
  grouping.join("addresses", contested, () => true);
}

/**
 * Step 2: one VRID on one network. That alone is how two clusters collide, so it takes another sign that they are
 * meant as twins: a common name, unicast between them, or that the addresses of one could not be read.
 */
function byVrid(
  nodes: readonly Node[],
  partners: Partners,
  isOpen: (node: Node) => boolean,
): readonly Candidate[] {
  const marksOf = (node: Node) => (vridOf(node) === undefined ? [] : [`${familyOf(node)} ${vridOf(node)}`]);
  return pairsSharing(nodes, marksOf, isOpen).flatMap(([first, second]) => {
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
function byName(
  nodes: readonly Node[],
  partners: Partners,
  isOpen: (node: Node) => boolean,
): readonly Candidate[] {
  const pairs = pairsSharing(nodes, (node) => [node.member.instance.name], isOpen);
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

/**
 * Candidates that leave no choice. An instance whose addresses are missing or not readable may look equally much like
 * one of several clusters; then it stays alone.
 */
function clear(candidates: readonly Candidate[], grouping: Grouping): readonly Candidate[] {
  const cluster = (node: Node) => {
    const group = grouping.groupOf(node);
    return group.nodes.some(readable) ? group : undefined;
  };
  const best = new Map<Node, { score: number; clusters: Set<Group> }>();
  const note = (node: Node, other: Node, score: number) => {
    const found = cluster(other);
    const known = best.get(node);
    if (readable(node) || !found || (known && known.score > score)) return;
    if (known?.score === score) known.clusters.add(found);
    else best.set(node, { score, clusters: new Set([found]) });
  };
  for (const { first, second, score } of candidates) {
    note(first, second, score);
    note(second, first, score);
  }
  const torn = (node: Node, score: number) => {
    const known = best.get(node);
    return known !== undefined && known.clusters.size > 1 && score <= known.score;
  };
  return candidates.filter(({ first, second, score }) => !torn(first, score) && !torn(second, score));
}

function familyOf(node: Node): number {
  return node.member.instance.family;
}

function vridOf(node: Node): number | undefined {
  return node.member.instance.vrid?.value;
}
