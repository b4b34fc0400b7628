/** `vrrp-gen --from FILE`: the file of a host's partner. */
import path from "node:path";
import { bare } from "../generate/networks.ts";
import { derive, type Made } from "../generate/partner/derive.ts";
import type { Existing, Newcomer } from "../generate/partner/newcomer.ts";
import { cautionText, existing, newcomerOf, refuse } from "./gen-newcomer.ts";
import type { GenOptions, OutputOptions } from "./gen-options.ts";
import { checkOutput, type DerivedFile, inFolder, showChanges, textThere, writeFiles } from "./gen-output.ts";
import { closingText, home } from "./gen-report.ts";
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
  const file = mainFile(given, newcomer, output, texts);
  const made = derive(given, newcomer, (each) =>
    each === from ? file : besideMain(each, given, output, texts),
  );
  if (made.is === "problems") return refuse(made, world);
  const files = outFiles(made, given, texts);
  if (output.dryRun) showChanges(files, world);
  else if (output.folder === undefined) print(files, made, newcomer, world);
  else {
    writeFiles(files, output.force, world);
    world.out(cautionText(made, world));
    world.out(closingText(made, nextText(files, newcomer), world));
  }
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

/** Where an included file goes: beside the new main file as it is beside the given one. */
function besideMain(
  file: string,
  given: Existing,
  { folder }: OutputOptions,
  texts: Texts,
): string | undefined {
  if (folder === undefined || path.isAbsolute(file) !== path.isAbsolute(given.path)) return undefined;
  const relative = path.relative(path.dirname(given.path), file);
  if (relative.startsWith("..")) return undefined;
  const place = path.join(folder, relative);
  return texts.identity(place) === texts.identity(file) ? undefined : place;
}

/** What has to be written; included files that are there already with the same text need not be. */
function outFiles({ texts: made, fleet }: Made, given: Existing, texts: Texts): readonly DerivedFile[] {
  const secret = fleet.hosts.some(({ instances }) =>
    instances.some(({ authentication }) => authentication.value.written !== ""),
  );
  return [...made].flatMap(([shown, text], index) => {
    const file = { path: texts.resolve(shown), shown, text, secret };
    if (index === 0) return [{ ...file, origin: { file: given.path, text: given.text } }];
    return textThere(shown, texts) === text ? [] : [file];
  });
}

function print(files: readonly DerivedFile[], made: Made, newcomer: Newcomer, world: World): void {
  world.out(files.map(({ text }) => text).join("\n"));
  world.err(cautionText(made, world));
  world.err(closingText(made, nextText([], newcomer), world));
}

function nextText(files: readonly DerivedFile[], { name, addresses: [address] }: Newcomer): string {
  const plain = bare(address ?? "") ?? name ?? "HOST";
  const host = plain.includes(":") ? `[${plain}]` : plain;
  const copies = files.length === 1 ? [`    scp ${files[0]?.shown} root@${host}:${home}`] : [];
  return [
    "Next: copy the file to the new host, then check and load it there.",
    ...copies,
    "    keepalived -t && systemctl reload-or-restart keepalived",
  ].join("\n");
}
