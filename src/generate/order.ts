/** The order of a careful person: that of the manual, which the schema holds. */
import { findKeyword } from "../schema/index.ts";
import type { Node } from "./document.ts";

/** The nodes in the schema's order of a block's keywords, which is the manual's; raw lines last. */
export function inOrder(path: string, nodes: readonly Node[]): readonly Node[] {
  const names = (findKeyword(path)?.keywords ?? []).map(({ name }) => name);
  return sortedBy(nodes, (node) => names.indexOf(keywordOf(node)));
}

/** A tracked name counts only below its definition. */
const rootOrder = ["track_file", "vrrp_track_process", "vrrp_script"];

/** Definitions in the order of the manual. */
export function inRootOrder(nodes: readonly Node[]): readonly Node[] {
  return sortedBy(nodes, (node) => rootOrder.indexOf(keywordOf(node)));
}

function sortedBy(nodes: readonly Node[], rank: (node: Node) => number): readonly Node[] {
  const place = (node: Node) => (keywordOf(node) === "" ? Number.MAX_VALUE : rank(node));
  return [...nodes].sort((one, other) => place(one) - place(other));
}

function keywordOf(node: Node): string {
  if (node.is === "raw") return node.keyword ?? "";
  const text = node.is === "line" ? node.text : node.header;
  return text.split(" ")[0] ?? text;
}
