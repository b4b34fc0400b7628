/** An editor without a screen: a client of the language server over a real connection, with texts in memory. */
import { PassThrough } from "node:stream";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type FileSystemWatcher,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { serve } from "../../server/server.ts";
import type { Environment } from "../../server/session.ts";

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
  /** Patterns of the files that the client is to watch, with the folder they count from where they have one. */
  readonly watched: () => readonly string[];
  /** What the server asked the client to ask for anew. */
  readonly refreshed: readonly string[];
  /** How the server told of longer work: `begin`, `end` …. */
  readonly progress: readonly string[];
  /** Asks the server something again and again until what it tells beside its answers satisfies a condition. */
  until(condition: () => boolean): Promise<void>;
  /** Changes the settings, and tells the server that they changed. */
  configure(settings: Settings): Promise<void>;
  /** Opens a file of the workspace. */
  open(name: string): Promise<void>;
  /** Replaces the whole text of an open file. */
  change(name: string, text: string): Promise<void>;
  /** Another text of a file on disk, or none; the client tells of it. */
  write(name: string, text: string | undefined): Promise<void>;
  /** A folder goes from the disk with all that is in it; the client tells of the folder only. */
  remove(name: string): Promise<void>;
  /** A folder comes to the disk, or a file of another kind, with files in it; the client tells of the folder only. */
  bring(name: string, files: Readonly<Record<string, string>>): Promise<void>;
  /** A folder gets another name in the editor. */
  move(from: string, to: string): Promise<void>;
  /** A request about the place of the cursor mark in a file. */
  at<Result>(method: string, name: string, more?: object): Promise<Result>;
  /** The problems of a file once they satisfy a condition. */
  problems(name: string, when?: (problems: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  uri(name: string): string;
}

/** What the client answers when it is asked for the section `keepalived`, perhaps for a folder. */
type Settings = object | ((scope: string | undefined) => object | null);

export interface EditorOptions {
  readonly capabilities?: ClientCapabilities;
  readonly settings?: Settings;
  readonly initializationOptions?: object;
  /** Folders of the workspace below the one of all texts; without them that one. */
  readonly folders?: readonly string[];
  /** The server's clock, in milliseconds; the machine's own without it. */
  readonly now?: () => number;
  /** Called when the server wants to show progress; it goes on when this is done. */
  readonly progressing?: () => Promise<void>;
  /** Called when the client is asked to watch a file, with its pattern; may change texts of which nobody tells. */
  readonly watching?: (pattern: string, texts: Map<string, string>) => void;
}

/** Starts a server for texts by name, hands over the editor, and ends both. A `‸` in a text is where requests ask. */
export async function withEditor(
  marked: Readonly<Record<string, string>>,
  body: (editor: Editor) => Promise<void>,
  options: EditorOptions = {},
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
  serve(serverSide, environmentOf(texts, options));
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  try {
    await body(await start(connection, marked, texts, options));
    await connection.sendRequest("shutdown");
  } finally {
    connection.dispose();
    serverSide.dispose();
  }
}

/** The name of a file at which the disk fails. */
export const unreadable = "unreadable.conf";

/** Files in memory; includes find plain names only. */
function environmentOf(
  texts: ReadonlyMap<string, string>,
  { now = () => performance.now() }: EditorOptions,
): Environment {
  return {
    disk: {
      read: (file) => {
        if (file.endsWith(unreadable)) throw new Error("The disk is on fire.");
        return texts.get(file);
      },
      matches: (pattern, from) => ({
        files: texts.has(`${from}${pattern}`) ? [`${from}${pattern}`] : [],
        directories: [],
      }),
      find: async (from, _, fits) =>
        [...texts]
          .filter(([file, text]) => file.startsWith(from) && file.endsWith(".conf") && fits(text))
          .map(([file]) => file),
    },
    later: (_, action) => {
      const soon = setImmediate(action);
      return () => clearImmediate(soon);
    },
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    now,
    version: "0.0.0",
    rulesPage: "file:///docs/rules.md",
  };
}

async function start(
  connection: ProtocolConnection,
  marked: Readonly<Record<string, string>>,
  texts: Map<string, string>,
  { capabilities = {}, settings: first, initializationOptions, folders = [], ...more }: EditorOptions,
): Promise<Editor> {
  let settings = first;
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
  connection.onRequest("workspace/configuration", ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) => (typeof settings === "function" ? settings(scopeUri) : (settings ?? null))),
  );
  connection.onRequest("window/workDoneProgress/create", async () => {
    await more.progressing?.();
    return null;
  });
  const progress: string[] = [];
  connection.onNotification("$/progress", ({ value }) => void progress.push(value.kind));
  const registered: string[] = [];
  const watched = new Map<string, readonly string[]>();
  connection.onRequest("client/registerCapability", ({ registrations }) => {
    for (const { id, method, registerOptions } of registrations as Registration[]) {
      registered.push(method);
      const patterns = (registerOptions?.watchers ?? []).map(patternOf);
      for (const pattern of patterns) more.watching?.(pattern, texts);
      watched.set(id, patterns);
    }
    return null;
  });
  connection.onRequest("client/unregisterCapability", ({ unregisterations }) => {
    for (const { id } of unregisterations as Registration[]) watched.delete(id);
    return null;
  });
  const refreshed: string[] = [];
  for (const what of ["diagnostic", "codeLens", "inlayHint", "semanticTokens"])
    connection.onRequest(`workspace/${what}/refresh`, () => {
      refreshed.push(what);
      return null;
    });
  connection.listen();
  const server = await connection.sendRequest<InitializeResult>("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: ["", ...folders]
      .filter((name) => name !== "" || folders.length === 0)
      .map((name) => ({ uri: `${folder}${name}`.replace(/\/$/, ""), name: name || "cluster" })),
    initializationOptions,
    capabilities: {
      ...capabilities,
      workspace: { workspaceFolders: true, configuration: settings !== undefined, ...capabilities.workspace },
    },
  });
  await connection.sendNotification("initialized", {});
  const below = (name: string) => [...texts.keys()].filter((each) => each.startsWith(`${uri(name)}/`));
  return {
    connection,
    server,
    log,
    registered,
    watched: () => [...watched.values()].flat(),
    refreshed,
    progress,
    until: async (condition) => {
      while (!condition()) await connection.sendRequest("workspace/symbol", { query: "nothing" });
    },
    configure: (later) => {
      settings = later;
      return connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    },
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
    remove: (name) => {
      for (const each of below(name)) texts.delete(each);
      const changes = [{ uri: uri(name), type: 3 }];
      return connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
    },
    bring: (name, files) => {
      for (const [each, text] of Object.entries(files)) texts.set(`${uri(name)}/${each}`, text);
      const changes = [{ uri: uri(name), type: 1 }];
      return connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
    },
    move: (from, to) => {
      for (const each of below(from)) {
        texts.set(each.replace(uri(from), uri(to)), texts.get(each) ?? "");
        texts.delete(each);
      }
      const files = [{ oldUri: uri(from), newUri: uri(to) }];
      return connection.sendNotification("workspace/didRenameFiles", { files });
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

interface Registration {
  readonly id: string;
  readonly method: string;
  readonly registerOptions?: { readonly watchers?: readonly FileSystemWatcher[] };
}

function patternOf({ globPattern }: FileSystemWatcher): string {
  if (typeof globPattern === "string") return globPattern;
  const { baseUri, pattern } = globPattern;
  return `${typeof baseUri === "string" ? baseUri : baseUri.uri}: ${pattern}`;
}
