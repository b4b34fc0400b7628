/** `vrrp-gen --from FILE`: the file of a host's partner. */
import { derive } from "../generate/partner/derive.ts";
import type { Existing, Newcomer } from "../generate/partner/newcomer.ts";
import { besideMain, deliver } from "./gen-made.ts";
import { existing, newcomerOf, refuse } from "./gen-newcomer.ts";
import type { GenOptions, OutputOptions } from "./gen-options.ts";
import { checkOutput, inFolder } from "./gen-output.ts";
import { Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";

/**
 * Writes the file of the partner, or prints it where no folder is given: 0, or 1 when it is refused. Throws UsageError
 * when something has to be said by options, and WriteError.
 */
export function genFrom(options: GenOptions, world: World): number {
  const { output, from = "" } = options;
  checkOutput(output);
  const newcomer = newcomerOf(options);
  const texts = new Texts(world);
  const given = existing(from, options, texts);
  const main = mainFile(given, newcomer, output, texts);
  const placeOf = (file: string) => (file === from ? main : besideMain(file, given, output.folder, texts));
  const made = derive(given, newcomer, placeOf);
  if (made.is === "problems") return refuse(made, world);
  const toOut = output.folder === undefined;
  deliver({ made, given, newcomer, output, toOut, placeOf: (file) => file }, texts, world);
  return 0;
}

/** The name of the new host's file. */
function mainFile(given: Existing, { name }: Newcomer, output: OutputOptions, texts: Texts): string {
  if (name === undefined && output.folder !== undefined)
    throw new UsageError("--as NAME says what the new host is called, and its file");
  const file = inFolder(output, `${name ?? "partner"}.conf`);
  if (texts.identity(file) === texts.identity(given.path))
    throw new UsageError(
      `${file} is the file of the host that gets a partner: choose another --as or --out-dir`,
    );
  return file;
}
