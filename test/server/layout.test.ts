/** Formatting, folding, selections and colours over a real connection. */
import { describe, expect, test } from "vitest";
import type { FoldingRange, SelectionRange, SemanticTokens, TextEdit } from "vscode-languageserver-protocol";
import { withEditor } from "../support/editor.ts";

const text = "vrrp_instance V{\npriority   ‸100\n}\n";
const options = { tabSize: 2, insertSpaces: true };
const everywhere = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

describe("layout", () => {
  test("comes as edits of lines, for all or a part", async () => {
    await withEditor({ "a.conf": text }, async (editor) => {
      await editor.open("a.conf");
      const all = await editor.at<TextEdit[]>("textDocument/formatting", "a.conf", { options });
      expect(all.map(({ newText }) => newText)).toEqual(["vrrp_instance V {", "  priority 100"]);
      const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } };
      const part = await editor.at<TextEdit[]>("textDocument/rangeFormatting", "a.conf", { options, range });
      expect(part.map(({ newText }) => newText)).toEqual(["  priority 100"]);
      const typed = await editor.at<TextEdit[]>("textDocument/onTypeFormatting", "a.conf", {
        options,
        ch: "}",
      });
      expect(typed.map(({ newText }) => newText)).toEqual(["  priority 100"]);
      expect(editor.log).toEqual([]);
    });
  });

  test("can be switched off", async () => {
    const settings = { format: { enable: false, alignValues: false } };
    await withEditor(
      { "a.conf": text },
      async (editor) => {
        await editor.open("a.conf");
        await editor.problems("a.conf", (all) => all.length > 0);
        expect(await editor.at("textDocument/formatting", "a.conf", { options })).toEqual([]);
      },
      { settings },
    );
  });

  test("folds, selects and colours", async () => {
    await withEditor({ "a.conf": text }, async (editor) => {
      await editor.open("a.conf");
      const folds = await editor.at<FoldingRange[]>("textDocument/foldingRange", "a.conf");
      expect(folds).toEqual([{ startLine: 0, endLine: 1 }]);
      const positions = [{ line: 1, character: 12 }];
      const [selection] = await editor.at<SelectionRange[]>("textDocument/selectionRange", "a.conf", {
        positions,
      });
      expect(selection?.range.start).toEqual({ line: 1, character: 11 });
      expect(selection?.parent?.range.start).toEqual({ line: 1, character: 0 });
      const tokens = await editor.at<SemanticTokens>("textDocument/semanticTokens/full", "a.conf");
      expect(tokens.data.length).toBe(4 * 5);
      const part = await editor.at<SemanticTokens>("textDocument/semanticTokens/range", "a.conf", {
        range: everywhere,
      });
      expect(part.data).toEqual(tokens.data);
      expect(editor.log).toEqual([]);
    });
  });
});
