/** Files with a name that says nothing: VS Code takes every other `.conf` for properties, whatever stands in it. */
import * as vscode from "vscode";
import { looksLike } from "./first-lines.ts";

/** The language that VS Code gives to every `.conf` file it does not know. */
const undecided = "properties";

/** Gives keepalived's language to documents that begin like its configuration, now and whenever one opens. */
export function recognizeDocuments(context: vscode.ExtensionContext): vscode.Disposable {
  const firstLine: unknown = context.extension.packageJSON?.contributes?.languages?.[0]?.firstLine;
  const pattern = new RegExp(typeof firstLine === "string" ? firstLine : "(?!)");
  const recognize = (document: vscode.TextDocument) => {
    if (!vscode.workspace.getConfiguration("keepalived").get("recognize", true)) return;
    if (document.languageId !== undecided || !document.uri.path.endsWith(".conf")) return;
    const start = document.getText(new vscode.Range(0, 0, mostLines, 0));
    if (looksLike(start, pattern)) void vscode.languages.setTextDocumentLanguage(document, "keepalived");
  };
  vscode.workspace.textDocuments.forEach(recognize);
  return vscode.workspace.onDidOpenTextDocument(recognize);
}

/** Further down nobody begins with the first block. */
const mostLines = 500;
