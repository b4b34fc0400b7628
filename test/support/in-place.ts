/** Lines in the block where a keyword of the schema stands. */
import { findKeyword } from "../../src/schema/index.ts";

/** The opening line of a block, as its own example writes it. */
function header(path: string): string {
  const entry = findKeyword(path);
  const line = entry?.example.split("\n").find((text) => text.trim().startsWith(entry.name));
  if (!line?.endsWith("{")) throw new Error(`The example of ${path} opens no block`);
  return line.trim();
}

/** A text with the blocks around it that a name path such as `vrrp_instance/priority` names. */
export function inPlace(path: string, text: string): string {
  const blocks = path.split("/").slice(0, -1);
  const headers = blocks.map((_, index) => header(blocks.slice(0, index + 1).join("/")));
  return [...headers, text, ...headers.map(() => "}"), ""].join("\n");
}
