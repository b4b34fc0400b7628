/** Definition, references, highlights, rename, outline, workspace symbols and links. */
import {
  DocumentHighlightKind,
  type DocumentSymbol,
  LSPErrorCodes,
  type Position,
  ResponseError,
  SymbolKind,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import type { FileView } from "../../src/language/file-view.ts";
import { linksIn } from "../../src/language/links.ts";
import type { NamedKind } from "../../src/language/names.ts";
import {
  definitionsOf,
  highlightsOf,
  referencesOf,
  rename,
  renameTarget,
} from "../../src/language/navigate.ts";
import { findNames, type Outline, outlineOf } from "../../src/language/outline.ts";
import { offsetOf, rangeOf } from "../convert.ts";
import type { Session } from "../session.ts";
import type { Feature } from "./index.ts";

interface AtPosition {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

/** Does work with the view and the offset of a request; nothing for a file that is not known. */
function at<T>(
  { workspace, uris }: Session,
  { textDocument, position }: AtPosition,
  empty: T,
  work: (view: FileView, offset: number) => T,
): T {
  const view = workspace.view(uris.fileOf(textDocument.uri));
  return view ? work(view, offsetOf(view.lines, position)) : empty;
}

export const navigation: Feature = (session) => {
  const { connection, convert, guard } = session;
  connection.onDefinition((params, token) =>
    guard.run(
      "definition",
      [],
      () =>
        at(session, params, [], (view, offset) =>
          definitionsOf(view, offset).map((place) => convert.location(place)),
        ),
      token,
    ),
  );
  connection.onReferences((params, token) =>
    guard.run(
      "references",
      [],
      () =>
        at(session, params, [], (view, offset) =>
          referencesOf(view, offset, params.context.includeDeclaration).map((place) =>
            convert.location(place),
          ),
        ),
      token,
    ),
  );
  connection.onDocumentHighlight((params, token) =>
    guard.run(
      "highlights",
      [],
      () =>
        at(session, params, [], (view, offset) =>
          highlightsOf(view, offset).map((each) => ({
            range: convert.range(each.at),
            kind: each.defines ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
          })),
        ),
      token,
    ),
  );
  return { definitionProvider: true, referencesProvider: true, documentHighlightProvider: true };
};

/** A reason goes to the user as the request's error, which editors show. */
function orRefuse<T extends object>(answer: T | { readonly reason: string }): T {
  if ("reason" in answer) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.reason);
  return answer;
}

export const renaming: Feature = (session) => {
  const { connection, convert, client, guard } = session;
  connection.onPrepareRename((params, token) => {
    const work = () =>
      at(session, params, null, (view, offset) => {
        const target = orRefuse(renameTarget(view, offset));
        return { range: convert.range(target.at), placeholder: target.name };
      });
    return guard.run("rename", null, work, token);
  });
  connection.onRenameRequest((params, token) => {
    const work = () =>
      at(session, params, null, (view, offset) =>
        convert.workspaceEdit(orRefuse(rename(view, offset, params.newName))),
      );
    return guard.run("rename", null, work, token);
  });
  const prepares = client.capabilities.textDocument?.rename?.prepareSupport === true;
  return { renameProvider: prepares ? { prepareProvider: true } : true };
};

const outlineKinds: Readonly<Record<Outline["kind"], SymbolKind>> = {
  block: SymbolKind.Namespace,
  definition: SymbolKind.Class,
  data: SymbolKind.Field,
  variable: SymbolKind.Variable,
};

const nameKinds: Readonly<Partial<Record<NamedKind, SymbolKind>>> = {
  instance: SymbolKind.Class,
  "sync-group": SymbolKind.Namespace,
  script: SymbolKind.Function,
  variable: SymbolKind.Variable,
  address: SymbolKind.Field,
};

export const symbols: Feature = (session) => {
  const { connection, workspace, uris, convert, guard } = session;
  connection.onDocumentSymbol(({ textDocument }, token) =>
    guard.run(
      "outline",
      [],
      () => {
        const view = workspace.view(uris.fileOf(textDocument.uri));
        return view ? outlineOf(view).map((each) => symbolOf(each, view)) : [];
      },
      token,
    ),
  );
  connection.onWorkspaceSymbol(({ query }, token) =>
    guard.run(
      "workspace symbols",
      [],
      () => {
        const hosts = workspace.clusters().flatMap(({ fleet }) => fleet.hosts);
        return findNames(hosts, query).map(({ name, kind, at: place, host }) => ({
          name,
          kind: nameKinds[kind] ?? SymbolKind.Object,
          location: convert.location(place),
          containerName: host,
        }));
      },
      token,
    ),
  );
  return { documentSymbolProvider: true, workspaceSymbolProvider: true };
};

export const links: Feature = ({ connection, workspace, uris, convert, guard }) => {
  connection.onDocumentLinks(({ textDocument }, token) =>
    guard.run(
      "links",
      [],
      () => {
        const view = workspace.view(uris.fileOf(textDocument.uri));
        const links = view ? linksIn(view) : [];
        return links.map(({ span, file }) => ({
          range: convert.range({ file: view?.file ?? "", span }),
          target: uris.uriOf(file),
        }));
      },
      token,
    ),
  );
  return { documentLinkProvider: {} };
};

function symbolOf({ name, detail, kind, span, header, children }: Outline, view: FileView): DocumentSymbol {
  return {
    name,
    detail,
    kind: outlineKinds[kind],
    range: rangeOf(view.lines, span),
    selectionRange: rangeOf(view.lines, header),
    children: children.map((each) => symbolOf(each, view)),
  };
}
