/** Files that get other names in the editor: what names them goes with them, before it happens; and what else is told of. */
import type { Edit } from "../../src/diagnostic.ts";
import { followRenames, hasInclude, type Renaming } from "../../src/language/included.ts";
import { followInSettings } from "../../src/language/renamed-settings.ts";
import { parseSource } from "../../src/syntax/parse.ts";
import type { Session } from "../session.ts";
import type { Feature } from "./index.ts";

export const renamedFiles: Feature = (session) => {
  const { connection, uris, convert, client, guard } = session;
  const { willRename, didRename, didCreate, didDelete } = client.capabilities.workspace?.fileOperations ?? {};
  connection.workspace.onWillRenameFiles(({ files }, token) => {
    const work = async () => {
      const renamings = files.map(({ oldUri, newUri }) => ({
        from: uris.nameOf(oldUri),
        to: uris.nameOf(newUri),
      }));
      const edits = [...(await inIncludes(session, renamings)), ...inSettings(session, renamings)];
      return edits.length > 0 ? convert.workspaceEdit(edits) : null;
    };
    return guard.run("renamed files", null, work, token);
  });
  // Whatever its name ends with, a file may be included, and so may files of a folder. Of a folder that comes or gets
  // another name, who watches files hears nothing.
  const all = { filters: [{ pattern: { glob: "**" } }] };
  const fileOperations = {
    ...(willRename && { willRename: all }),
    ...(didRename && { didRename: all }),
    ...(didCreate && { didCreate: all }),
    ...(didDelete && { didDelete: all }),
  };
  return Object.keys(fileOperations).length > 0 ? { workspace: { fileOperations } } : {};
};

/** In the hosts' files, and in those that no host reads as yet. */
async function inIncludes(
  { workspace, search }: Session,
  renamings: readonly Renaming[],
): Promise<readonly Edit[]> {
  const hosts = workspace.clusters().flatMap(({ fleet }) => fleet.hosts);
  const read = hosts.flatMap(({ sources }) => sources);
  const known = new Set(read.map(({ path }) => path));
  const others = (await search(hasInclude)).filter((file) => !known.has(file));
  const sources = [...read, ...others.map((file) => parseSource(file, workspace.textOf(file) ?? ""))];
  return followRenames(sources, renamings, (written, from) => {
    const found = workspace.view(from)?.include(written, from);
    return found !== undefined && found.files.length > 0;
  });
}

/** In every settings file that holds for some host. */
function inSettings({ workspace }: Session, renamings: readonly Renaming[]): readonly Edit[] {
  const mains = workspace.clusters().flatMap(({ files }) => files);
  const settings = new Set(mains.flatMap((file) => workspace.settingsFor(file)?.file ?? []));
  return [...settings].flatMap((file) =>
    followInSettings(
      file,
      workspace.textOf(file)?.toString() ?? "",
      renamings,
      (each) => workspace.textOf(each) !== undefined,
    ),
  );
}
