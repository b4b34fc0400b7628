/** What a session of the server consists of. */
import type { Connection, InitializeParams } from "vscode-languageserver";
import type { Disk, Workspace } from "../src/language/workspace.ts";
import type { Converter, Uris } from "./convert.ts";
import type { Guard } from "./guard.ts";

/** What the server needs of the machine it runs on. */
export interface Finder extends Disk {
  read(file: string): string | undefined;
  /**
   * Files in a folder (with a slash at its end), or in all folders below it as well, whose names are those of configurations
   * and whose texts fit.
   */
  find(folder: string, deep: boolean, fits: (text: string) => boolean): Promise<readonly string[]>;
  /**
   * Tells of files in these folders, each with a slash at its end, that change, come or go, until the returned function is
   * called. Absent where there is no telling.
   */
  watch?(folders: readonly string[], changed: (file: string) => void): () => void;
}

export interface Environment {
  readonly disk: Finder;
  /** Runs something after some milliseconds, unless the returned function is called before. */
  later(milliseconds: number, action: () => void): () => void;
  /** Resolves when what came in meanwhile has had its turn. */
  turn(): Promise<void>;
  /** Milliseconds that pass evenly, from whenever. */
  now(): number;
  /** Called when the client was answered for the first time, while it has its turn. */
  greeted?(): void;
  readonly version: string;
  /** Address of the page that explains the rules, each under its own heading; without it nothing links there. */
  readonly rulesPage: string | undefined;
}

/** What a feature works with. */
export interface Session {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly convert: Converter;
  readonly uris: Uris;
  readonly guard: Guard;
  /** Files in the workspace's folders, named as configurations are, whose texts fit; also those that no host reads. */
  search(fits: (text: string) => boolean): Promise<readonly string[]>;
  /** What the client said of itself. */
  readonly client: InitializeParams;
}

/** Our own client has commands for what the server tells; to all others it is text. */
export function hasCommands({ initializationOptions }: InitializeParams): boolean {
  const options: unknown = initializationOptions;
  return (
    options !== null && typeof options === "object" && "commands" in options && options.commands === true
  );
}

/** Our own client shows rules itself; others open the page with all of them. */
export function pageOf(
  client: InitializeParams,
  rulesPage: string | undefined,
): (rule: string) => string | undefined {
  if (hasCommands(client))
    return (rule) => `command:keepalived.explain?${encodeURIComponent(JSON.stringify([rule]))}`;
  return (rule) => (rulesPage === undefined ? undefined : `${rulesPage}#${rule}`);
}
