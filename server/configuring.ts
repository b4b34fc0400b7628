/** The client's settings: for all files, and for each folder of the workspace where it can tell them apart. */
import type { Connection, InitializeParams } from "vscode-languageserver";
import { readClientSettings } from "../src/language/client-settings.ts";
import type { ClientSettings } from "../src/language/requests.ts";
import type { Workspace } from "../src/language/workspace.ts";

const section = "keepalived";

export class Configuring {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #client: InitializeParams;
  readonly #told = new Set<string>();

  constructor(connection: Connection, workspace: Workspace, client: InitializeParams) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#client = client;
  }

  /**
   * Takes the settings over. A client that can be asked is asked, for everything and for each folder, which are our
   * names with the client's URIs; of others what they `sent` counts, or what they said at the start.
   */
  async update(sent: unknown, folders: ReadonlyMap<string, string>): Promise<void> {
    const atStart: unknown = this.#client.initializationOptions;
    if (!this.#client.capabilities.workspace?.configuration) {
      this.#workspace.setClientSettings(this.#read(sent ?? atStart));
      return;
    }
    const scopes = [...folders.values()].map((scopeUri) => ({ scopeUri, section }));
    const answer: unknown = await this.#connection.workspace.getConfiguration([{ section }, ...scopes]);
    const said = Array.isArray(answer) ? answer : [];
    const of = (index: number) => this.#read(said[index] ?? atStart);
    const byFolder = [...folders.keys()].map((folder, index) => [folder, of(index + 1)] as const);
    this.#workspace.setClientSettings(of(0), new Map(byFolder));
  }

  /** What can not be used is told once. */
  #read(said: unknown): ClientSettings {
    const { settings, problems } = readClientSettings(said);
    for (const problem of problems) {
      if (!this.#told.has(problem)) this.#connection.console.warn(problem);
      this.#told.add(problem);
    }
    return settings;
  }
}
