/** The extension on the desktop and on remote machines: the server is a process of Node, bundled with the extension. */
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { clientOptions, start } from "./start.ts";

/** VS Code calls this when the first keepalived.conf opens. Rejects when the server does not start. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = vscode.Uri.joinPath(
    context.extensionUri,
    "dist",
    "server",
    "keepalived-language-server.mjs",
  ).fsPath;
  const run = { module, transport: TransportKind.ipc };
  const client = new LanguageClient("keepalived", "keepalived", { run, debug: run }, clientOptions());
  await start(context, client, true);
}
