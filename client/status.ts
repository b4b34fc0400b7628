/** The item in the status bar: how many hosts were judged together, and what was found in them. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type StatusParams, statusNotification } from "../src/language/requests.ts";
import { statusText } from "./status-text.ts";

/** Shows the state of the file in the active editor; nothing where that is no keepalived.conf. */
export function showStatus(client: BaseLanguageClient): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("keepalived.status", vscode.StatusBarAlignment.Left);
  item.name = "keepalived";
  item.command = "keepalived.showTakeover";
  const known = new Map<string, StatusParams>();
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const status = document && known.get(client.code2ProtocolConverter.asUri(document.uri));
    if (!status || document?.languageId !== "keepalived") {
      item.hide();
      return;
    }
    const { text, tooltip } = statusText(status);
    item.text = text;
    item.tooltip = tooltip;
    item.show();
  };
  const heard = client.onNotification(statusNotification, (status: StatusParams) => {
    known.set(status.uri, status);
    update();
  });
  const forget = vscode.workspace.onDidCloseTextDocument(({ uri }) =>
    known.delete(client.code2ProtocolConverter.asUri(uri)),
  );
  return vscode.Disposable.from(item, heard, forget, vscode.window.onDidChangeActiveTextEditor(update));
}
