/** The commands. They ask the server and show the answer; files are opened, none is written. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type DocumentParams,
  type Peers,
  type Refusal,
  requests,
  type TakeoverTables,
} from "../src/language/requests.ts";
import { type Ask, activeDocument } from "./ask.ts";
import { registerExplanations } from "./explain.ts";
import { generatePeer } from "./generate.ts";
import { TakeoverPage } from "./takeover-panel.ts";

/** Registers all commands; they answer with a message where there is nothing to do. */
export function registerCommands(client: BaseLanguageClient): readonly vscode.Disposable[] {
  const ask: Ask = async (method, params) => {
    await client.start();
    return client.sendRequest(method, params);
  };
  const uriOf = (document: vscode.TextDocument) => client.code2ProtocolConverter.asUri(document.uri);
  const page = new TakeoverPage(async (uri) =>
    ask<DocumentParams, TakeoverTables | Refusal>(requests.takeovers, { uri }),
  );
  const command = (name: string, action: (...words: unknown[]) => unknown) =>
    vscode.commands.registerCommand(`keepalived.${name}`, action);
  return [
    page,
    ...registerExplanations(ask),
    command("generatePeer", () => onActive((document) => generatePeer(ask, document, uriOf(document)))),
    command("comparePeer", () =>
      onActive(async (document) => {
        const { hosts } = await ask<DocumentParams, Peers>(requests.peers, { uri: uriOf(document) });
        await compare(document, hosts);
      }),
    ),
    command("showTakeover", () => onActive((document) => page.show(document, uriOf(document)))),
    command("restart", async () => {
      await client.stop();
      await client.start();
      vscode.window.setStatusBarMessage("keepalived: the server was started anew", 5000);
    }),
  ];
}

/** Does something with the configuration in the active editor, or says that there is none. */
async function onActive(action: (document: vscode.TextDocument) => Promise<void>): Promise<void> {
  const document = activeDocument();
  if (document) await action(document);
  else
    void vscode.window.showInformationMessage(
      "Open a keepalived.conf first; this works on the file in front.",
    );
}

async function compare(document: vscode.TextDocument, hosts: Peers["hosts"]): Promise<void> {
  const all = hosts.map(({ name, uri }) => ({ label: name, uri: vscode.Uri.parse(uri, true) }));
  const peers = all.filter(({ uri }) => uri.toString() !== document.uri.toString());
  if (peers.length === 0) {
    void vscode.window.showInformationMessage(
      "No file here shares a virtual router with this one. “Generate Peer File” writes the file of a second host.",
    );
    return;
  }
  const peer =
    peers.length === 1
      ? peers[0]
      : await vscode.window.showQuickPick(
          peers.map((each) => ({ ...each, description: vscode.workspace.asRelativePath(each.uri) })),
          { title: "Compare with which host?" },
        );
  if (!peer) return;
  const own = all.find(({ uri }) => uri.toString() === document.uri.toString());
  const title = `${own?.label ?? vscode.workspace.asRelativePath(document.uri)} ↔ ${peer.label}`;
  await vscode.commands.executeCommand("vscode.diff", document.uri, peer.uri, title);
}
