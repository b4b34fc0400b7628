/** Code lenses and inlay hints. */
import type { Command } from "vscode-languageserver";
import type { Place } from "../../src/diagnostic.ts";
import { inlaysIn } from "../../src/language/inlays.ts";
import { lensesIn } from "../../src/language/lenses.ts";
import { positionOf, spanOf } from "../convert.ts";
import { hasCommands, type Session } from "../session.ts";
import type { Feature } from "./index.ts";

export const lenses: Feature = (session) => {
  const { connection, workspace, convert, uris, guard } = session;
  connection.onCodeLens(({ textDocument }, token) =>
    guard.run(
      "code lenses",
      [],
      () => {
        const view = workspace.view(uris.fileOf(textDocument.uri));
        if (!view || !workspace.clientSettingsFor(view.file).codeLens) return [];
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
        if (!view || !workspace.clientSettingsFor(view.file).inlayHints) return [];
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

function commandOf({ client, convert }: Session, title: string, partner: Place | undefined): Command {
  if (!hasCommands(client)) return { title, command: "" };
  if (!partner) return { title, command: "keepalived.showTakeover" };
  const { uri, range } = convert.location(partner);
  return {
    title,
    command: "keepalived.openPlace",
    arguments: [uri, range.start.line, range.start.character],
  };
}
