/** Where the files that `--from` and `--join` make go, and what is said about them. */
import path from "node:path";
import type { Diagnostic, Place } from "../diagnostic.ts";
import { bare } from "../generate/networks.ts";
import type { Made } from "../generate/partner/derive.ts";
import type { Existing, Newcomer } from "../generate/partner/newcomer.ts";
import type { Host } from "../model/host.ts";
import { harmless, wrap } from "./columns.ts";
import { placesIn } from "./gen-newcomer.ts";
import type { OutputOptions } from "./gen-options.ts";
import { type DerivedFile, showChanges, textThere, writeFiles } from "./gen-output.ts";
import { closingText, home, secretText } from "./gen-report.ts";
import { pageFor } from "./report.ts";
import type { Texts } from "./texts.ts";
import type { World } from "./world.ts";

/** Where an included file of a given host goes: beside the new main file as it is beside the given one. */
export function besideMain(
  file: string,
  given: Existing,
  folder: string | undefined,
  texts: Texts,
): string | undefined {
  if (folder === undefined || path.isAbsolute(file) !== path.isAbsolute(given.path)) return undefined;
  const relative = path.relative(path.dirname(given.path), file);
  if (relative.startsWith("..")) return undefined;
  const place = path.join(folder, relative);
  return texts.identity(place) === texts.identity(file) ? undefined : place;
}

/** How the files are shown, written or printed; `placeOf` says where a given file that changes goes. */
export interface Delivery {
  readonly made: Made;
  readonly given: Existing;
  readonly newcomer: Newcomer;
  readonly output: OutputOptions;
  readonly toOut: boolean;
  readonly placeOf: (file: string) => string;
}

/** Delivers what was made. Throws UsageError and WriteError. */
export function deliver(delivery: Delivery, texts: Texts, world: World): void {
  const { made, output, newcomer } = delivery;
  const files = outFiles(delivery, texts);
  const closing = (shown: readonly DerivedFile[]) =>
    cautionText(made, world) + closingText(made, nextText(shown, newcomer, hasPassword(made)), world);
  if (output.dryRun) {
    showChanges(files, world);
    const caution = cautionText(made, world);
    world.out(caution === "" ? "" : `\n${caution.trimEnd()}\n`);
  } else if (delivery.toOut) {
    const parts = files.map(({ shown, text }) => (files.length > 1 ? `# ----- ${shown}\n${text}` : text));
    world.out(parts.join("\n"));
    world.err(closing([]));
  } else {
    writeFiles(files, output.force, world);
    world.out(closing(files));
  }
}

/** What has to be written; included files that are there already with the same text need not be. */
function outFiles({ made, given, placeOf }: Delivery, texts: Texts): readonly DerivedFile[] {
  const secret = hasPassword(made);
  const fileAt = (shown: string, text: string, origin: string): DerivedFile => {
    const bytes = texts.encoded(text, origin);
    return { path: texts.resolve(shown), shown, text, secret, ...(bytes ? { bytes } : {}) };
  };
  const fresh = [...made.texts].flatMap(([shown, text], index): DerivedFile[] => {
    const file = fileAt(shown, text, made.origins.get(shown) ?? given.path);
    if (index === 0) return [{ ...file, origin: { file: given.path, text: given.text } }];
    return textThere(shown, texts) === text ? [] : [file];
  });
  const changed = [...made.changed].map(([file, text]) => ({
    ...fileAt(placeOf(file), text, file),
    origin: { file, text: texts.read(file) },
  }));
  return [...changed, ...fresh];
}

function hasPassword({ fleet }: Made): boolean {
  return fleet.hosts.some(({ instances }) =>
    instances.some(({ authentication }) => authentication.value.written !== ""),
  );
}

function nextText(
  files: readonly DerivedFile[],
  { name, addresses: [address] }: Newcomer,
  secret: boolean,
): string {
  const plain = bare(address ?? "") ?? name ?? "HOST";
  const host = plain.includes(":") ? `[${plain}]` : plain;
  const many = files.length > 1;
  const copies = many || files[0] === undefined ? [] : [`    scp ${files[0].shown} root@${host}:${home}`];
  return [
    many
      ? "Next: copy the files to their hosts, then check and load them there."
      : "Next: copy the file to the new host, then check and load it there.",
    ...copies,
    "    keepalived -t && systemctl reload-or-restart keepalived",
    ...(secret ? [secretText(many)] : []),
  ].join("\n");
}

/** What a reader of the new files should know: warnings that were there before, and lines that speak of the old host. */
function cautionText({ fleet, mended, notes, warnings, speaking }: Made, world: World): string {
  const { width } = pageFor(world);
  const where = placesIn(fleet.hosts);
  const paragraph = (head: string, lines: readonly string[]) =>
    lines.length === 0
      ? ""
      : `${wrap(head, width)}\n${lines.map((line) => `  ${wrap(harmless(line), width, 4, 2)}\n`).join("")}\n`;
  return [
    paragraph(
      "Errors of the given file, mended in the new one as vrrp-lint --fix would mend them there:",
      diagnosticLines(mended, where),
    ),
    paragraph("Concluded, not read; correct it if it is wrong:", notes),
    paragraph("Warnings that the new file has from the given one:", diagnosticLines(warnings, where)),
    paragraph("Copied as they are; see whether they are true on the new host:", [
      ...new Set(speaking.map((at) => `${where(at)}${textAt(fleet.hosts, at)}`)),
    ]),
  ].join("");
}

function diagnosticLines(all: readonly Diagnostic[], where: (at: Place) => string): readonly string[] {
  return [...new Set(all.map(({ rule }) => rule))].flatMap((rule) => {
    const [first, ...others] = all.filter((each) => each.rule === rule);
    if (!first) return [];
    const more = others.length > 0 ? `, and ${others.length} more` : "";
    return `${where(first.at)}${first.message} [${rule}]${more}`;
  });
}

function textAt(hosts: readonly Host[], { file, span }: Place): string {
  const source = hosts.flatMap((host) => host.sources).find((each) => each.path === file);
  return source?.text.slice(span.start, span.end).trim() ?? "";
}
