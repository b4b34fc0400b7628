/** What no client should send, and what no file should hold: the server goes on. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Diagnostic, InitializeResult } from "vscode-languageserver-protocol";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { type Editor, withEditor } from "../support/editor.ts";
import { folderOf } from "../support/folder.ts";
import { textOf } from "../support/project.ts";
import { installServer } from "../support/server-command.ts";
import { edited, typed } from "../support/typing.ts";

const pair = {
  "host-a.conf": textOf("examples/tutorial/host-a.conf"),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

/** Every request that takes a place, at any place and for files that are not there. */
const requests = [
  "completion",
  "hover",
  "signatureHelp",
  "definition",
  "references",
  "documentHighlight",
  "documentSymbol",
  "documentLink",
  "foldingRange",
  "selectionRange",
  "semanticTokens/full",
  "formatting",
  "codeLens",
  "inlayHint",
  "codeAction",
  "prepareRename",
];

const nowhere = { start: { line: 0, character: 0 }, end: { line: 99_999, character: 99_999 } };
const more = {
  context: { includeDeclaration: true, diagnostics: [] },
  options: { tabSize: 4, insertSpaces: true },
  range: nowhere,
};

/** Bytes in use once the server has done what was asked of it and all garbage is gone. */
async function memoryOf(editor: Editor): Promise<number> {
  await editor.at("textDocument/documentSymbol", "host-a.conf");
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed;
}

describe("the server answers", () => {
  test.each(requests)(
    "textDocument/%s anywhere: beyond the end, and for a file that is not there",
    async (request) => {
      await withEditor(pair, async (editor) => {
        await editor.open("host-a.conf");
        for (const [name, line, character] of [
          ["host-a.conf", 0, 0],
          ["host-a.conf", 17, 9],
          ["host-a.conf", 99_999, 99_999],
          ["host-b.conf", 3, 1],
          ["none.conf", 0, 0],
        ] as const) {
          const position = { line, character };
          const asked = editor.connection.sendRequest(`textDocument/${request}`, {
            ...more,
            textDocument: { uri: editor.uri(name) },
            position,
            positions: [position],
          });
          // A refusal in words is an answer as well.
          await asked.catch((error: Error) => expect(error.message).toMatch(/no name/));
        }
        expect(editor.log).toEqual([]);
      });
    },
  );

  test("when a method or its parameters make no sense", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      const { connection } = editor;
      await expect(connection.sendRequest("no/such", {})).rejects.toThrow();
      for (const request of requests)
        await connection.sendRequest(`textDocument/${request}`, {}).catch(() => undefined);
      await connection.sendNotification("textDocument/didChange", { textDocument: { uri: "file:///x" } });
      await connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [] });
      const symbols = await editor.at<unknown[]>("textDocument/documentSymbol", "host-a.conf");
      expect(symbols.length).toBeGreaterThan(0);
    });
  });

  test("after thousands of edits without a pause, what it would have said at once, and holds no more than before", async () => {
    const edits = fc.sample(typed, { seed: 7, numRuns: 10_000 });
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      let text = pair["host-a.conf"];
      const inUse: number[] = [];
      for (const [index, edit] of edits.entries()) {
        if (index === edits.length / 2) inUse.push(await memoryOf(editor));
        const next = edited(text, edit);
        // Neither grows without end.
        text = next.length > 6000 ? next.slice(0, 4000) : next;
        await editor.change("host-a.conf", text);
      }
      await editor.change("host-a.conf", `last_of_all 1\n${text}`);
      const isLast = (all: readonly Diagnostic[]) =>
        all.some(({ message }) => String(message).includes("last_of_all"));
      const told = await editor.problems("host-a.conf", isLast);
      inUse.push(await memoryOf(editor));
      const [half = 0, whole = 0] = inUse;
      // What is remembered of lines that were there once has an end too, but a later one.
      expect(whole - half).toBeLessThan(20_000_000);
      let fresh: readonly Diagnostic[] = [];
      await withEditor({ ...pair, "host-a.conf": `last_of_all 1\n${text}` }, async (other) => {
        await other.open("host-a.conf");
        fresh = await other.problems("host-a.conf", isLast);
      });
      expect(told).toEqual(fresh);
      expect(editor.log).toEqual([]);
    });
  }, 180_000);

  test("for a huge file, and for what is no text at all", async () => {
    const huge = Array.from(
      { length: 3000 },
      (_, index) => `vrrp_instance V${index} {\n  priority ${index}\n}\n`,
    ).join("");
    const noise = fc.sample(fc.string({ unit: "binary", minLength: 2000, maxLength: 4000 }), {
      seed: 7,
      numRuns: 1,
    })[0];
    await withEditor(
      { "huge.conf": huge, "noise.conf": noise ?? "", "line.conf": "x ".repeat(500_000) },
      async (editor) => {
        for (const name of ["huge.conf", "noise.conf", "line.conf"]) {
          await editor.open(name);
          await editor.at("textDocument/documentSymbol", name);
        }
        expect((await editor.problems("huge.conf", (all) => all.length > 0)).length).toBe(1000);
        expect(editor.log).toEqual([]);
      },
    );
  }, 180_000);
});

describe("the command", () => {
  test("survives garbage between messages, a file that is deleted while it is open, and ends with its client", async () => {
    const folder = folderOf({ ...pair });
    const bin = installServer(folder.path);
    const child = spawn(path.join(bin, "keepalived-language-server"), ["--stdio"]);
    const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const uri = (name: string) => `file://${folder.path}/${name}`;
    let told: (problems: readonly Diagnostic[]) => void = () => {};
    connection.onNotification("textDocument/publishDiagnostics", (params) => {
      if (params.uri === uri("host-a.conf")) told(params.diagnostics);
    });
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.listen();
    const { serverInfo } = await connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: `file://${folder.path}`,
      capabilities: {},
    });
    expect(serverInfo?.name).toBe("keepalived-language-server");
    await connection.sendNotification("initialized", {});
    const problems = new Promise<readonly Diagnostic[]>((resolve) => {
      told = (found) => found.length > 0 && resolve(found);
    });
    const text = pair["host-a.conf"];
    const document = { uri: uri("host-a.conf"), languageId: "keepalived", version: 1, text };
    await connection.sendNotification("textDocument/didOpen", { textDocument: document });
    expect((await problems).length).toBeGreaterThan(0);
    child.stdin.write("Content-Length: 12\r\n\r\n{ no json ]]");
    rmSync(path.join(folder.path, "host-a.conf"));
    const changes = [{ uri: uri("host-a.conf"), type: 3 }];
    await connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
    const symbols = await connection.sendRequest<unknown[]>("textDocument/documentSymbol", {
      textDocument: { uri: uri("host-a.conf") },
    });
    expect(symbols.length).toBeGreaterThan(0);
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    expect(await ended).toBe(0);
    connection.dispose();
  });
});
