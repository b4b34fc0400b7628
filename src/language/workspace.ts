/**
 * What an editor has open and what lies beside it, as fleets. Open texts come before those on disk. Everything is
 * derived when it is asked for, and kept until a text behind it changes.
 */
import type { Diagnostic } from "../diagnostic.ts";
import { type LineMap, lineMap } from "../lines.ts";
import { formFleet } from "../model/fleet.ts";
import type { Fleet, Host } from "../model/host.ts";
import { isSameText, type Text } from "../text.ts";
import { type ClusterPlan, planClusters, rootOf } from "./cluster-plan.ts";
import { Pairing } from "./clusters.ts";
import type { FileView } from "./file-view.ts";
import { Judgement } from "./judgement.ts";
import { type Lookup, MainFiles } from "./main-files.ts";
import { folderOf, isWithin, shownIn } from "./paths.ts";
import { type ClientSettings, defaultClientSettings } from "./requests.ts";
import { settingsName } from "./settings.ts";
import { type FoundSettings, findSettings } from "./settings-file.ts";
import { otherReadings, straysOf } from "./strays.ts";

/** Files that are not open; answers undefined where nothing can be known. */
export interface Disk extends Pick<Lookup, "matches"> {
  /** The text of a file; undefined when it is not there or can not be read. */
  read(file: string): Text | undefined;
}

/** Hosts that are judged together. */
export interface Cluster {
  /** Their main files. */
  readonly files: readonly string[];
  readonly fleet: Fleet;
  /** Judged when it is asked for the first time. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Judged extends Cluster {
  readonly plan: ClusterPlan;
  readonly judgement: Judgement;
}

const nobody: Fleet = { hosts: [], routers: [], complete: false };

export class Workspace {
  readonly #disk: Disk;
  readonly #open = new Map<string, Text>();
  readonly #onDisk = new Map<string, Text | undefined>();
  readonly #mains: MainFiles;
  readonly #pairing = new Pairing();
  readonly #settings = new Map<string, FoundSettings | undefined>();
  readonly #judged = new Map<string, Judged>();
  readonly #lines = new Map<string, { readonly text: Text; readonly lines: LineMap }>();
  #folders: readonly string[] = [];
  #found: readonly string[] = [];
  #client: ClientSettings = defaultClientSettings;
  /** The client's settings for single folders of the workspace. */
  #clientByFolder: ReadonlyMap<string, ClientSettings> = new Map();
  #plans: readonly ClusterPlan[] | undefined;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.#mains = new MainFiles({
      textOf: (file) => this.textOf(file),
      matches: (pattern, folder) => this.#disk.matches(pattern, folder),
      shown: (file) => this.shown(file),
    });
  }

  /** Folders of the workspace, each with a slash at its end. */
  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    this.#forget();
  }

  /** Configurations that were found in the folders; open ones need not be among them. */
  setFound(files: readonly string[]): void {
    this.#found = files;
    this.#plans = undefined;
  }

  /** What the client says for a file: for the workspace folder around it, else for all. */
  clientSettingsFor(file: string): ClientSettings {
    return this.#clientByFolder.get(rootOf(this.#folders, file)) ?? this.#client;
  }

  /** The client's settings, and those of workspace folders that have their own. */
  setClientSettings(
    settings: ClientSettings,
    byFolder: ReadonlyMap<string, ClientSettings> = new Map(),
  ): void {
    this.#client = settings;
    this.#clientByFolder = byFolder;
    this.#forget();
  }

  /** A text was opened or changed in the editor. */
  setOpen(file: string, text: Text): void {
    if (isSameText(this.#open.get(file), text)) return;
    this.#open.set(file, text);
    if (file.endsWith(settingsName)) this.#forget();
    this.#plans = undefined;
  }

  /** A text was closed; what is on disk counts again. */
  close(file: string): void {
    this.#open.delete(file);
    this.changedOnDisk(file);
  }

  /** A file or folder on disk changed, came or went; it may be what an include or a host was missing. */
  changedOnDisk(file: string): void {
    for (const each of this.#onDisk.keys()) if (isWithin(each, file)) this.#onDisk.delete(each);
    this.#forget();
  }

  /** Whether a name is that of a file that was read, or of a folder with such files. */
  knows(file: string): boolean {
    return [...this.#onDisk.keys(), ...this.#found].some((each) => isWithin(each, file));
  }

  /** Files that are not open and are not on disk as they were read. */
  changedUnseen(): readonly string[] {
    const closed = [...this.#onDisk].filter(([file]) => !this.#open.has(file));
    return closed.flatMap(([file, text]) => (isSameText(this.#disk.read(file), text) ? [] : [file]));
  }

  isOpen(file: string): boolean {
    return this.#open.has(file);
  }

  /** The open texts. */
  openFiles(): readonly string[] {
    return [...this.#open.keys()];
  }

  textOf(file: string): Text | undefined {
    const open = this.#open.get(file);
    if (open !== undefined) return open;
    if (!this.#onDisk.has(file)) this.#onDisk.set(file, this.#disk.read(file));
    return this.#onDisk.get(file);
  }

  linesOf(file: string): LineMap {
    const text = this.textOf(file) ?? "";
    const known = this.#lines.get(file);
    if (known?.text === text) return known.lines;
    const lines = lineMap(text);
    this.#lines.set(file, { text, lines });
    return lines;
  }

  shown(file: string): string {
    return shownIn(this.#folders, file);
  }

  /** The same workspace with other texts, to see what an edit would bring about. */
  withTexts(texts: ReadonlyMap<string, Text>): Workspace {
    const other = new Workspace({
      read: (file) => this.textOf(file),
      matches: (pattern, folder) => this.#disk.matches(pattern, folder),
    });
    other.#folders = this.#folders;
    other.#found = this.#found;
    other.#client = this.#client;
    other.#clientByFolder = this.#clientByFolder;
    for (const [file, text] of [...this.#open, ...texts]) other.#open.set(file, text);
    return other;
  }

  /** The nearest settings file in the folder of a file and above. */
  settingsFor(file: string): FoundSettings | undefined {
    const folder = folderOf(file);
    if (!this.#settings.has(folder))
      this.#settings.set(
        folder,
        findSettings(folder, (each) => this.textOf(each)),
      );
    return this.#settings.get(folder);
  }

  /** All clusters of the workspace. */
  clusters(): readonly Cluster[] {
    return this.#divide().map((plan) => this.#judge(plan));
  }

  /**
   * Judges all clusters, bit by bit where there is much: stops when it is time and tells whether everything is judged.
   * What changed in between is judged in its new state.
   */
  judge(isTime: () => boolean): boolean {
    return this.#divide().every((plan) => this.#judge(plan).judgement.proceed(isTime));
  }

  /** The cluster of a main file, or of a file that a main file includes. */
  clusterOf(file: string): Cluster | undefined {
    const plans = this.#divide();
    const plan =
      plans.find(({ mains }) => mains.some((main) => main.file === file)) ??
      plans.find(({ mains }) => mains.some((main) => this.#mains.reads(main.file, file)));
    return plan && this.#judge(plan);
  }

  /** One file in its fleet; undefined when there is no such text, and for settings, which are another language. */
  view(file: string): FileView | undefined {
    const text = file.endsWith(settingsName) ? undefined : this.textOf(file);
    if (text === undefined) return undefined;
    const cluster = this.clusterOf(file) ?? { fleet: nobody, diagnostics: [] };
    const { fleet } = cluster;
    const reads = (host: Host) => host.sources.some(({ path }) => path === file);
    const own = fleet.hosts.filter((host) => host.file === file);
    return {
      file,
      root: rootOf(this.#folders, file),
      text,
      lines: this.linesOf(file),
      hosts: [...own, ...fleet.hosts.filter((host) => host.file !== file && reads(host))],
      fleet,
      strays: () => [
        ...straysOf(file, this.#divide(), (each) => rootOf(this.#folders, each)),
        ...otherReadings(fleet.hosts, (each) => this.textOf(each), this.#mains.includes()),
      ],
      get diagnostics() {
        return cluster.diagnostics.filter(({ at }) => at.file === file);
      },
      textOf: (other) => this.textOf(other),
      linesOf: (other) => this.linesOf(other),
      shown: (other) => this.shown(other),
      include: this.#mains.includes(),
    };
  }

  #divide(): readonly ClusterPlan[] {
    if (this.#plans) return this.#plans;
    const wanted = new Set([...this.#open.keys(), ...this.#found]);
    // In one order, whichever was opened first.
    const files = [...wanted].filter((file) => !file.endsWith(settingsName)).sort();
    this.#plans = planClusters(files, this.#mains, this.#pairing, (file) => ({
      found: this.settingsFor(file),
      client: this.clientSettingsFor(file),
      root: rootOf(this.#folders, file),
    }));
    // A cluster that is none any more would keep all that was ever read of its hosts.
    const keys = new Set(this.#plans.map(keyOf));
    for (const key of this.#judged.keys()) if (!keys.has(key)) this.#judged.delete(key);
    return this.#plans;
  }

  #judge(plan: ClusterPlan): Judged {
    const files = plan.mains.map(({ file }) => file);
    const key = keyOf(plan);
    const known = this.#judged.get(key);
    if (known && sameWork(known.plan, plan)) return known;
    const hosts = plan.mains.flatMap((main) => main.hosts);
    const fleet = formFleet(hosts, { complete: plan.complete });
    const judgement = new Judgement(fleet, plan.severities, known?.judgement.latest);
    const judged = {
      files,
      fleet,
      plan,
      judgement,
      get diagnostics() {
        return judgement.diagnostics;
      },
    };
    this.#judged.set(key, judged);
    return judged;
  }

  #forget(): void {
    this.#mains.forget();
    this.#settings.clear();
    this.#judged.clear();
    this.#plans = undefined;
  }
}

function keyOf({ mains }: ClusterPlan): string {
  return mains.map(({ file }) => file).join("\n");
}

/** Nothing was read anew, so the old judgement holds. */
function sameWork(one: ClusterPlan, other: ClusterPlan): boolean {
  return (
    one.complete === other.complete &&
    JSON.stringify(one.severities) === JSON.stringify(other.severities) &&
    one.mains.every((main, index) => main === other.mains[index])
  );
}
