/** The command that explains a finding, and the light bulb that leads to it. */
import * as vscode from "vscode";
import { type ExplainParams, type Explanation, type Refusal, requests } from "../src/language/requests.ts";
import { type Ask, activeDocument, isRefusal } from "./ask.ts";

const scheme = "keepalived-rule";

/** Registers the command, the pages it shows and the light bulb's entry. */
export function registerExplanations(ask: Ask): readonly vscode.Disposable[] {
  const explanation = async (rule: string) => {
    const answer = await ask<ExplainParams, Explanation | Refusal>(requests.explain, { rule });
    return isRefusal(answer) ? answer.reason : answer.markdown;
  };
  return [
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ path }) => explanation(path.replace(/^\/|\.md$/g, "")),
    }),
    vscode.commands.registerCommand("keepalived.explain", async (word: unknown) => {
      const rule = typeof word === "string" ? word : await chosenRule();
      if (rule) await showPage(rule);
    }),
    vscode.languages.registerCodeActionsProvider("keepalived", {
      provideCodeActions: (_document, _range, { diagnostics }) =>
        [...new Set(diagnostics.flatMap((each) => ruleOf(each) ?? []))].map(explainAction),
    }),
  ];
}

/** The rule behind a diagnostic of our server. */
function ruleOf({ code, source }: vscode.Diagnostic): string | undefined {
  if (source !== diagnosticSource) return undefined;
  const value = typeof code === "object" ? code.value : code;
  return typeof value === "string" ? value : undefined;
}

/** What the server calls itself in its diagnostics. */
const diagnosticSource = "vrrp-lint";

/** The rule of the finding at the cursor, or of one that the user picks from the file. */
async function chosenRule(): Promise<string | undefined> {
  const document = activeDocument();
  const cursor = vscode.window.activeTextEditor?.selection.active;
  const all = document ? vscode.languages.getDiagnostics(document.uri) : [];
  const here = all.filter(({ range }) => cursor && range.contains(cursor));
  const rules = new Map((here.length > 0 ? here : all).map((each) => [ruleOf(each), each.message]));
  const items = [...rules].flatMap(([label, detail]) => (label === undefined ? [] : [{ label, detail }]));
  if (items.length === 0) {
    void vscode.window.showInformationMessage("There is no finding in this file to explain.");
    return undefined;
  }
  if (items.length === 1) return items[0]?.label;
  return (await vscode.window.showQuickPick(items, { title: "Explain which finding?" }))?.label;
}

async function showPage(rule: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme, path: `/${rule}.md` });
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}

function explainAction(rule: string): vscode.CodeAction {
  const title = `Explain ${rule}`;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command: "keepalived.explain", title, arguments: [rule] };
  return action;
}
