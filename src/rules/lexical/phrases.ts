/** Turns of phrase that the messages of lexical rules share. */

import type { Statement } from "../../schema/statement.ts";
import { blockOf } from "./vocabulary.ts";

/** Where a statement stands: `in vrrp_instance`, `outside of all blocks`. */
export function whereIs(statement: Statement): string {
  const name = blockOf(statement)?.words[0]?.text;
  return name === undefined ? "outside of all blocks" : `in ${name}`;
}

/** A block by its name path: `authentication in vrrp_instance`, or what stands for the empty path. */
export function blockNamed(path: string): string {
  return path === "" ? "the top level, outside of all blocks" : path.split("/").reverse().join(" in ");
}

/** What keepalived does with a statement whose value is wrong. */
export function consequence(statement: Statement | undefined): string {
  const entry = statement?.data ? statement.parent?.entry : statement?.entry;
  return `keepalived ${entry?.onInvalid ?? (statement?.data ? "skips it" : "ignores the line")}`;
}

/** A text for a message: shortened where it would fill the line. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
