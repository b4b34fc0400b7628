/** Code lenses and inlay hints. */
import type { Command } from "vscode-languageserver";
import type { Place } from "../../src/diagnostic.ts";
import { inlaysIn } from "../../src/language/inlays.ts";
import { lensesIn } from "../../src/language/lenses.ts";
import { positionOf, spanOf } from "../convert.ts";
import type { Session } from "../session.ts";
import type { Feature } from "./index.ts";

export const lenses: Feature = (session) => {
  const { connection, workspace, convert, uris, guard } = session;
  connection.onCodeLens(({ textDocument }, token) =>
    guard.run(
      "code lenses",
      [],
      () => {
        const view = workspace.view(uris.fileOf(textDocument.uri));
        if (!view || !workspace.clientSettings.codeLens) return [];
        return lensesIn(view).map(({ at, title, partner }) => ({
          range: convert.range(at),
          command: commandOf(session, title, partner),
        }));
      },
      token,
    ),
  );
  return { codeLensProvider: {} };
};

export const inlays: Feature = ({ connection, workspace, uris, guard }) => {
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    guard.run(
      "inlay hints",
      [],
      () => {
        const view = workspace.view(uris.fileOf(textDocument.uri));
        if (!view || !workspace.clientSettings.inlayHints) return [];
        return inlaysIn(view, spanOf(view.lines, range)).map(({ offset, label, tooltip }) => ({
          position: positionOf(view.lines, offset),
          label,
          tooltip,
          paddingLeft: true,
        }));
      },
      token,
    ),
  );
  return { inlayHintProvider: true };
};

/** Our own client has commands behind a lens; to all others it is text. */
function commandOf({ client, convert }: Session, title: string, partner: Place | undefined): Command {
  const options: unknown = client.initializationOptions;
  const ours =
    options !== null && typeof options === "object" && "commands" in options && options.commands === true;
  if (!ours) return { title, command: "" };
  if (!partner) return { title, command: "keepalived.showTakeover" };
  const { uri, range } = convert.location(partner);
  return {
    title,
    command: "keepalived.openPlace",
    arguments: [uri, range.start.line, range.start.character],
  };
}
