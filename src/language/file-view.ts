/** What every feature of the editor looks at. */
import type { Diagnostic } from "../diagnostic.ts";
import type { LineMap } from "../lines.ts";
import type { Fleet, Host } from "../model/host.ts";
import type { IncludeReader } from "../syntax/expand.ts";
import type { Text } from "../text.ts";

/** One file in its fleet, for every feature that looks at a place in a text. */
export interface FileView {
  readonly file: string;
  /** The workspace folder around it, else its own folder; with a slash at its end. */
  readonly root: string;
  readonly text: Text;
  readonly lines: LineMap;
  /** The hosts that read this file, first those whose main file it is. Empty for a file that no host reads. */
  readonly hosts: readonly Host[];
  readonly fleet: Fleet;
  /** Read of files and lines that belong to this one's cluster though no host reads them; read anew at each call. */
  strays(): readonly Host[];
  /** Of this file, in the order of places; judged when they are asked for, as many features need no judgement. */
  readonly diagnostics: readonly Diagnostic[];
  /** The text of any file, open or on disk. */
  textOf(file: string): Text | undefined;
  /** The line map of any file. */
  linesOf(file: string): LineMap;
  /** How a user knows a file. */
  shown(file: string): string;
  /** Finds what a file includes. */
  readonly include: IncludeReader;
}
