/** The command that writes the peer's file, as a new document that nobody has saved yet. */
import * as vscode from "vscode";
import { type PeerFile, type PeerFileParams, type Refusal, requests } from "../src/language/requests.ts";
import { type Ask, isRefusal } from "./ask.ts";

/** Asks for what the file does not tell about the new host, and opens what comes of it. */
export async function generatePeer(ask: Ask, document: vscode.TextDocument, uri: string): Promise<void> {
  let wish: Omit<PeerFileParams, "uri"> = {};
  for (;;) {
    const answer = await ask<PeerFileParams, PeerFile | Refusal>(requests.peerFile, { uri, ...wish });
    if (!isRefusal(answer)) return open(document, answer);
    if (answer.needs === undefined || answer.needs in wish) {
      void vscode.window.showWarningMessage(answer.reason);
      return;
    }
    const said = await vscode.window.showInputBox({
      title: "Generate the peer's file",
      prompt: answer.reason,
      placeHolder: placeHolders[answer.needs],
      ...(answer.needs === "priority" && { validateInput: priorityProblem }),
    });
    if (!said) return;
    wish =
      answer.needs === "address" ? { ...wish, address: said.trim() } : { ...wish, priority: Number(said) };
  }
}

const placeHolders = {
  address: "Address of the other host, such as 192.0.2.12",
  priority: "Priority of the other host, 1 to 254",
};

function priorityProblem(text: string): string | undefined {
  const number = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 254 ? undefined : "A number from 1 to 254";
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
