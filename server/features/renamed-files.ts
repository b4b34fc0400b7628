/** Files that get other names in the editor: the include lines that name them go with them, before it happens. */
import { followRenames } from "../../src/language/included.ts";
import type { Feature } from "./index.ts";

export const renamedFiles: Feature = ({ connection, workspace, uris, convert, client, guard }) => {
  if (client.capabilities.workspace?.fileOperations?.willRename !== true) return {};
  connection.workspace.onWillRenameFiles(({ files }, token) => {
    const work = () => {
      const sources = workspace
        .clusters()
        .flatMap(({ fleet }) => fleet.hosts.flatMap((host) => host.sources));
      const renamings = files.map(({ oldUri, newUri }) => ({
        from: nameOf(oldUri),
        to: nameOf(newUri),
      }));
      const edits = followRenames(sources, renamings, (written, from) => {
        const found = workspace.view(from)?.include(written, from);
        return found !== undefined && found.files.length > 0;
      });
      return edits.length > 0 ? convert.workspaceEdit(edits) : null;
    };
    return guard.run("renamed files", null, work, token);
  });
  const nameOf = (uri: string) => uris.fileOf(uri).replace(/\/$/, "");
  // Whatever its name ends with, a file may be included, and so may files of a folder.
  return { workspace: { fileOperations: { willRename: { filters: [{ pattern: { glob: "**" } }] } } } };
};
