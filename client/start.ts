/** What the extension does on the desktop and in the browser alike, once there is a way to start the server. */
import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { registerCommands } from "./commands.ts";
import { shareFiles } from "./files.ts";
import { recognizeDocuments } from "./recognize.ts";
import { showStatus } from "./status.ts";

/** The language's id, and the prefix of every setting and command. */
const language = "keepalived";

/** Settings of the connection that do not depend on where the server runs. */
export function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: [{ language }],
    // Lenses then lead somewhere; other clients do not know our commands.
    initializationOptions: { commands: true },
    synchronize: { configurationSection: language },
  };
}

/**
 * Registers everything and starts the server as soon as a configuration is open; other files wake the extension too, and
 * most of them are none of its business. What is registered ends with the extension.
 */
export async function start(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
  serverReadsDisk: boolean,
): Promise<void> {
  context.subscriptions.push(
    ...registerCommands(client),
    showStatus(client),
    shareFiles(client, serverReadsDisk),
    { dispose: () => void client.dispose() },
  );
  let started: Promise<void> | undefined;
  const startFor = async ({ languageId }: vscode.TextDocument) => {
    if (languageId !== language) return;
    started ??= client.start();
    await started;
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => void startFor(document)),
    recognizeDocuments(context),
  );
  await Promise.all(vscode.workspace.textDocuments.map(startFor));
}
