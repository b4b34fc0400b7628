/** Questions at a cursor mark, asked of the language room without a server. */
import type { FileView } from "../../src/language/file-view.ts";
import { viewOf, workspaceOf } from "./workspace.ts";

/** The file with the mark `‸` in its fleet, without the mark, and the mark's offset. */
export function marked(texts: Readonly<Record<string, string>>): {
  readonly view: FileView;
  readonly offset: number;
} {
  const [name, text] = Object.entries(texts).find(([, each]) => each.includes("‸")) ?? ["", ""];
  const clean = Object.entries(texts).map(([each, content]) => [each, content.replace("‸", "")]);
  return { view: viewOf(workspaceOf(Object.fromEntries(clean), [name]), name), offset: text.indexOf("‸") };
}
