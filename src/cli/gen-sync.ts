/** `vrrp-gen --sync FILE…`: files that drifted apart are brought together. */
import path from "node:path";
import { type ReadFleet, type Synced, sync } from "../generate/sync.ts";
import { hostNames } from "../language/paths.ts";
import { readFleet } from "./fleet.ts";
import { diffText } from "./gen-diff.ts";
import type { GenOptions } from "./gen-options.ts";
import { syncText } from "./gen-sync-report.ts";
import type { PlannedHost } from "./plan.ts";
import { pageFor } from "./report.ts";
import { Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";
import { writeAll } from "./write-files.ts";

/**
 * Shows what makes the files fit, and with --write changes them: 0 when nothing is left to decide, else 1. Throws
 * UsageError and WriteError.
 */
export function genSync(options: GenOptions, world: World): number {
  const { write, output } = options;
  if (write && output.dryRun) throw new UsageError("--write and --dry-run exclude each other");
  const texts = new Texts(world);
  const planned = plannedHosts(options, texts);
  const given = new Map<string, string>();
  const read: ReadFleet = (changed) => {
    for (const [file, text] of changed) texts.change(file, text);
    const { fleet, problems } = readFleet(planned, texts, true);
    if (problems.length > 0) throw new UsageError(problems.join("\nvrrp-gen: "));
    for (const { sources } of fleet.hosts)
      for (const source of sources)
        if (!given.has(source.path)) given.set(source.path, source.text.toString());
    return fleet;
  };
  const synced = sync(read);
  const changed = [...synced.texts.keys()];
  const foreign = changed.find((file) => !texts.canChange(file));
  if (foreign !== undefined)
    throw new UsageError(`${foreign}: UTF-16, which keepalived cannot read; save the file as UTF-8`);
  const page = pageFor(world);
  for (const [file, text] of synced.texts) world.out(diffText(file, given.get(file), text, page.colours));
  if (write) put(synced, texts);
  const hosts = planned.map(({ file }) => file);
  world.out(syncText({ synced, given, hosts, written: write }, page));
  return synced.open.length > 0 ? 1 : 0;
}

/** Writes all changed files or none; each keeps its encoding, mode and owner. */
function put({ texts: changed }: Synced, texts: Texts): void {
  const files = [...changed].map(([file, text]) => {
    const bytes = texts.bytes(file);
    return { path: texts.resolve(file), shown: file, text, secret: true, ...(bytes ? { bytes } : {}) };
  });
  writeAll(files, true);
}

/** Each file is a host, in the order of the command line. */
function plannedHosts({ files, configId, target }: GenOptions, texts: Texts): readonly PlannedHost[] {
  const again = files.find((file, index) =>
    files.slice(0, index).some((other) => texts.identity(other) === texts.identity(file)),
  );
  if (again !== undefined) throw new UsageError(`${again} is named twice`);
  const names = hostNames(files, path.sep);
  return files.map((file) => ({ file, name: names.get(file) ?? file, configId, target, found: false }));
}
