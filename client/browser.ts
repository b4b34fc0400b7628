/** The extension in a browser: the server is a worker, and reads what the client hands to it. */
import * as vscode from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import { clientOptions, start } from "./start.ts";

/** VS Code for the Web calls this when the first keepalived.conf opens. Rejects when the server does not start. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "server", "worker.js").toString(true);
  let worker: Worker | undefined;
  // Transports and not the worker itself: VS Code's workers are not of the class that the client looks for.
  const connect = async () => {
    worker?.terminate();
    worker = new Worker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  const client = new LanguageClient("keepalived", "keepalived", connect, clientOptions());
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  await start(context, client, false);
}
