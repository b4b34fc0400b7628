/**
 * Where the server can read no files (in a browser, in a folder that is not on a disk), the client reads them: first all
 * that may be configurations, then what changes.
 */
import * as vscode from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { type FilesParams, filesNotification } from "../src/language/requests.ts";

const pattern = "{**/*.conf,**/*.keepalived,**/.vrrplintrc.json}";
/** Larger files are no configuration that anybody wrote. */
const largestFile = 4 * 1024 * 1024;
const mostFiles = 2000;

/** Hands over the files of the workspace that the server can not read itself, until it is disposed. */
export function shareFiles(client: BaseLanguageClient, serverReadsDisk: boolean): vscode.Disposable {
  const send = async (uris: readonly vscode.Uri[]) => {
    const beyondReach = uris.filter(({ scheme }) => !serverReadsDisk || scheme !== "file");
    if (beyondReach.length === 0) return;
    const files = await Promise.all(
      beyondReach.map(async (uri) => ({
        uri: client.code2ProtocolConverter.asUri(uri),
        text: await textOf(uri),
      })),
    );
    if (client.isRunning()) await client.sendNotification(filesNotification, { files } satisfies FilesParams);
  };
  const all = async () => send(await vscode.workspace.findFiles(pattern, "**/node_modules/**", mostFiles));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const one = (uri: vscode.Uri) => void send([uri]);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(one),
    watcher.onDidChange(one),
    watcher.onDidDelete(one),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void all()),
    // Of a folder that comes or gets another name, who watches files hears nothing.
    vscode.workspace.onDidCreateFiles(() => void all()),
    vscode.workspace.onDidRenameFiles(() => void all()),
    // A server that starts, or starts again, knows nothing.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void all();
    }),
  );
}

/** The text of a file as UTF-8; null when it is gone, too large or can not be read. */
async function textOf(uri: vscode.Uri): Promise<string | null> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largestFile) return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
