/** Grows groups of nodes from candidate pairs, the best pair first, never two nodes of one host in a group. */
import type { Host, PairedBy } from "./host.ts";
import { keyOf, type Node } from "./kinship.ts";

/** Nodes that belong together, at most one per host, in the order in which they were given. */
export interface Group {
  readonly nodes: readonly Node[];
  readonly pairedBy: PairedBy;
}

/** The score of two nodes that are in no group and no other candidate of the step. */
export const unrivalled: number = Number.POSITIVE_INFINITY;

/** Two nodes that may belong together; a higher score goes first. */
export interface Candidate {
  readonly first: Node;
  readonly second: Node;
  readonly score: number;
}

/** Whether two groups may become one because of a candidate. */
export type Permission = (one: Group, other: Group, because: Candidate) => boolean;

/** Nodes in groups that only grow: at first every node is a group of its own. */
export class Grouping {
  readonly #nodes: readonly Node[];
  /** By the positions of the nodes. */
  readonly #groups: Group[];

  /** Each node's `position` is its place in the list. */
  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
    this.#groups = nodes.map((node) => ({ nodes: [node], pairedBy: "alone" }));
  }

  /** Whether nothing has joined a node yet. */
  isAlone(node: Node): boolean {
    return this.groupOf(node).nodes.length === 1;
  }

  /** Joins what the candidates suggest. Equal scores are settled by the nodes' keys, not by their order. */
  join(step: PairedBy, candidates: readonly Candidate[], permission: Permission): void {
    for (const candidate of this.#bestFirst(candidates)) {
      const one = this.groupOf(candidate.first);
      const other = this.groupOf(candidate.second);
      if (one === other || shareHost(one, other) || !permission(one, other, candidate)) continue;
      const nodes = merged(one.nodes, other.nodes);
      const joined = { nodes, pairedBy: step };
      for (const node of nodes) this.#groups[node.position] = joined;
    }
  }

  /** All groups, in the order of their first nodes. */
  all(): readonly Group[] {
    return this.#groups.filter(({ nodes }, position) => nodes[0]?.position === position);
  }

  #bestFirst(candidates: readonly Candidate[]): readonly Candidate[] {
    if (candidates.every(({ score }) => score === unrivalled)) return candidates;
    const nodes = new Set<Node>();
    for (const { first, second } of candidates) nodes.add(first).add(second);
    const ranks = ranksOf([...nodes]);
    const rankOf = (node: Node) => ranks.get(node) ?? 0;
    const ranked = candidates.map((candidate) => {
      const [first, second] = [rankOf(candidate.first), rankOf(candidate.second)];
      return { candidate, lower: Math.min(first, second), upper: Math.max(first, second) };
    });
    ranked.sort(
      (one, other) =>
        other.candidate.score - one.candidate.score || one.lower - other.lower || one.upper - other.upper,
    );
    return ranked.map(({ candidate }) => candidate);
  }

  /** The group that a node is in. */
  groupOf(node: Node): Group {
    const group = this.#groups[node.position];
    if (group?.nodes.includes(node) !== true) throw new Error("a node that was not given to the grouping");
    return group;
  }
}

/** The place of each node among the sorted keys: what settles equal scores. */
function ranksOf(nodes: readonly Node[]): ReadonlyMap<Node, number> {
  const keyed = nodes.map((node) => ({ node, key: keyOf(node) }));
  const sorted = keyed.sort((one, other) => compareText(one.key, other.key));
  return new Map(sorted.map(({ node }, rank) => [node, rank]));
}

/** Both lists as one, by their positions. Almost always one list lies before the other. */
function merged(one: readonly Node[], other: readonly Node[]): readonly Node[] {
  const isBefore = (first: readonly Node[], second: readonly Node[]) =>
    (first.at(-1)?.position ?? 0) < (second[0]?.position ?? 0);
  if (isBefore(one, other)) return [...one, ...other];
  if (isBefore(other, one)) return [...other, ...one];
  return [...one, ...other].sort((a, b) => a.position - b.position);
}

function shareHost(one: Group, other: Group): boolean {
  if (one.nodes.length === 1 && other.nodes.length === 1)
    return one.nodes[0]?.member.host === other.nodes[0]?.member.host;
  const hosts = new Set<Host>(one.nodes.map(({ member }) => member.host));
  return other.nodes.some(({ member }) => hosts.has(member.host));
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
