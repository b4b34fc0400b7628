/** The language server over any connection: documents in, answers out. What it answers is decided in src/language/. */
import {
  type Connection,
  FileChangeType,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { folderOf } from "../src/language/paths.ts";
import { looksLikeConfiguration } from "../src/language/recognise.ts";
import { type FilesParams, filesNotification } from "../src/language/requests.ts";
import { Workspace } from "../src/language/workspace.ts";
import { Configuring } from "./configuring.ts";
import { Converter, Uris } from "./convert.ts";
import { Diagnosing } from "./diagnosing.ts";
import { type Document, documents } from "./document.ts";
import { type Feature, features } from "./features/index.ts";
import { Guard } from "./guard.ts";
import { type Environment, pageOf, type Session } from "./session.ts";
import { SharedFiles } from "./shared.ts";
import { Watching } from "./watching.ts";

/** Serves until the connection closes. */
export function serve(connection: Connection, environment: Environment): void {
  new Server(connection, environment).listen();
}

class Server {
  readonly #connection: Connection;
  readonly #environment: Environment;
  readonly #documents = new TextDocuments(documents);
  readonly #disk: SharedFiles;
  readonly #workspace: Workspace;
  readonly #uris = new Uris();
  readonly #guard: Guard;
  #client: InitializeParams | undefined;
  #diagnosing: Diagnosing | undefined;
  #configuring: Configuring | undefined;
  #watching: Watching | undefined;
  #isSearchDue = false;
  #searching: Promise<void> | undefined;
  /** Something happened that the last search may not have seen. */
  #isStale = false;
  #folders: string[] = [];
  #found = new Map<string, readonly string[]>();

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
    connection.onInitialized(() => this.#guard.behind("start", () => this.#start()));
    connection.onDidChangeConfiguration(
      ({ settings }) => void this.#guard.behind("settings", () => this.#configure(settings?.keepalived)),
    );
    this.#listenToFiles();
    this.#documents.onDidOpen(({ document }) => this.#opened(document));
    this.#documents.onDidChangeContent(({ document }) => this.#changed(document));
    this.#documents.onDidClose(({ document }) => this.#closed(document));
    this.#documents.listen(connection);
    connection.onShutdown(() => {
      this.#watching?.end();
      this.#diagnosing?.end();
    });
    connection.listen();
  }

  /** What happens to files that nobody has open. */
  #listenToFiles(): void {
    const connection = this.#connection;
    connection.onDidChangeWatchedFiles(
      ({ changes }) => void this.#guard.behind("watched files", () => this.#watched(changes)),
    );
    connection.onNotification(
      filesNotification,
      ({ files }: FilesParams) =>
        void this.#guard.behind("handed files", () => {
          const named = files.map(({ uri, text }) => ({ file: this.#uris.fileOf(uri), text }));
          for (const { file, text } of named) this.#disk.take(file, text);
          return this.#onDisk(
            named.map(({ file }) => file),
            true,
          );
        }),
    );
    const moved = (files: readonly { readonly uri: string }[]) =>
      void this.#guard.behind("moved files", () =>
        this.#onDisk(
          files.map(({ uri }) => this.#uris.nameOf(uri)),
          true,
        ),
      );
    connection.workspace.onDidCreateFiles(({ files }) => moved(files));
    const gone = (files: readonly { readonly uri: string }[]) => {
      for (const { uri } of files) this.#disk.take(this.#uris.nameOf(uri), null);
      moved(files);
    };
    connection.workspace.onDidDeleteFiles(({ files }) => gone(files));
    connection.workspace.onDidRenameFiles(({ files }) => {
      gone(files.map(({ oldUri }) => ({ uri: oldUri })));
      moved(files.map(({ newUri }) => ({ uri: newUri })));
    });
  }

  async #watched(changes: readonly FileEvent[]): Promise<void> {
    const named = changes.map(({ uri, type }) => ({ file: this.#uris.fileOf(uri), type }));
    for (const { file, type } of named) if (type === FileChangeType.Deleted) this.#disk.take(file, null);
    // Everything that comes and goes is told, because of folders.
    const counts = await Promise.all(
      named.map(({ file, type }) => {
        if (type === FileChangeType.Deleted) return this.#workspace.knows(file);
        return type === FileChangeType.Changed || (this.#watching?.mayCount(file) ?? true);
      }),
    );
    const counting = named.filter((_, index) => counts[index]);
    const mayBeOthers = counting.some(({ type }) => type !== FileChangeType.Changed);
    await this.#onDisk(
      counting.map(({ file }) => file),
      mayBeOthers,
    );
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = params;
    this.#environment.later(0, () => this.#environment.greeted?.());
    const folders =
      params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#folders = folders.map((uri) => this.#folder(uri));
    this.#workspace.setFolders(this.#folders);
    const page = pageOf(params, this.#environment.rulesPage);
    const { tagSupport } = params.capabilities.textDocument?.publishDiagnostics ?? {};
    const session: Session = {
      connection: this.#connection,
      workspace: this.#workspace,
      convert: new Converter(this.#workspace, this.#uris, page, tagSupport?.valueSet ?? []),
      uris: this.#uris,
      guard: this.#guard,
      search: async (fits) => {
        const found = this.#folders.map((folder) => this.#disk.find(folder, true, fits));
        return [...new Set((await Promise.all(found)).flat())];
      },
      client: params,
    };
    this.#configuring = new Configuring(this.#connection, this.#workspace, params);
    this.#watching = new Watching(
      session,
      this.#disk,
      (file) => this.#happened(file),
      () => this.#catchUp(),
    );
    this.#diagnosing = new Diagnosing(session, this.#environment, () =>
      this.#watching?.follow(this.#folders),
    );
    const offered = [this.#diagnosing.offer(), ...features.map((feature: Feature) => feature(session))];
    const workspaceFolders = { supported: true, changeNotifications: true };
    return {
      serverInfo: { name: "keepalived-language-server", version: this.#environment.version },
      capabilities: Object.assign(
        {
          textDocumentSync: {
            openClose: true,
            change: TextDocumentSyncKind.Incremental,
            save: false,
          },
        },
        ...offered,
        { workspace: Object.assign({ workspaceFolders }, ...offered.map(({ workspace }) => workspace)) },
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
        void this.#guard.behind("folders", async () => {
          await this.#configure(undefined);
          await this.#search();
        });
      });
    // One after the other, but whatever a client refuses, the others are found.
    await this.#guard.behind("settings", () => this.#configure(undefined));
    await this.#guard.behind("watching", async () => this.#watching?.begin());
    await this.#search();
  }

  #folder(uri: string): string {
    const file = this.#uris.fileOf(uri);
    return file.endsWith("/") ? file : `${file}/`;
  }

  async #configure(sent: unknown): Promise<void> {
    const folders = this.#folders.map((folder) => [folder, this.#uris.uriOf(folder.slice(0, -1))] as const);
    await this.#configuring?.update(sent, new Map(folders));
    this.#diagnosing?.schedule();
  }

  /** Looks for configurations; what happens while it looks is looked for once more. Resolves when all was found. */
  #search(): Promise<void> {
    this.#isStale = true;
    this.#searching ??= this.#searchAll().finally(() => {
      this.#searching = undefined;
    });
    return this.#searching;
  }

  /** Looks in the folders, and beside open files that lie in none. Until then what was found before counts. */
  async #searchAll(): Promise<void> {
    // Without a place to show it the search is as good.
    const progress = await this.#connection.window.createWorkDoneProgress().catch(() => undefined);
    progress?.begin("keepalived", undefined, "Looking for configurations");
    try {
      while (this.#isStale) {
        this.#isStale = false;
        const found = new Map<string, readonly string[]>();
        for (const folder of this.#folders)
          found.set(folder, await this.#disk.find(folder, true, looksLikeConfiguration));
        this.#found = found;
        for (const file of this.#workspace.openFiles()) await this.#searchBeside(file);
      }
    } finally {
      progress?.done();
    }
    this.#settle();
  }

  async #searchBeside(file: string): Promise<void> {
    const folder = folderOf(file);
    const found = this.#found;
    if (this.#folders.some((each) => file.startsWith(each)) || found.has(folder)) return;
    found.set(folder, []);
    found.set(folder, await this.#disk.find(folder, false, looksLikeConfiguration));
  }

  #settle(): void {
    this.#workspace.setFound([...new Set([...this.#found.values()].flat())]);
    this.#diagnosing?.schedule();
  }

  /** Takes notice of files that changed; those that came or went may change who belongs together. */
  async #onDisk(files: readonly string[], mayBeOthers: boolean): Promise<void> {
    for (const file of files) this.#workspace.changedOnDisk(file);
    if (mayBeOthers) await this.#search();
    else if (files.length > 0) this.#settle();
  }

  /** Looks for what happened to files before they were watched, of which nobody told. */
  async #catchUp(): Promise<void> {
    const missed = this.#workspace.changedUnseen();
    if (missed.length > 0) await this.#onDisk(missed, true);
  }

  /** The machine itself tells of a file, often several times of one change; all of a moment count as one. */
  #happened(file: string): void {
    this.#workspace.changedOnDisk(file);
    if (this.#isSearchDue) return;
    this.#isSearchDue = true;
    this.#environment.later(20, () => {
      this.#isSearchDue = false;
      void this.#guard.behind("watched files", () => this.#search());
    });
  }

  #opened(document: Document): void {
    const file = this.#uris.fileOf(document.uri);
    this.#workspace.setOpen(file, document.text);
    this.#diagnosing?.schedule();
    void this.#guard.behind("neighbours", async () => {
      await this.#searchBeside(file);
      this.#settle();
    });
  }

  #changed(document: Document): void {
    this.#workspace.setOpen(this.#uris.fileOf(document.uri), document.text);
    this.#diagnosing?.schedule();
  }

  /** Beside a file outside of all folders nothing is of interest any more when it is closed. */
  #closed(document: Document): void {
    const file = this.#uris.fileOf(document.uri);
    this.#workspace.close(file);
    const folder = folderOf(file);
    const isBeside = this.#workspace.openFiles().some((other) => folderOf(other) === folder);
    if (!isBeside && !this.#folders.includes(folder) && this.#found.delete(folder)) this.#settle();
    this.#diagnosing?.schedule();
  }
}
