/** Nothing is written and nothing is run, whatever a file names and whatever a client asks for. */
import { spawn } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver-protocol";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { folderOf } from "../support/folder.ts";
import { installServer } from "../support/server-command.ts";

const config = (folder: string, router: number) => `global_defs {
    router_id lb${router}
    notify_fifo_script ${folder}/program
}
vrrp_script check {
    script "${folder}/program check"
}
vrrp_instance web {
    interface eth0
    virtual_router_id ${router}
    priority 100
    notify "${folder}/program notify"
    track_script {
        check
    }
    virtual_ipaddress {
        192.0.2.9/24
    }
}
include parts/*.conf
`;

/** Every file below a folder with its content and the time of its last change. */
function stateOf(folder: string): readonly (readonly [string, string, number])[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return files.map((name) => {
    const file = path.join(folder, name);
    return [name, readFileSync(file, "utf8"), statSync(file).mtimeMs];
  });
}

const capabilities = {
  textDocument: { codeAction: { resolveSupport: { properties: ["edit"] } } },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create" as const] } },
};

test("a folder is the same after every request for every line, and a program in it has not run", async () => {
  const folder = folderOf({ "parts/more.conf": "$A=${_ENV HOME}\n" });
  const tools = folderOf({});
  const bin = installServer(tools.path);
  const write = (name: string, text: string) => writeFileSync(path.join(folder.path, name), text);
  write("program", `#!/bin/sh\ntouch ${folder.path}/it-ran\n`);
  chmodSync(path.join(folder.path, "program"), 0o755);
  write("host-a.conf", config(folder.path, 7));
  write("host-b.conf", config(folder.path, 8));
  const before = stateOf(folder.path);
  const child = spawn(path.join(bin, "keepalived-language-server"), ["--stdio"], { cwd: folder.path });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.listen();
  const rootUri = `file://${folder.path}`;
  await connection.sendRequest("initialize", { processId: process.pid, rootUri, capabilities });
  await connection.sendNotification("initialized", {});
  const uri = `${rootUri}/host-a.conf`;
  const text = config(folder.path, 7);
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "keepalived", version: 1, text },
  });
  for (const [line, content] of text.split("\n").entries())
    for (const method of ["hover", "completion", "definition", "references", "codeAction", "rename"])
      await ask(connection, method, uri, { line, character: content.search(/\S|$/) + 3 });
  for (const method of ["documentLink", "codeLens", "formatting", "documentSymbol"])
    await ask(connection, method, uri, { line: 0, character: 0 });
  for (const own of ["peerFile", "takeovers", "peers"])
    await connection.sendRequest(`keepalived/${own}`, { uri });
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  connection.dispose();
  expect(stateOf(folder.path)).toEqual(before);
}, 60_000);

type Connection = ReturnType<typeof createProtocolConnection>;

/** Asks for something at a place, and for what becomes of every action that is offered. */
async function ask(
  connection: Connection,
  method: string,
  uri: string,
  position: { readonly line: number; readonly character: number },
): Promise<void> {
  const params = {
    textDocument: { uri },
    position,
    range: { start: position, end: position },
    context: { includeDeclaration: true, diagnostics: [] },
    options: { tabSize: 2, insertSpaces: true },
    newName: "other",
  };
  const answer = await connection.sendRequest<unknown>(`textDocument/${method}`, params).catch(() => null);
  if (method !== "codeAction" || !Array.isArray(answer)) return;
  for (const action of answer as CodeAction[])
    await connection.sendRequest("codeAction/resolve", action).catch(() => null);
}
