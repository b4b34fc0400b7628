/** Formatting of a whole text, a part of it, and the line that was just typed. */
import type { FormattingOptions, TextEdit } from "vscode-languageserver";
import type { Span } from "../../src/diagnostic.ts";
import type { FileView } from "../../src/language/file-view.ts";
import { format } from "../../src/language/format.ts";
import { offsetOf, spanOf } from "../convert.ts";
import type { Session } from "../session.ts";
import type { Feature } from "./index.ts";

export const formatting: Feature = (session) => {
  const { connection, workspace, uris, guard } = session;
  const viewOf = (uri: string) => workspace.view(uris.fileOf(uri));
  connection.onDocumentFormatting(({ textDocument, options }, token) => {
    const work = () => edits(session, viewOf(textDocument.uri), options, () => undefined);
    return guard.run("formatting", [], work, token);
  });
  connection.onDocumentRangeFormatting(({ textDocument, range, options }, token) => {
    const work = () => edits(session, viewOf(textDocument.uri), options, ({ lines }) => spanOf(lines, range));
    return guard.run("formatting", [], work, token);
  });
  connection.onDocumentOnTypeFormatting(({ textDocument, position, options }, token) => {
    const lineAt = ({ lines }: FileView) => lines.lineSpan(lines.positionAt(offsetOf(lines, position)).line);
    const work = () => edits(session, viewOf(textDocument.uri), options, lineAt);
    return guard.run("formatting", [], work, token);
  });
  return {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: "}" },
  };
};

function edits(
  { workspace, convert }: Session,
  view: FileView | undefined,
  { insertSpaces, tabSize }: FormattingOptions,
  within: (view: FileView) => Span | undefined,
): TextEdit[] {
  if (!view) return [];
  const { enable, alignValues } = workspace.clientSettingsFor(view.file).format;
  if (!enable) return [];
  const options = { indent: insertSpaces ? " ".repeat(tabSize) : "\t", alignValues };
  return format(view.file, view.text.toString(), options, within(view)).map((edit) => convert.textEdit(edit));
}
