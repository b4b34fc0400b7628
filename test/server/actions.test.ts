/** Code actions over a real connection. */
import { describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver-protocol";
import { withEditor } from "../support/editor.ts";
import { textOf } from "../support/project.ts";

const pair = {
  "host-a.conf": textOf("examples/tutorial/host-a.conf").replace(
    "virtual_router_id 1",
    "virtual_router_id ‸7",
  ),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

describe("code actions", () => {
  test("mend the peer's file as well, and say so", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      const actions = await actionsAt(editor, {});
      const found = actions.filter(({ diagnostics }) =>
        diagnostics?.some(({ code }) => code === "xh-vrid-mismatch"),
      );
      const touched = found.flatMap(({ edit }) => Object.keys(edit?.changes ?? {}));
      expect(touched).toContain(editor.uri("host-a.conf"));
      expect(touched).toContain(editor.uri("host-b.conf"));
      expect(found.filter(({ title }) => title.includes("host-b.conf")).length).toBeGreaterThan(0);
      expect(editor.log).toEqual([]);
    });
  });

  test("are only of the kind that is asked for", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      const here = await actionsAt(editor, { only: ["source.fixAll"] });
      expect(here.map(({ kind }) => kind)).toEqual(["source.fixAll"]);
      const all = await actionsAt(editor, { only: ["source"] });
      expect(all.map(({ kind }) => kind)).toEqual(["source.fixAll", "source.fixAllHosts"]);
    });
  });
});

async function actionsAt(
  editor: Parameters<Parameters<typeof withEditor>[1]>[0],
  context: object,
): Promise<CodeAction[]> {
  const place = (pair["host-a.conf"].split("‸")[0] ?? "").split("\n");
  const position = { line: place.length - 1, character: place.at(-1)?.length ?? 0 };
  return editor.at("textDocument/codeAction", "host-a.conf", {
    range: { start: position, end: position },
    context: { diagnostics: [], ...context },
  });
}
