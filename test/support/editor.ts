/** An editor without a screen: a client of the language server over a real connection, with texts in memory. */
import { PassThrough } from "node:stream";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { serve } from "../../server/server.ts";
import type { Environment } from "../../server/session.ts";
import { looksLikeConfiguration } from "../../src/language/recognise.ts";

/** Folder of the workspace that texts lie in. */
export const folder = "file:///cluster/";

/** Where the cursor is in a marked text. */
export const cursor = "‸";

export interface Editor {
  readonly connection: ProtocolConnection;
  readonly server: InitializeResult;
  /** What the server logged; a failing feature says so here. */
  readonly log: readonly string[];
  /** Methods that the server asked the client to be told of. */
  readonly registered: readonly string[];
  /** Opens a file of the workspace. */
  open(name: string): Promise<void>;
  /** Replaces the whole text of an open file. */
  change(name: string, text: string): Promise<void>;
  /** Another text of a file on disk, or none; the client tells of it. */
  write(name: string, text: string | undefined): Promise<void>;
  /** A request about the place of the cursor mark in a file. */
  at<Result>(method: string, name: string, more?: object): Promise<Result>;
  /** The problems of a file once they satisfy a condition. */
  problems(name: string, when?: (problems: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  uri(name: string): string;
}

export interface EditorOptions {
  readonly capabilities?: ClientCapabilities;
  /** What the client answers when it is asked for the section `keepalived`. */
  readonly settings?: object;
}

/** Starts a server for texts by name, hands over the editor, and ends both. A `‸` in a text is where requests ask. */
export async function withEditor(
  marked: Readonly<Record<string, string>>,
  body: (editor: Editor) => Promise<void>,
  { capabilities = {}, settings }: EditorOptions = {},
): Promise<void> {
  const texts = new Map(
    Object.entries(marked).map(([name, text]) => [`${folder}${name}`, text.replace(cursor, "")]),
  );
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const serverSide = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  serve(serverSide, environmentOf(texts));
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  try {
    await body(await start(connection, marked, texts, capabilities, settings));
    await connection.sendRequest("shutdown");
  } finally {
    connection.dispose();
    serverSide.dispose();
  }
}

/** Files in memory; includes find plain names only. */
function environmentOf(texts: ReadonlyMap<string, string>): Environment {
  return {
    disk: {
      read: (file) => texts.get(file),
      matches: (pattern, from) => ({
        files: texts.has(`${from}${pattern}`) ? [`${from}${pattern}`] : [],
        directories: [],
      }),
      find: async () => [...texts].filter(([, text]) => looksLikeConfiguration(text)).map(([file]) => file),
    },
    later: (_, action) => {
      const soon = setImmediate(action);
      return () => clearImmediate(soon);
    },
    now: () => performance.now(),
    version: "0.0.0",
    rulesPage: "file:///docs/rules.md",
  };
}

async function start(
  connection: ProtocolConnection,
  marked: Readonly<Record<string, string>>,
  texts: Map<string, string>,
  capabilities: ClientCapabilities,
  settings: object | undefined,
): Promise<Editor> {
  const uri = (name: string) => `${folder}${name}`;
  const told = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<() => void>();
  const versions = new Map<string, number>();
  const log: string[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (params) => {
    told.set(params.uri, params.diagnostics);
    for (const look of waiting) look();
  });
  connection.onNotification("window/logMessage", ({ message }) => void log.push(message));
  connection.onRequest("workspace/configuration", () => [settings ?? null]);
  connection.onRequest("window/workDoneProgress/create", () => null);
  const registered: string[] = [];
  connection.onRequest("client/registerCapability", ({ registrations }) => {
    for (const { method } of registrations as { method: string }[]) registered.push(method);
    return null;
  });
  connection.onRequest("workspace/diagnostic/refresh", () => null);
  connection.listen();
  const server = await connection.sendRequest<InitializeResult>("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: folder.slice(0, -1), name: "cluster" }],
    capabilities: {
      ...capabilities,
      workspace: { workspaceFolders: true, configuration: settings !== undefined, ...capabilities.workspace },
    },
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    server,
    log,
    registered,
    uri,
    open: (name) =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: {
          uri: uri(name),
          languageId: "keepalived",
          version: 1,
          text: texts.get(uri(name)) ?? "",
        },
      }),
    change: (name, text) => {
      const version = (versions.get(name) ?? 1) + 1;
      versions.set(name, version);
      return connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: uri(name), version },
        contentChanges: [{ text }],
      });
    },
    write: (name, text) => {
      const type = text === undefined ? 3 : texts.has(uri(name)) ? 2 : 1;
      if (text === undefined) texts.delete(uri(name));
      else texts.set(uri(name), text);
      return connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: uri(name), type }],
      });
    },
    at: (method, name, more) => {
      const before = (marked[name] ?? "").split(cursor)[0] ?? "";
      const lines = before.split("\n");
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      return connection.sendRequest(method, { textDocument: { uri: uri(name) }, position, ...more });
    },
    problems: (name, when = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const known = told.get(uri(name));
          if (known === undefined || !when(known)) return;
          waiting.delete(look);
          resolve(known);
        };
        waiting.add(look);
        look();
      }),
  };
}
