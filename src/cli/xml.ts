/** Writes XML 1.0: elements that hold either others or text. */
import { visible } from "./visible.ts";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Element[] | string;
}

/** An element. */
export function element(
  name: string,
  attributes: Element["attributes"],
  children: Element["children"] = [],
): Element {
  return { name, attributes, children };
}

/** A document with this root. What XML cannot hold is shown as a sign. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, "")}\n`;
}

function written({ name, attributes, children }: Element, indent: string): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${inAttribute(`${value}`)}"`);
  const open = `${indent}<${name}${pairs.join("")}`;
  if (children.length === 0) return `${open}/>`;
  if (typeof children === "string") return `${open}>${inText(children)}</${name}>`;
  const inner = children.map((child) => written(child, `${indent}  `));
  return `${open}>\n${inner.join("\n")}\n${indent}</${name}>`;
}

/** A reader takes a carriage return of its own accord for a line feed (section 2.11), and all blanks of an attribute for spaces (3.3.3). */
function inText(text: string): string {
  const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" };
  return visible(text).replaceAll(/[&<>"\r]/g, (mark) => marks[mark as keyof typeof marks]);
}

function inAttribute(text: string): string {
  return inText(text).replaceAll(/[\t\n]/g, (blank) => `&#${blank.charCodeAt(0)};`);
}
