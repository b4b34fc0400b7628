/** Navigation and rename over a real connection. */
import { describe, expect, test } from "vitest";
import type { DocumentSymbol, Location, WorkspaceEdit } from "vscode-languageserver-protocol";
import { withEditor } from "../support/editor.ts";
import { textOf } from "../support/project.ts";

const written = textOf("examples/tutorial/host-a.conf");
const pair = {
  "host-a.conf": written.replace("vrrp_instance ha-internal-1", "vrrp_instance ha-‸internal-1"),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

describe("files that get other names", () => {
  const including = Object.fromEntries(
    ["a.conf", "b.conf"].map((name) => [
      name,
      `include scripts.conf\n${textOf(`examples/tutorial/host-${name}`)}`,
    ]),
  );
  const capabilities = { workspace: { fileOperations: { willRename: true } } };

  test("take the include lines of all hosts with them", async () => {
    const texts = { ...including, "scripts.conf": "vrrp_script x {\n}\n" };
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("a.conf");
        await editor.problems("b.conf", () => true);
        const { workspace } = editor.server.capabilities;
        expect(workspace?.fileOperations?.willRename).toBeDefined();
        expect(workspace?.workspaceFolders?.supported).toBe(true);
        const asked = (oldName: string, newName: string) =>
          editor.connection.sendRequest("workspace/willRenameFiles", {
            files: [{ oldUri: editor.uri(oldName), newUri: editor.uri(newName) }],
          });
        const range = { start: { line: 0, character: 8 }, end: { line: 0, character: 20 } };
        const edits = [{ range, newText: "conf.d/checks.conf" }];
        expect(await asked("scripts.conf", "conf.d/checks.conf")).toEqual({
          changes: { [editor.uri("a.conf")]: edits, [editor.uri("b.conf")]: edits },
        });
        expect(await asked("notes.txt", "news.txt")).toBeNull();
        expect(editor.log).toEqual([]);
      },
      { capabilities },
    );
  });

  test("take the paths of settings with them, and include lines that no host reads yet", async () => {
    const texts = {
      ...including,
      "scripts.conf": "vrrp_script x {\n}\n",
      "draft.conf": "# for later\ninclude scripts.conf\n",
      ".vrrplintrc.json": '{ "hosts": { "a": "a.conf", "b": "b.conf" } }\n',
    };
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("a.conf");
        await editor.problems("b.conf", () => true);
        const rename = (oldName: string, newName: string) =>
          editor.connection.sendRequest<WorkspaceEdit | null>("workspace/willRenameFiles", {
            files: [{ oldUri: editor.uri(oldName), newUri: editor.uri(newName) }],
          });
        const host = await rename("b.conf", "c.conf");
        const range = { start: { line: 0, character: 33 }, end: { line: 0, character: 41 } };
        expect(host?.changes).toEqual({
          [editor.uri(".vrrplintrc.json")]: [{ range, newText: '"c.conf"' }],
        });
        const included = await rename("scripts.conf", "checks.conf");
        expect(Object.keys(included?.changes ?? {})).toContain(editor.uri("draft.conf"));
        expect(editor.log).toEqual([]);
      },
      { capabilities },
    );
  });

  test("are no matter for a client that does not ask", async () => {
    await withEditor(including, async (editor) => {
      expect(editor.server.capabilities.workspace?.fileOperations).toBeUndefined();
    });
  });
});

describe("names", () => {
  test("lead to the other host", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      const found = await editor.at<Location[]>("textDocument/definition", "host-a.conf");
      expect(found.map(({ uri }) => uri)).toEqual([editor.uri("host-b.conf")]);
      const places = await editor.at<Location[]>("textDocument/references", "host-a.conf", {
        context: { includeDeclaration: true },
      });
      expect(new Set(places.map(({ uri }) => uri)).size).toBe(2);
      const marked = await editor.at<unknown[]>("textDocument/documentHighlight", "host-a.conf");
      expect(marked.length).toBeGreaterThan(0);
      const outline = await editor.at<DocumentSymbol[]>("textDocument/documentSymbol", "host-a.conf");
      expect(outline.map(({ name }) => name)).toContain("vrrp_instance ha-internal-1");
      const symbols = await editor.connection.sendRequest("workspace/symbol", { query: "internal-2" });
      expect(symbols).toHaveLength(2);
      expect(editor.log).toEqual([]);
    });
  });

  test("are changed in all files, or refused in words", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      const { changes = {} } = await editor.at<WorkspaceEdit>("textDocument/rename", "host-a.conf", {
        newName: "front",
      });
      expect(Object.keys(changes).sort()).toEqual([editor.uri("host-a.conf"), editor.uri("host-b.conf")]);
      const refused = editor.at("textDocument/rename", "host-a.conf", { newName: "two words" });
      await expect(refused).rejects.toThrow("A name is one word");
      expect(editor.log).toEqual([]);
    });
  });
});
