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

export class Grouping {
  readonly #nodes: readonly Node[];
  readonly #groups = new Map<Node, Group>();

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
    for (const node of nodes) this.#groups.set(node, { nodes: [node], pairedBy: "alone" });
  }

  /** Joins what the candidates suggest. Equal scores are settled by the nodes' keys, not by their order. */
  join(step: PairedBy, candidates: readonly Candidate[], permission: Permission): void {
    for (const candidate of [...candidates].sort(byScore)) {
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

function byScore(one: Candidate, other: Candidate): number {
  return other.score - one.score || compareText(keyOf(one), keyOf(other));
}

function keyOf({ first, second }: Candidate): string {
  return [first.key, second.key].sort(compareText).join();
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
