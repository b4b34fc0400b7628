/** A file before it is text: lines and blocks with their comments, which can be merged for several hosts. */

/** Why something is written as it is; `once` is printed where it comes up first in a file. */
export interface Remark {
  readonly text: string;
  readonly once: boolean;
}

export interface LineNode {
  readonly is: "line";
  readonly text: string;
  readonly remark?: Remark | undefined;
}

export interface BlockNode {
  readonly is: "block";
  readonly header: string;
  readonly inside: readonly Node[];
  readonly remark?: Remark | undefined;
}

/** Text that is not looked into: lines as somebody wrote them. */
export interface RawNode {
  readonly is: "raw";
  readonly text: string;
  /** The keyword whose place it takes in a block; absent means the end. */
  readonly keyword?: string | undefined;
}

export type Node = LineNode | BlockNode | RawNode;

/** A line; the remark is printed above it. */
export function line(text: string, remark?: Remark): LineNode {
  return { is: "line", text, remark };
}

/** A block; the remark is printed above it. */
export function block(header: string, inside: readonly Node[], remark?: Remark): BlockNode {
  return { is: "block", header, inside, remark };
}

/** Lines as they are; empty text prints nothing, but keeps the place when documents are merged. */
export function raw(text: string, keyword?: string): RawNode {
  return { is: "raw", text: text.trimEnd(), keyword };
}

/** A remark that is told once in a file. */
export function once(text: string): Remark {
  return { text, once: true };
}

/** A remark that is told wherever it stands. */
export function always(text: string): Remark {
  return { text, once: false };
}

/** Columns that a comment line may take. */
const width = 80;

export interface RenderOptions {
  /** Without them nothing but what keepalived needs is printed. */
  readonly comments: boolean;
}

/** The text of a file: the head as comment, then the blocks with an empty line between them. */
export function render(head: readonly string[], nodes: readonly Node[], { comments }: RenderOptions): string {
  const told = new Set<string>();
  const remarkLines = (remark: Remark | undefined, indent: string): string[] => {
    if (!comments || !remark || (remark.once && told.has(remark.text))) return [];
    told.add(remark.text);
    return commentLines(remark.text, indent);
  };
  const lines = (node: Node, indent: string): string[] => {
    if (node.is === "raw") return rawLines(node, indent);
    const above = remarkLines(node.remark, indent);
    if (node.is === "line") return [...above, indent + node.text];
    const inside = node.inside.flatMap((each) => lines(each, `${indent}    `));
    return [...above, `${indent}${node.header} {`, ...inside, `${indent}}`];
  };
  const top = comments ? head.flatMap((text) => commentLines(text, "")).join("\n") : "";
  const parts = [top, ...nodes.map((node) => lines(node, "").join("\n"))];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function rawLines({ text }: RawNode, indent: string): string[] {
  return text === ""
    ? []
    : text.split("\n").map((each) => (each.trim() === "" ? "" : indent + each.trimEnd()));
}

/** A comment in lines that fit the page. */
export function commentLines(text: string, indent: string): string[] {
  const lines: string[] = [];
  let current = `${indent}#`;
  for (const word of text.split(" ")) {
    if (current.length + 1 + word.length > width && current !== `${indent}#`) {
      lines.push(current);
      current = `${indent}#`;
    }
    current += ` ${word}`;
  }
  return [...lines, current];
}

/**
 * One document for several hosts that are built alike: what is equal stands once, what differs stands for each host
 * behind its `@id`. Throws when they are not built alike, which is a mistake of the program.
 */
export function merge(documents: ReadonlyMap<string, readonly Node[]>): readonly Node[] {
  const [first = [], ...others] = documents.values();
  if (others.some(({ length }) => length !== first.length)) throw new Error("the hosts' files are not alike");
  return first.flatMap((node, index): readonly Node[] => {
    const each = new Map([...documents].map(([id, nodes]) => [id, nodes[index] as Node]));
    if (node.is === "block") return [mergeBlocks(node, each)];
    const written = [...each.values()].find((other) => other.is === "line");
    return written?.is === "line" ? mergeLines(written, each) : [mergeRaw(node, each)];
  });
}

function mergeBlocks(first: BlockNode, each: ReadonlyMap<string, Node>): BlockNode {
  const insides = [...each].map(([id, node]) => {
    if (node.is !== "block" || node.header !== first.header)
      throw new Error("the hosts' blocks are not alike");
    return [id, node.inside] as const;
  });
  return { ...first, inside: merge(new Map(insides)) };
}

/** A line that some hosts do not have is an empty raw node there. */
function mergeLines(written: LineNode, each: ReadonlyMap<string, Node>): readonly LineNode[] {
  const texts = [...each].map(([id, node]) => {
    if (node.is === "block") throw new Error("the hosts' lines are not alike");
    return [id, node.text] as const;
  });
  if (texts.every(([, text]) => text === written.text)) return [written];
  const own = texts.filter(([, text]) => text !== "");
  return own.map(([id, text], index) => line(`@${id} ${text}`, index === 0 ? written.remark : undefined));
}

function mergeRaw(first: Node, each: ReadonlyMap<string, Node>): RawNode {
  const texts = [...each].map(([id, node]) => [id, node.is === "raw" ? node.text : ""] as const);
  if (first.is === "raw" && texts.every(([, text]) => text === first.text)) return first;
  const parts = texts.filter(([, text]) => text !== "");
  return raw(parts.map(([id, text]) => text.replaceAll(/^[ \t]*(?=[^\s#!])/gm, `$&@${id} `)).join("\n"));
}
