/** Grows groups of nodes from candidate pairs, the best pair first, never two nodes of one host in a group. */
import type { Host, PairedBy } from "./host.ts";
import type { Node } from "./kinship.ts";

/** Nodes that belong together, at most one per host, in the order in which they were given. */
export interface Group {
  readonly nodes: readonly Node[];
  readonly pairedBy: PairedBy;
}

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
  readonly #groups = new Map<Node, Group>();
  /** The place of each node among the sorted keys: what settles equal scores. */
  readonly #rank: ReadonlyMap<Node, number>;

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
    for (const node of nodes) this.#groups.set(node, { nodes: [node], pairedBy: "alone" });
    const sorted = [...nodes].sort((one, other) => compareText(one.key, other.key));
    this.#rank = new Map(sorted.map((node, rank) => [node, rank]));
  }

  /** Joins what the candidates suggest. Equal scores are settled by the nodes' keys, not by their order. */
  join(step: PairedBy, candidates: readonly Candidate[], permission: Permission): void {
    for (const candidate of this.#bestFirst(candidates)) {
      const one = this.#groupOf(candidate.first);
      const other = this.#groupOf(candidate.second);
      if (one === other || shareHost(one, other) || !permission(one, other, candidate)) continue;
      const members = new Set([...one.nodes, ...other.nodes]);
      const joined = { nodes: [...members], pairedBy: step };
      for (const node of members) this.#groups.set(node, joined);
    }
  }

  /** All groups, in the order of their first nodes. */
  all(): readonly Group[] {
    const position = new Map(this.#nodes.map((node, index) => [node, index]));
    const inOrder = (one: Node, other: Node) => (position.get(one) ?? 0) - (position.get(other) ?? 0);
    const groups = new Set(this.#nodes.map((node) => this.#groupOf(node)));
    return [...groups].map((group) => ({ ...group, nodes: [...group.nodes].sort(inOrder) }));
  }

  #bestFirst(candidates: readonly Candidate[]): readonly Candidate[] {
    const rankOf = (node: Node) => this.#rank.get(node) ?? 0;
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

  #groupOf(node: Node): Group {
    const group = this.#groups.get(node);
    if (!group) throw new Error("a node that was not given to the grouping");
    return group;
  }
}

function shareHost(one: Group, other: Group): boolean {
  const hosts = new Set<Host>(one.nodes.map(({ member }) => member.host));
  return other.nodes.some(({ member }) => hosts.has(member.host));
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
