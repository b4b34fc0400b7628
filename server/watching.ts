/**
 * Files that change while nobody has them open: peers, includes and settings. Clients that watch are asked to; where none
 * does, the machine itself tells what happens in the folders of the files that count.
 */
import {
  DidChangeWatchedFilesNotification,
  type Disposable,
  type FileSystemWatcher,
  WatchKind,
} from "vscode-languageserver";
import { beyondFolders, type Pattern } from "../src/language/beyond.ts";
import { baseName, folderOf } from "../src/language/paths.ts";
import { looksLikeConfiguration } from "../src/language/recognise.ts";
import { settingsName } from "../src/language/settings.ts";
import type { Finder, Session } from "./session.ts";

export class Watching {
  readonly #session: Session;
  readonly #disk: Finder;
  readonly #changed: (file: string) => void;
  readonly #began: () => unknown;
  #followed = "";
  #places: readonly Pattern[] = [];
  #ends: Disposable | undefined;

  /**
   * `changed` hears of files that the machine itself tells of; `began` is called when others are watched than before, for
   * what happened between the reading of a file and its being watched.
   */
  constructor(session: Session, disk: Finder, changed: (file: string) => void, began: () => unknown) {
    this.#session = session;
    this.#disk = disk;
    this.#changed = changed;
    this.#began = began;
  }

  /**
   * Asks the client to tell of every configuration in its folders, and of all that comes and goes: of a folder that goes it
   * tells nothing else, and what came together with a new one it may miss.
   */
  async begin(): Promise<void> {
    if (!this.#clientWatches()) return;
    const usual = ["**/*.{conf,keepalived}", `**/${settingsName}`].map((globPattern) => ({ globPattern }));
    const watchers: FileSystemWatcher[] = [
      ...usual,
      { globPattern: "**", kind: WatchKind.Create | WatchKind.Delete },
    ];
    await this.#session.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  /** Whether something that came may count: by its name, or as a folder with configurations. */
  async mayCount(file: string): Promise<boolean> {
    if (mayCount(file, this.#places)) return true;
    if (neverLookedInto.test(file)) return false;
    return (await this.#disk.find(`${file}/`, true, looksLikeConfiguration)).length > 0;
  }

  /** Watches what the hosts of open files read beside that, until other files count. */
  async follow(folders: readonly string[]): Promise<void> {
    const { workspace } = this.#session;
    const open = workspace.openFiles();
    const hosts = open.flatMap((file) => workspace.clusterOf(file)?.fleet.hosts ?? []);
    const beyond = beyondFolders([...new Set(hosts)], this.#clientWatches() ? folders : []);
    const settings = open.flatMap((file) => workspace.settingsFor(file)?.file ?? []);
    const places = this.#clientWatches()
      ? [...beyond, ...unique(settings.filter((file) => !isBelow(file, folders)).map(theFile))]
      : [...beyond, ...unique([...settings.map(theFile), ...open.map(besideIt), ...folders.map(settingsIn)])];
    const key = JSON.stringify(places);
    if (key === this.#followed) return;
    this.#followed = key;
    this.#places = places;
    this.#ends?.dispose();
    this.#ends = undefined;
    if (places.length === 0) return;
    this.#ends = await this.#watch(places);
    await this.#began();
  }

  /** Nobody tells any more; a client that goes away needs not be told that. */
  end(): void {
    if (!this.#clientWatches()) this.#ends?.dispose();
  }

  #clientWatches(): boolean {
    return this.#session.client.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  }

  async #watch(places: readonly Pattern[]): Promise<Disposable | undefined> {
    if (!this.#clientWatches()) {
      const folders = [...new Set(places.map(({ folder }) => folder))];
      const end = this.#disk.watch?.(folders, (file) => {
        if (mayCount(file, places)) this.#changed(file);
      });
      return end && { dispose: end };
    }
    const { connection } = this.#session;
    const watchers = places.map((each) => this.#watcherOf(each));
    return connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  #watcherOf({ folder, pattern }: Pattern): FileSystemWatcher {
    const { client, uris } = this.#session;
    const baseUri = uris.uriOf(folder.slice(0, -1));
    if (client.capabilities.workspace?.didChangeWatchedFiles?.relativePatternSupport)
      return { globPattern: { baseUri, pattern } };
    return { globPattern: `${folder.replace(/^[a-z]+:\/\/[^/]*/, "")}${pattern}` };
  }
}

const neverLookedInto = /\/(?:node_modules|\.git)(?:\/|$)/;

const isBelow = (file: string, folders: readonly string[]) =>
  folders.some((folder) => file.startsWith(folder));

const theFile = (file: string): Pattern => ({ folder: folderOf(file), pattern: baseName(file) });

const settingsIn = (folder: string): Pattern => ({ folder, pattern: settingsName });

function unique(places: readonly Pattern[]): readonly Pattern[] {
  return [...new Map(places.map((each) => [`${each.folder} ${each.pattern}`, each])).values()];
}

/** What an open file may get as a neighbour. */
function besideIt(file: string): Pattern {
  return { folder: folderOf(file), pattern: "" };
}

/** Whether a file that the machine tells of can be a host, a part of one, or settings. */
function mayCount(file: string, places: readonly Pattern[]): boolean {
  if (/\.(conf|keepalived)$/.test(file) || file.endsWith(`/${settingsName}`)) return true;
  return places.some(({ folder, pattern }) =>
    /[*?[{]/.test(pattern) ? file.startsWith(folder) : file === folder + pattern,
  );
}
