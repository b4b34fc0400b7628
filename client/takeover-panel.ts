/** The page that shows who takes over, beside the file, and keeps up with it. */
import * as vscode from "vscode";
import type { Refusal, TakeoverTables } from "../src/language/requests.ts";
import { isRefusal } from "./ask.ts";
import { takeoverPage } from "./takeover-page.ts";

type Tables = (uri: string) => Promise<TakeoverTables | Refusal>;

/** One page at most; it follows the file that it was opened for. */
export class TakeoverPage implements vscode.Disposable {
  readonly #tables: Tables;
  #panel: vscode.WebviewPanel | undefined;
  #uri = "";
  readonly #listening: vscode.Disposable;

  constructor(tables: Tables) {
    this.#tables = tables;
    this.#listening = vscode.Disposable.from(
      vscode.languages.onDidChangeDiagnostics(() => void this.#refresh()),
      vscode.commands.registerCommand("keepalived.openPlace", openPlace),
    );
  }

  /** Opens the page for a document, or brings it to the front. */
  async show(document: vscode.TextDocument, uri: string): Promise<void> {
    this.#uri = uri;
    const title = "Who takes over";
    this.#panel ??= this.#open(title);
    this.#panel.title = `${title}: ${document.uri.path.split("/").at(-1)}`;
    this.#panel.reveal(vscode.ViewColumn.Beside, true);
    await this.#refresh();
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#listening.dispose();
  }

  #open(title: string): vscode.WebviewPanel {
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("keepalived.takeover", title, where, {
      enableScripts: false,
      enableCommandUris: ["keepalived.openPlace"],
      localResourceRoots: [],
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }

  async #refresh(): Promise<void> {
    const panel = this.#panel;
    if (!panel) return;
    const answer = await this.#tables(this.#uri);
    const html = takeoverPage(isRefusal(answer) ? { routers: [], warnings: [answer.reason] } : answer);
    // The user may have closed the page while the server thought.
    if (this.#panel === panel && panel.webview.html !== html) panel.webview.html = html;
  }
}

/** Opens a file of the workspace at a line, counted from 0. */
async function openPlace(uri: unknown, line: unknown): Promise<void> {
  if (typeof uri !== "string" || typeof line !== "number") return;
  const at = new vscode.Position(line, 0);
  const options = { viewColumn: vscode.ViewColumn.One, selection: new vscode.Range(at, at) };
  await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), options);
}
