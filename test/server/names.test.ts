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
