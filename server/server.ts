/** The language server over any connection: documents in, answers out. What it answers is decided in src/language/. */
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { folderOf } from "../src/language/paths.ts";
import {
  type ClientSettings,
  defaultClientSettings,
  type FilesParams,
  filesNotification,
} from "../src/language/requests.ts";
import { settingsName } from "../src/language/settings.ts";
import { Workspace } from "../src/language/workspace.ts";
import { Converter, Uris } from "./convert.ts";
import { Diagnosing } from "./diagnosing.ts";
import { type Feature, features } from "./features/index.ts";
import { Guard } from "./guard.ts";
import type { Environment, Session } from "./session.ts";
import { SharedFiles } from "./shared.ts";

/** Serves until the connection closes. */
export function serve(connection: Connection, environment: Environment): void {
  new Server(connection, environment).listen();
}

class Server {
  readonly #connection: Connection;
  readonly #environment: Environment;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #disk: SharedFiles;
  readonly #workspace: Workspace;
  readonly #uris = new Uris();
  readonly #guard: Guard;
  #client: InitializeParams | undefined;
  #diagnosing: Diagnosing | undefined;
  #folders: string[] = [];
  readonly #found = new Map<string, readonly string[]>();

  constructor(connection: Connection, environment: Environment) {
    this.#connection = connection;
    this.#environment = environment;
    this.#disk = new SharedFiles(environment.disk);
    this.#workspace = new Workspace(this.#disk);
    this.#guard = new Guard((text) => connection.console.error(text));
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#guard.run("start", undefined, () => this.#start()));
    connection.onDidChangeConfiguration(({ settings }) =>
      this.#guard.run("settings", undefined, () => this.#configure(settings?.keepalived)),
    );
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.#guard.run("watched files", undefined, () => {
        const files = changes.map(({ uri }) => this.#uris.fileOf(uri));
        return this.#onDisk(
          files,
          changes.some(({ type }) => type !== FileChangeType.Changed),
        );
      }),
    );
    connection.onNotification(filesNotification, ({ files }: FilesParams) =>
      this.#guard.run("handed files", undefined, () => {
        const named = files.map(({ uri, text }) => ({ file: this.#uris.fileOf(uri), text }));
        for (const { file, text } of named) this.#disk.take(file, text);
        return this.#onDisk(
          named.map(({ file }) => file),
          true,
        );
      }),
    );
    this.#documents.onDidOpen(({ document }) => this.#opened(document));
    this.#documents.onDidChangeContent(({ document }) => this.#changed(document));
    this.#documents.onDidClose(({ document }) => this.#closed(document));
    this.#documents.listen(connection);
    connection.listen();
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = params;
    const folders =
      params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#folders = folders.map((uri) => this.#folder(uri));
    this.#workspace.setFolders(this.#folders);
    const session: Session = {
      connection: this.#connection,
      workspace: this.#workspace,
      convert: new Converter(this.#workspace, this.#uris, this.#environment.rulesPage),
      uris: this.#uris,
      guard: this.#guard,
      client: params,
    };
    this.#diagnosing = new Diagnosing(session, this.#environment);
    const offered = [this.#diagnosing.offer(), ...features.map((feature: Feature) => feature(session))];
    return {
      serverInfo: { name: "keepalived-language-server", version: this.#environment.version },
      capabilities: Object.assign(
        {
          textDocumentSync: {
            openClose: true,
            change: TextDocumentSyncKind.Incremental,
            save: false,
          },
          workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        },
        ...offered,
      ),
    };
  }

  async #start(): Promise<void> {
    const { workspace } = this.#client?.capabilities ?? {};
    if (workspace?.workspaceFolders)
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = removed.map(({ uri }) => this.#folder(uri));
        this.#folders = this.#folders.filter((folder) => !gone.includes(folder));
        this.#folders.push(...added.map(({ uri }) => this.#folder(uri)));
        this.#workspace.setFolders(this.#folders);
        void this.#guard.run("folders", undefined, () => this.#search());
      });
    await this.#configure(this.#client?.initializationOptions);
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) await this.#watch();
    await this.#search();
  }

  /** Asks the client to tell of files that are not open: peers, includes and settings. */
  async #watch(): Promise<void> {
    const watchers = ["**/*.{conf,keepalived}", `**/${settingsName}`].map((globPattern) => ({ globPattern }));
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  #folder(uri: string): string {
    const file = this.#uris.fileOf(uri);
    return file.endsWith("/") ? file : `${file}/`;
  }

  /** What the client has for us, asked for where it can be asked. */
  async #configure(sent: unknown): Promise<void> {
    const asks = this.#client?.capabilities.workspace?.configuration;
    const said = asks ? await this.#connection.workspace.getConfiguration("keepalived") : sent;
    const settings = said && typeof said === "object" ? (said as Partial<ClientSettings>) : {};
    this.#workspace.setClientSettings({ ...defaultClientSettings, ...settings });
    this.#diagnosing?.schedule();
  }

  /** Looks for configurations in the folders, and beside open files that lie in none. */
  async #search(): Promise<void> {
    this.#found.clear();
    const progress = await this.#connection.window.createWorkDoneProgress();
    progress.begin("keepalived", undefined, "Looking for configurations");
    try {
      for (const folder of this.#folders) this.#found.set(folder, await this.#disk.find(folder, true));
      for (const file of this.#workspace.openFiles()) await this.#searchBeside(file);
    } finally {
      progress.done();
    }
    this.#settle();
  }

  async #searchBeside(file: string): Promise<void> {
    const folder = folderOf(file);
    if (this.#folders.some((each) => file.startsWith(each)) || this.#found.has(folder)) return;
    this.#found.set(folder, []);
    this.#found.set(folder, await this.#disk.find(folder, false));
  }

  #settle(): void {
    this.#workspace.setFound([...new Set([...this.#found.values()].flat())]);
    this.#diagnosing?.schedule();
  }

  /** Takes notice of files that changed; those that came or went may change who belongs together. */
  async #onDisk(files: readonly string[], mayBeOthers: boolean): Promise<void> {
    for (const file of files) this.#workspace.changedOnDisk(file);
    if (mayBeOthers) await this.#search();
    else this.#settle();
  }

  #opened(document: TextDocument): void {
    const file = this.#uris.fileOf(document.uri);
    this.#workspace.setOpen(file, document.getText());
    this.#diagnosing?.schedule();
    void this.#guard.run("neighbours", undefined, async () => {
      await this.#searchBeside(file);
      this.#settle();
    });
  }

  #changed(document: TextDocument): void {
    this.#workspace.setOpen(this.#uris.fileOf(document.uri), document.getText());
    this.#diagnosing?.schedule();
  }

  #closed(document: TextDocument): void {
    this.#workspace.close(this.#uris.fileOf(document.uri));
    this.#diagnosing?.schedule();
  }
}
