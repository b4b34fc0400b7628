/** Code actions: quick fixes in this file and its peers, silencing, and everything at once. */
import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import { type Action, fixAll, fixesAt, silencingAt } from "../../src/language/actions.ts";
import { spanOf } from "../convert.ts";
import type { Session } from "../session.ts";
import type { Feature } from "./index.ts";

/** Mends what is safe in this file, for "fix on save"; the cluster's other files stay as they are. */
const fixAllHere = CodeActionKind.SourceFixAll;
/** The same over all files of the cluster. */
const fixAllHosts = `${CodeActionKind.Source}.fixAllHosts`;

export const actions: Feature = (session) => {
  session.connection.onCodeAction((params, token) =>
    session.guard.run("code actions", [], () => actionsFor(session, params), token),
  );
  const kinds = [CodeActionKind.QuickFix, fixAllHere, fixAllHosts];
  return { codeActionProvider: { codeActionKinds: kinds } };
};

function actionsFor(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const file = session.uris.fileOf(textDocument.uri);
  const view = session.workspace.view(file);
  if (!view) return [];
  const wants = (kind: string) =>
    !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const span = spanOf(view.lines, range);
  const quick = wants(CodeActionKind.QuickFix) ? [...fixesAt(view, span), ...silencingAt(view, span)] : [];
  const all = (kind: string, title: string, alone: boolean): CodeAction[] => {
    if (!wants(kind)) return [];
    const edits = fixAll(session.workspace, file, alone);
    return edits ? [{ title, kind, edit: session.convert.workspaceEdit(edits) }] : [];
  };
  return [
    ...quick.map((action) => quickFix(session, action)),
    ...all(fixAllHere, "Apply all safe fixes in this file", true),
    ...all(fixAllHosts, "Apply all safe fixes in the files of all hosts", false),
  ];
}

function quickFix({ convert }: Session, { title, diagnostic, preferred, edits }: Action): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    edit: convert.workspaceEdit(edits),
    ...(preferred && { isPreferred: true }),
    ...(diagnostic && { diagnostics: [convert.diagnostic(diagnostic)] }),
  };
}
