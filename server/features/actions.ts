/** Code actions: quick fixes in this file and its peers, silencing, and everything at once. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { type Action, fixAll, fixesAt, hasSafeFixes, silencingAt } from "../../src/language/actions.ts";
import type { FileView } from "../../src/language/file-view.ts";
import { folderOf } from "../../src/language/paths.ts";
import { peerFileOf } from "../../src/language/peer-file.ts";
import { spanOf } from "../convert.ts";
import type { Session } from "../session.ts";
import type { Feature } from "./index.ts";

/** Mends what is safe in this file, for "fix on save"; the cluster's other files stay as they are. */
const fixAllHere = CodeActionKind.SourceFixAll;
/** The same over all files of the cluster. */
const fixAllHosts = `${CodeActionKind.Source}.fixAllHosts`;
/** A file for the second host. */
const makePeer = `${CodeActionKind.Source}.generatePeer`;

export const actions: Feature = (session) => {
  session.connection.onCodeAction((params, token) =>
    session.guard.run("code actions", [], () => actionsFor(session, params), token),
  );
  session.connection.onCodeActionResolve((action, token) =>
    session.guard.run("code action", action, () => resolved(session, action), token),
  );
  const kinds = [
    CodeActionKind.QuickFix,
    fixAllHere,
    fixAllHosts,
    ...(createsFiles(session) ? [makePeer] : []),
  ];
  return { codeActionProvider: { codeActionKinds: kinds, resolveProvider: true } };
};

/** Whether the client asks for an action's edit when the action is chosen, so that it need not be made before. */
function asksLater({ client }: Session): boolean {
  const { resolveSupport } = client.capabilities.textDocument?.codeAction ?? {};
  return resolveSupport?.properties.includes("edit") === true;
}

/** A new file with the peer's text, where the client can make files. */
function createsFiles(session: Session): boolean {
  const { resourceOperations } = session.client.capabilities.workspace?.workspaceEdit ?? {};
  return asksLater(session) && resourceOperations?.includes("create") === true;
}

/** The edit of an action that was offered without one. */
function resolved(session: Session, action: CodeAction): CodeAction {
  const data: unknown = action.data;
  if (action.edit || typeof data !== "string") return action;
  const file = session.uris.fileOf(data);
  const view = session.workspace.view(file);
  if (!view) return action;
  if (action.kind === makePeer) return { ...action, edit: peerEdit(session, view) };
  if (action.kind !== fixAllHere && action.kind !== fixAllHosts) return action;
  const edits = fixAll(session.workspace, file, action.kind === fixAllHere) ?? [];
  return { ...action, edit: session.convert.workspaceEdit(edits) };
}

/** The peer's file is made when the user asks for it, and refused in words. */
function peerEdit({ uris }: Session, view: FileView): WorkspaceEdit {
  const made = peerFileOf(view, { follows: true });
  if ("reason" in made) throw new ResponseError(LSPErrorCodes.RequestFailed, made.reason);
  const uri = uris.uriOf(folderOf(view.file) + made.suggestedName);
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: "create", uri, options: { ignoreIfExists: false } },
      {
        textDocument: { uri, version: null },
        edits: [{ range: { start, end: start }, newText: made.text }],
      },
    ],
  };
}

function actionsFor(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const file = session.uris.fileOf(textDocument.uri);
  const view = session.workspace.view(file);
  if (!view) return [];
  // At every movement of the cursor editors ask what there is for the line; nobody waits for more.
  const isByItself = context.triggerKind === CodeActionTriggerKind.Automatic && !context.only;
  const wants = (kind: string) =>
    context.only ? context.only.some((only) => kind === only || kind.startsWith(`${only}.`)) : !isByItself;
  const wantsQuick = isByItself || wants(CodeActionKind.QuickFix);
  const span = spanOf(view.lines, range);
  const quick = wantsQuick ? [...fixesAt(view, span), ...silencingAt(view, span)] : [];
  const all = (kind: string, title: string, alone: boolean): CodeAction[] => {
    if (!wants(kind) || !hasSafeFixes(session.workspace, file, alone)) return [];
    if (asksLater(session)) return [{ title, kind, data: textDocument.uri }];
    const edits = fixAll(session.workspace, file, alone);
    return edits ? [{ title, kind, edit: session.convert.workspaceEdit(edits) }] : [];
  };
  const alone = view.fleet.hosts.length === 1 && view.hosts[0]?.file === file;
  const offersPeer = wants(makePeer) && alone && createsFiles(session);
  const peer = { title: "Generate the peer's file", kind: makePeer, data: textDocument.uri };
  return [
    ...quick.map((action) => quickFix(session, action)),
    ...all(fixAllHere, "Apply all safe fixes in this file", true),
    ...all(fixAllHosts, "Apply all safe fixes in the files of all hosts", false),
    ...(offersPeer ? [peer] : []),
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
