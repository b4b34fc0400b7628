/** The command that writes the peer's file, as a new document that nobody has saved yet. */
import * as vscode from "vscode";
import { type PeerFile, type PeerFileParams, type Refusal, requests } from "../src/language/requests.ts";
import { type Ask, isRefusal } from "./ask.ts";

/** Asks for a name and, where the file does not tell it, for the address of the new host; opens what comes of it. */
export async function generatePeer(ask: Ask, document: vscode.TextDocument, uri: string): Promise<void> {
  const request = (more: Omit<PeerFileParams, "uri">) =>
    ask<PeerFileParams, PeerFile | Refusal>(requests.peerFile, { uri, ...more });
  let answer = await request({});
  if (isRefusal(answer) && answer.needs === "address") {
    const address = await vscode.window.showInputBox({
      title: "Generate the peer's file",
      prompt: answer.reason,
      placeHolder: "Address of the other host, such as 192.0.2.12",
    });
    if (!address) return;
    answer = await request({ address: address.trim() });
  }
  if (isRefusal(answer)) void vscode.window.showWarningMessage(answer.reason);
  else await open(document, answer);
}

/** Opens the text under the suggested name beside the first host's file; where that exists, without a name. */
async function open(document: vscode.TextDocument, { text, suggestedName }: PeerFile): Promise<void> {
  const beside = vscode.Uri.joinPath(document.uri, "..", suggestedName);
  const isFree = document.uri.scheme !== "untitled" && !(await exists(beside));
  const made = isFree
    ? await named(beside.with({ scheme: "untitled" }), text)
    : await vscode.workspace.openTextDocument({ language: "keepalived", content: text });
  await vscode.window.showTextDocument(made, vscode.ViewColumn.Beside);
}

async function named(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
  const made = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, made.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  return vscode.languages.setTextDocumentLanguage(made, "keepalived");
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
