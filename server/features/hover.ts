/** Hover: what a word means and does. */
import { hoverAt } from "../../src/language/hover/hover.ts";
import { offsetOf, rangeOf } from "../convert.ts";
import { markup } from "../markup.ts";
import type { Feature } from "./index.ts";

export const hover: Feature = ({ connection, workspace, uris, guard, client }) => {
  const formats = client.capabilities.textDocument?.hover?.contentFormat;
  connection.onHover(({ textDocument, position }, token) =>
    guard.run(
      "hover",
      null,
      () => {
        const view = workspace.view(uris.fileOf(textDocument.uri));
        const found = view && hoverAt(view, offsetOf(view.lines, position));
        return found
          ? { contents: markup(found.markdown, formats), range: rangeOf(view.lines, found.span) }
          : null;
      },
      token,
    ),
  );
  return { hoverProvider: true };
};
