/** XML as a reader sees it that takes nothing which is not well-formed. */
import { SaxesParser } from "saxes";

export interface Read {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Read[];
  /** The text in it, without that of its children. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Open[];
  text: string;
}

/** The root of a document. Throws where it is not well-formed. */
export function readXml(document: string): Read {
  const parser = new SaxesParser();
  const top: Open = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  const here = () => open.at(-1) as Open;
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const fresh: Open = { name, attributes, children: [], text: "" };
    here().children.push(fresh);
    open.push(fresh);
  });
  parser.on("text", (text) => {
    here().text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(document).close();
  return top.children[0] as Read;
}

/** All elements of a name, in order. */
export function everyElement(root: Read, name: string): readonly Read[] {
  const below = root.children.flatMap((child) => everyElement(child, name));
  return root.name === name ? [root, ...below] : below;
}
