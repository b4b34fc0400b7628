/** The extension in a browser: the server is a worker, and reads what the client hands to it. */
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { clientOptions, start } from "./start.ts";

/** VS Code for the Web calls this when the first keepalived.conf opens. Rejects when the server does not start. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "server", "worker.js").toString(true);
  // A function, so that a restart gets a worker of its own.
  const worker = async () => new Worker(script);
  const client = new LanguageClient("keepalived", "keepalived", worker, clientOptions());
  await start(context, client, false);
}
