/** A feature that fails: the answer is empty, the log has one entry, and what is said to the user goes on to the user. */
import { expect, test } from "vitest";
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { Guard } from "../../server/guard.ts";
import { unreadable, withEditor } from "../support/editor.ts";

const failing = () => {
  throw new Error("broken");
};

test.each([
  ["at once", failing],
  ["later", async () => failing()],
])("work that fails %s answers empty and is logged once", async (_, work: () => unknown) => {
  const log: string[] = [];
  const guard = new Guard((text) => log.push(text));
  for (let turn = 0; turn < 3; turn++) expect(await guard.run<unknown>("hover", "empty", work)).toBe("empty");
  expect(log).toHaveLength(1);
  expect(log[0]).toContain("hover failed and answers empty: Error: broken");
  await guard.run<unknown>("completion", [], work);
  expect(log).toHaveLength(2);
});

test("a refusal in words and a cancelled request are no failures", () => {
  const log: string[] = [];
  const guard = new Guard((text) => log.push(text));
  const refuse = () => {
    throw new ResponseError(LSPErrorCodes.RequestFailed, "no");
  };
  expect(() => guard.run("rename", null, refuse)).toThrow("no");
  const source = new CancellationTokenSource();
  source.cancel();
  expect(() => guard.run("hover", null, failing, source.token)).toThrow("cancelled");
  expect(log).toEqual([]);
});

test("over a connection: a disk that fails leaves every feature empty, and the log with one line for each", async () => {
  await withEditor({ "a.conf": "global_defs {\n}\n" }, async (editor) => {
    for (let turn = 0; turn < 3; turn++) {
      expect(await editor.at("textDocument/hover", unreadable)).toBeNull();
      expect(await editor.at("textDocument/completion", unreadable)).toEqual([]);
      expect(await editor.at("textDocument/foldingRange", unreadable)).toEqual([]);
    }
    const told = editor.log.map((text) => text.split(" failed")[0]).sort();
    expect(told).toEqual(["completion", "folding", "hover"]);
    expect(await editor.at("textDocument/documentSymbol", "a.conf")).toHaveLength(1);
  });
});

test("a client that refuses what it is asked for is served all the same", async () => {
  const refuse = () => new ResponseError(LSPErrorCodes.RequestFailed, "not today");
  const capabilities = {
    workspace: {
      codeLens: { refreshSupport: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      diagnostics: { refreshSupport: true },
    },
    textDocument: { diagnostic: {} },
    window: { workDoneProgress: true },
  };
  const text = "include x.inc\nvrrp_instance a {\n    interface eth0\n    virtual_router_id 1\n}\n";
  await withEditor(
    { "a.conf": text },
    async (editor) => {
      for (const method of [
        "workspace/codeLens/refresh",
        "workspace/diagnostic/refresh",
        "client/registerCapability",
        "window/workDoneProgress/create",
      ])
        editor.connection.onRequest(method, refuse);
      await editor.open("a.conf");
      await editor.write("b.conf", text.replace("instance a", "instance b"));
      await editor.until(() => editor.log.length > 0);
      expect(editor.log.join()).toContain("not today");
      await editor.problems("b.conf", (all) => all.length > 0);
      expect(await editor.at("textDocument/documentSymbol", "a.conf")).toHaveLength(1);
    },
    { capabilities },
  );
});
