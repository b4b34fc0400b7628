/** `vrrp-gen --join FILE…`: one more host beside those of the files. */
import path from "node:path";
import { join } from "../generate/partner/join.ts";
import type { Existing } from "../generate/partner/newcomer.ts";
import { besideMain, deliver } from "./gen-made.ts";
import { existing, newcomerOf, refuse } from "./gen-newcomer.ts";
import type { GenOptions, OutputOptions } from "./gen-options.ts";
import { checkOutput, inFolder } from "./gen-output.ts";
import { Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";

/**
 * Writes the new host's file and changes the others': 0, or 1 when it is refused. Throws UsageError when something has to
 * be said by options, and WriteError.
 */
export function genJoin(options: GenOptions, world: World): number {
  const { output, files } = options;
  checkOutput(output);
  const newcomer = newcomerOf(options);
  if (newcomer.name === undefined)
    throw new UsageError("--as NAME says what the new host is called, and its file");
  const texts = new Texts(world);
  checkFiles(options, texts);
  const givens = withOwnNames(files.map((file) => existing(file, options, texts)));
  const [given] = givens;
  if (!given) throw new UsageError("--join needs the hosts' files");
  const places = placesOf(files, output);
  const main = mainFile(newcomer.name, files, output);
  const taken = files.find((file) => texts.identity(file) === texts.identity(main));
  if (taken !== undefined) throw new UsageError(`${taken} is the file of another host: choose another --as`);
  const folder = path.dirname(main);
  const made = join(givens, newcomer, (file) =>
    file === given.path ? main : besideMain(file, given, folder, texts),
  );
  if (made.is === "problems") return refuse(made, world);
  deliver({ made, given, newcomer, output, toOut: output.toOut, placeOf: places }, texts, world);
  return 0;
}

function checkFiles({ files, configId }: GenOptions, texts: Texts): void {
  const again = files.find(
    (file, index) => files.findIndex((other) => texts.identity(other) === texts.identity(file)) < index,
  );
  if (again !== undefined) throw new UsageError(`${again} is named twice`);
  if (configId !== undefined && files.length > 1)
    throw new UsageError("--config-id says what one file is judged as, and here are several");
}

/** Hosts whose files have one name are called by their folders. */
function withOwnNames(givens: readonly Existing[]): readonly Existing[] {
  return givens.map((given) => {
    const same = givens.filter(({ name }) => name === given.name);
    return same.length > 1
      ? { ...given, name: path.basename(path.dirname(path.resolve(given.path))) }
      : given;
  });
}

/** Where a given file goes when it changes: it stays where it is, or goes to the folder of the output. */
function placesOf(files: readonly string[], output: OutputOptions): (file: string) => string {
  if (output.folder === undefined) return (file) => file;
  const names = files.map((file) => path.basename(file));
  const [twice] = names.filter((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw new UsageError(`two of the files are called ${twice} and cannot both go to one --out-dir`);
  return (file) => inFolder(output, path.basename(file));
}

/** The new host's file: beside the others, or in a folder of its own where each of the others is in one. */
function mainFile(name: string, files: readonly string[], output: OutputOptions): string {
  if (output.folder !== undefined) return inFolder(output, `${name}.conf`);
  const [first = ""] = files;
  const folder = path.dirname(first);
  const apart = files.length > 1 && files.every((file) => path.basename(file) === path.basename(first));
  return apart
    ? path.join(path.dirname(folder), name, path.basename(first))
    : path.join(folder, `${name}.conf`);
}
