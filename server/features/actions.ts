/** Code actions: quick fixes in this file and its peers, silencing, and everything at once. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { type Action, fixAll, fixesAt, silencingAt } from "../../src/language/actions.ts";
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
    session.guard.run("peer file", action, () => resolved(session, action), token),
  );
  const kinds = [
    CodeActionKind.QuickFix,
    fixAllHere,
    fixAllHosts,
    ...(createsFiles(session) ? [makePeer] : []),
  ];
  return { codeActionProvider: { codeActionKinds: kinds, resolveProvider: true } };
};

/** A new file with the peer's text, where the client can make files and ask for an edit when it is chosen. */
function createsFiles({ client }: Session): boolean {
  const { textDocument, workspace } = client.capabilities;
  const resolves = textDocument?.codeAction?.resolveSupport?.properties.includes("edit") === true;
  return resolves && workspace?.workspaceEdit?.resourceOperations?.includes("create") === true;
}

/** The peer's file is made when the user asks for it, and refused in words. */
function resolved({ workspace, uris }: Session, action: CodeAction): CodeAction {
  const data: unknown = action.data;
  const view = typeof data === "string" ? workspace.view(uris.fileOf(data)) : undefined;
  if (!view || action.kind !== makePeer) return action;
  const made = peerFileOf(view, {});
  if ("reason" in made) throw new ResponseError(LSPErrorCodes.RequestFailed, made.reason);
  const uri = uris.uriOf(folderOf(view.file) + made.suggestedName);
  const start = { line: 0, character: 0 };
  return {
    ...action,
    edit: {
      documentChanges: [
        { kind: "create", uri, options: { ignoreIfExists: false } },
        {
          textDocument: { uri, version: null },
          edits: [{ range: { start, end: start }, newText: made.text }],
        },
      ],
    },
  };
}

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
