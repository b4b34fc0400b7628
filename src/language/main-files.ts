/** Main files read as hosts, and kept until one of the texts behind them is another. */
import type { Host } from "../model/host.ts";
import { type HostInput, readHost, readHosts } from "../model/read.ts";
import type { IncludeAnswer, IncludeReader } from "../syntax/expand.ts";
import { isSameText, type Text } from "../text.ts";
import { beside, folderOf } from "./paths.ts";

/** How files are looked up; both answer undefined where nothing can be known. */
export interface Lookup {
  textOf(file: string): Text | undefined;
  /** What an include pattern finds from a folder. */
  matches(
    pattern: string,
    folder: string,
  ): { readonly files: readonly string[]; readonly directories: readonly string[] } | undefined;
  shown(file: string): string;
}

/** As what a main file is read. */
export interface Reading {
  /** The hosts that the user named in the file; none when the file itself has to tell. */
  readonly names: readonly string[];
  /** The name when the user gave none. */
  readonly name: string;
  readonly configId: string | undefined;
  readonly targetOf: (name: string) => string | undefined;
}

/** A main file and what was read from it. */
export interface MainFile {
  readonly file: string;
  readonly hosts: readonly Host[];
}

interface Read extends MainFile {
  readonly name: string;
  readonly asked: string;
  readonly texts: ReadonlyMap<string, Text>;
}

export class MainFiles {
  readonly #lookup: Lookup;
  readonly #read = new Map<string, Read>();

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  /** Reads a main file again only when it has to be. Undefined when there is no such file. */
  read(file: string, reading: Reading): MainFile | undefined {
    const { names, name, configId, targetOf } = reading;
    const asked = JSON.stringify([names, name, configId, [name, ...names].map(targetOf)]);
    const known = this.#read.get(file);
    if (known?.asked === asked && this.#isCurrent(known)) return known;
    const text = this.#lookup.textOf(file);
    if (text === undefined) {
      this.#read.delete(file);
      return undefined;
    }
    const texts = new Map<string, Text>([[file, text]]);
    // Read as the same host, only what an edit touched is read again.
    const previous = known?.asked === asked ? known.hosts : [];
    const hosts = this.#hosts({ path: file, text, include: this.includes(texts) }, reading, previous);
    const fresh = { file, name, hosts, texts, asked };
    this.#read.set(file, fresh);
    return fresh;
  }

  /** Under which name a file was read last; names depend on the files that are read with it. */
  lastName(file: string): string | undefined {
    return this.#read.get(file)?.name;
  }

  /** Whether a file is the main file or one of its includes, as it was read last. */
  reads(main: string, file: string): boolean {
    return this.#read.get(main)?.texts.has(file) ?? false;
  }

  /** Everything is read anew when it is asked for. */
  forget(): void {
    this.#read.clear();
  }

  #isCurrent({ texts }: Read): boolean {
    return [...texts].every(([file, text]) => isSameText(this.#lookup.textOf(file), text));
  }

  #hosts(
    input: Omit<HostInput, "shownAs">,
    { names, name, configId, targetOf }: Reading,
    previous: readonly Host[],
  ): readonly Host[] {
    const shown = this.#lookup.shown(input.path);
    if (names.length === 0)
      return readHosts({ ...input, name, shownAs: shown, configId, target: targetOf(name) }, previous);
    return names.map((each, index) => {
      const shownAs = names.length > 1 ? `host ${each}` : shown;
      const asWhat = { name: each, shownAs, configId: configId ?? each, target: targetOf(each) };
      return readHost({ ...input, ...asWhat }, previous[index]);
    });
  }

  /** Finds included files as keepalived does; their texts are noted in `texts`. */
  includes(texts = new Map<string, Text>()): IncludeReader {
    return (pattern: string, from: string): IncludeAnswer | undefined => {
      const folder = folderOf(from);
      const found = /[*?[{]/.test(pattern)
        ? this.#lookup.matches(pattern, folder)
        : this.#single(pattern, folder);
      if (!found) return undefined;
      const files: { path: string; text: Text }[] = [];
      for (const path of found.files) {
        const text = this.#lookup.textOf(path);
        if (text === undefined) return undefined;
        texts.set(path, text);
        files.push({ path, text });
      }
      return { files, directories: found.directories };
    };
  }

  /** A plain name needs no listing of folders where its text is known. */
  #single(pattern: string, folder: string) {
    const file = beside(folder, pattern);
    const isText = this.#lookup.textOf(file) !== undefined;
    return isText ? { files: [file], directories: [] } : this.#lookup.matches(pattern, folder);
  }
}
